#pragma once

// The accessibility statement every footer links to: GET /accessibility, permission "public".

#include "kernel/context.h"
#include "kernel/http/message.h"

namespace sangu::html {

http::Reply accessibility_page(Context& context, http::Request& request);

} // namespace sangu::html
