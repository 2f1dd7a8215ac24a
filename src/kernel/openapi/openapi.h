#pragma once

// The OpenAPI 3.1 document of the JSON API, generated from the route table, the entity descriptions and the schemas
// of the modules; and the page that makes it browsable.

#include "kernel/http/message.h"
#include "kernel/http/route.h"
#include "kernel/module.h"

#include <span>
#include <string>
#include <vector>

namespace sangu::openapi {

// Every route of the modules and their resources, in a stable order.
std::vector<http::Route> routes_of(std::span<Module const> modules);
std::string_view method_name(http::Method method); // "get"
// The document as JSON text; `server` is the public address.
std::string document(std::span<Module const> modules, std::string_view server);

http::Reply document_reply(Context& context, http::Request& request);
http::Reply browse_page(Context& context, http::Request& request);

} // namespace sangu::openapi
