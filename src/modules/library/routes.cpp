#include "modules/library/pages.h"

#include <deque>
#include <mutex>

namespace sangu::library {

namespace {

using Answer = http::Reply (*)(Context&, Kind const&, http::Request&);

// Patterns live as long as the process, like those written in modules.
std::string_view kept(std::string text) {
    static std::mutex mutex;
    static std::deque<std::string> all;
    std::lock_guard const lock{mutex};
    return all.emplace_back(std::move(text));
}

} // namespace

std::vector<http::Route> routes_of(Kind const& kind) {
    using enum http::Method;
    using http::Body, http::Cache;
    std::vector<http::Route> all;
    std::string const base = "/" + std::string{kind.path}, api = "/api/v1" + base;
    auto const add = [&](http::Method method, std::string pattern, std::string_view permission, Answer answer,
                         Body body = Body::none, Cache cache = Cache::never) -> http::Route& {
        return all.emplace_back(
            http::Route{.method = method,
                        .pattern = kept(std::move(pattern)),
                        .permission = permission,
                        .handler = [&kind, answer](Context& context,
                                                   http::Request& request) { return answer(context, kind, request); },
                        .body = body,
                        .cache = cache});
    };
    add(get, base, "public", list_page, Body::none, Cache::page);
    add(get, base + "/feed.atom", "public", feed_reply, Body::none, Cache::page);
    add(get, base + "/download/{format}", "public", download_reply);
    add(post, base + "/views", "signed_in", save_view_post, Body::form);
    add(post, base + "/views/{view}/delete", "signed_in", delete_view_post, Body::form);
    add(get, base + "/new", write_permission, new_page);
    add(post, base, write_permission, create_post, Body::form);
    add(get, base + "/{number}", "public", entry_page, Body::none, Cache::page);
    add(get, base + "/{number}/edit", write_permission, edit_page);
    add(get, base + "/{number}/check", write_permission, check_page);
    add(post, base + "/{number}", write_permission, save_post, Body::upload);
    auto const described = [&](http::Route& route, std::string_view summary, bool list) {
        route.summary = summary;
        route.response_schema = list ? kept("[" + std::string{kind.content->name} + "]") : kind.content->name;
        if (route.body == Body::json) route.request_schema = kind.content->name;
    };
    described(add(get, api, "public", api_list), kept(kind.message(".plural")), true);
    described(add(get, api + "/{number}", "public", api_get), kept(kind.message(".plural")), false);
    described(add(post, api, write_permission, api_create, Body::json), kept(kind.message(".new")), false);
    described(add(patch, api + "/{number}", write_permission, api_update, Body::json), "resource.edit", false);
    return all;
}

std::vector<http::Route> common_routes() {
    using enum http::Method;
    using http::Body;
    auto const route = [](http::Method method, std::string_view pattern, std::string_view permission,
                          http::Handler handler, Body body = Body::none) {
        return http::Route{.method = method,
                           .pattern = pattern,
                           .permission = permission,
                           .handler = std::move(handler),
                           .body = body};
    };
    auto lists = route(get, "/lists", "public", lists_page);
    lists.cache = http::Cache::page;
    auto api = route(post, "/api/v1/entries/{number}/actions/{action}", "signed_in", api_step, Body::json);
    api.summary = "resource.action";
    return {route(post, "/entries/{number}/actions/{action}", "signed_in", step_post, Body::form),
            route(post, "/entries/{number}/undertaking", member_permission, undertaking_post, Body::form),
            route(post, "/entries/{number}/access", write_permission, access_post, Body::form),
            route(get, "/entries/{number}/files/{file}", "signed_in", file_reply),
            route(post, "/entries/{number}/files/{file}/delete", write_permission, remove_file_post, Body::form),
            route(get, "/entries/{number}/history", "signed_in", history_page),
            route(get, "/my/entries", write_permission, my_entries_page),
            route(post, "/my/entries/confirm", write_permission, confirm_all_post, Body::form),
            route(get, "/library/review", review_permission, review_page),
            route(post, "/library/review", review_permission, review_post, Body::form),
            route(post, "/library/review/undo", review_permission, undo_post, Body::form),
            route(post, "/entries/{number}/interest", member_permission, interest_post, Body::form),
            route(get, "/threads", "signed_in", threads_page),
            route(get, "/threads/{id}", "signed_in", thread_page),
            route(post, "/threads/{id}/messages", "signed_in", message_post, Body::upload),
            route(post, "/threads/{id}/close", "signed_in", close_post, Body::form),
            route(get, "/threads/{id}/files/{file}", "signed_in", thread_file_reply),
            std::move(lists),
            std::move(api)};
}

} // namespace sangu::library
