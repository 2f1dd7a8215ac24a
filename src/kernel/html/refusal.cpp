#include "kernel/html/page.h"

namespace sangu::http {
// RFC 9457 application/problem+json (kernel/http/problem.cpp); `instance` is the path of the request.
Reply problem_reply(Error const& error, i18n::Language language, std::string_view instance);
} // namespace sangu::http

namespace sangu::html {

http::Reply refusal(Context const& context, http::Request const& request, Error const& error) {
    return request.wants_json() ? http::problem_reply(error, context.language, request.path)
                                : error_page(context, error);
}

} // namespace sangu::html
