#include "kernel/resource/pages.h"

#include <deque>
#include <mutex>

namespace sangu::resource {

namespace {

using Answer = http::Reply (*)(Context&, Resource const&, http::Request&);

// Patterns live as long as the process, like those written in modules.
std::string_view kept(std::string text) {
    static std::mutex mutex;
    static std::deque<std::string> all;
    std::lock_guard const lock{mutex};
    return all.emplace_back(std::move(text));
}

} // namespace

std::vector<http::Route> routes_of(Resource const& resource) {
    using enum http::Method;
    std::vector<http::Route> routes;
    std::string const base = base_path(resource);
    std::string const api = "/api/v1/" + std::string{resource.path};
    std::string_view const schema = resource.meta->name;
    // The route is valid until the next one is added.
    auto const add = [&](http::Method method, std::string pattern, std::string_view permission, Answer answer,
                         http::Body body) -> http::Route& {
        return routes.emplace_back(http::Route{
            .method = method,
            .pattern = kept(std::move(pattern)),
            .permission = permission,
            .handler = [&resource, answer](Context& context,
                                           http::Request& request) { return answer(context, resource, request); },
            .body = body});
    };
    using http::Body;
    if (!resource.own_list) add(get, base, resource.read, list_page, Body::none);
    add(get, base + "/feed.atom", resource.read, feed_reply, Body::none);
    add(get, base + "/download/{format}", resource.read, download_reply, Body::none);
    add(post, base + "/views", "signed_in", save_view_post, Body::form);
    add(post, base + "/views/{view}/delete", "signed_in", delete_view_post, Body::form);
    std::string_view const plural = kept(std::string{schema} + ".plural");
    auto& listed = add(get, api, resource.read, api_list, Body::none);
    listed.summary = plural;
    listed.response_schema = kept("[" + std::string{schema} + "]");
    auto& one = add(get, api + "/{id}", resource.read, api_get, Body::none);
    one.summary = plural;
    one.response_schema = schema;
    if (!resource.write.empty() && !resource.own_forms) {
        add(get, base + "/new", resource.write, new_page, Body::none);
        add(post, base, resource.write, create_post, Body::form);
        add(get, base + "/{id}/edit", resource.write, edit_page, Body::none);
        add(post, base + "/{id}", resource.write, edit_post, Body::form);
    }
    if (!resource.write.empty()) {
        auto& created = add(post, api, resource.write, api_create, Body::json);
        created.summary = kept(std::string{schema} + ".new");
        created.request_schema = created.response_schema = schema;
        auto& changed = add(patch, api + "/{id}", resource.write, api_update, Body::json);
        changed.summary = "resource.edit";
        changed.request_schema = changed.response_schema = schema;
    }
    if (resource.page.empty()) add(get, base + "/{id}", resource.read, object_page, Body::none);
    if (resource.flow) {
        add(post, base + "/{id}/actions/{action}", "signed_in", action_post, Body::form);
        auto& acted = add(post, api + "/{id}/actions/{action}", "signed_in", api_action, Body::json);
        acted.summary = "resource.action";
        acted.response_schema = schema;
    }
    return routes;
}

} // namespace sangu::resource
