#pragma once

#include "kernel/context.h"
#include "kernel/http/message.h"

namespace sangu::standards {

// One standard: whether it is valid, what takes its place, who drafts it.
http::Reply standard_page(Context& context, http::Request& request);

} // namespace sangu::standards
