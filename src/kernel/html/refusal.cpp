#include "kernel/html/page.h"
#include "kernel/http/problem.h"

namespace sangu::html {

http::Reply refusal(Context const& context, http::Request const& request, Error const& error) {
    return request.wants_json() ? http::problem_reply(error, context.language, request.path)
                                : error_page(context, error);
}

} // namespace sangu::html
