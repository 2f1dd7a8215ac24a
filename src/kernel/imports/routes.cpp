#include "kernel/imports/pages.h"
#include "kernel/resource/pages.h"

#include <deque>
#include <mutex>

namespace sangu::imports {

namespace {

using Answer = http::Reply (*)(Context&, resource::Resource const&, http::Request&);

// Patterns live as long as the process, like those written in modules.
std::string_view kept(std::string text) {
    static std::mutex mutex;
    static std::deque<std::string> all;
    std::lock_guard const lock{mutex};
    return all.emplace_back(std::move(text));
}

} // namespace

std::vector<http::Route> routes_of(resource::Resource const& resource) {
    using enum http::Method;
    using http::Body;
    std::vector<http::Route> routes;
    if (resource.import_permission.empty()) return routes;
    auto const add = [&](http::Method method, std::string_view end, Answer answer, Body body) {
        routes.push_back(
            {.method = method,
             .pattern = kept(import_path(resource) + std::string{end}),
             .permission = resource.import_permission,
             .handler = [&resource, answer](Context& context,
                                            http::Request& request) { return answer(context, resource, request); },
             .body = body});
    };
    add(get, "", list_page, Body::none);
    add(post, "", upload_post, Body::upload);
    add(get, "/template.csv", resource::csv_template_reply, Body::none);
    add(get, "/template.xlsx", resource::xlsx_template_reply, Body::none);
    add(get, "/{id}", import_page, Body::none);
    add(get, "/{id}/report.csv", report_reply, Body::none);
    add(post, "/{id}/check", check_post, Body::form);
    add(post, "/{id}/run", run_post, Body::form);
    add(post, "/{id}/stop", stop_post, Body::form);
    add(post, "/{id}/undo", undo_post, Body::form);
    return routes;
}

} // namespace sangu::imports
