#pragma once

#include "kernel/context.h"
#include "kernel/http/message.h"

namespace sangu::experts {

http::Reply finder_page(Context& context, http::Request& request);

} // namespace sangu::experts
