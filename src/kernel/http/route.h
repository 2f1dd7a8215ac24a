#pragma once

// The route table: every route names the permission it needs; there is no route without one. The router checks
// it before the handler runs; the service checks again with the object's scope.

#include "kernel/http/message.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace sangu {
class Context;
}

namespace sangu::http {

using Handler = std::function<Reply(Context& context, Request& request)>;

enum class Body : std::uint8_t { none, form, json, upload };
enum class Cache : std::uint8_t {
    never,      // no-store: everything that depends on who asks
    page,       // whole reply cached in memory for anonymous readers until data changes, with an ETag
    revalidate, // private, ETag only
};

struct Route {
    Method method = Method::get;
    std::string_view pattern;    // "/plans/{plan}/tasks/{id}"; "{rest...}" at the end takes the remainder
    std::string_view permission; // "public" for everyone, "signed_in" for any account, else a declared permission
    Handler handler = {};
    Body body = Body::none; // what a POST brings; html form by default for POST pages
    Cache cache = Cache::never;
    // For the OpenAPI document (API routes): message keys and schema names; empty on pages.
    std::string_view summary = {};
    std::string_view request_schema = {};  // an entity name or "plan.report_draft"
    std::string_view response_schema = {}; // likewise; "[x]" for a page of x
};

} // namespace sangu::http
