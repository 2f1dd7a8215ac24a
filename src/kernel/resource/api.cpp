#include "base/text.h"
#include "kernel/json/json.h"
#include "kernel/resource/pages.h"

#include <algorithm>

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;
using entity::FieldMeta;

namespace {

std::string api_base(Resource const& resource) { return "/api/v1/" + std::string{resource.path}; }

std::int64_t version_of(EntityMeta const& meta, AnyObject const& object) {
    for (FieldMeta const& field : meta.fields)
        if (field.version) return std::get<std::int64_t>(field.load(object.get()));
    return 0;
}

std::string etag_of(EntityMeta const& meta, AnyObject const& object) {
    return "\"" + object.id() + "-" + std::to_string(version_of(meta, object)) + "\"";
}

http::Reply object_reply(Context const& context, Resource const& resource, AnyObject const& object, int status) {
    std::string out;
    entity::write_json(out, *resource.meta, object.get(), personal_for(context, resource, object));
    return http::json_reply(std::move(out), status).header("ETag", etag_of(*resource.meta, object));
}

http::Reply problem(Context const& context, http::Request const& request, Error const& error) {
    return html::refusal(context, request, error);
}

} // namespace

http::Reply api_list(Context& context, Resource const& resource, http::Request& request) {
    auto const query = parse_query(context, resource, request, Strictness::strict);
    if (!query) return problem(context, request, query.error());
    Page const page = list(context, resource, *query);
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("items").begin_array();
    for (AnyObject const& row : page.rows) {
        std::string one;
        entity::write_json(one, *resource.meta, row.get(), personal_for(context, resource, row));
        writer.raw(one);
    }
    writer.end_array();
    std::string next;
    if (page.more)
        next = address_with(*query, resource, api_base(resource), "after",
                            cursor_of(*query, *resource.meta, page.rows.back().get()));
    if (page.more)
        writer.member("next", next);
    else
        writer.key("next").null();
    writer.end_object();
    auto reply = http::json_reply(std::move(out));
    if (page.more) reply.header("Link", "<" + next + ">; rel=\"next\"");
    return reply;
}

http::Reply api_get(Context& context, Resource const& resource, http::Request& request) {
    auto const object = load(context, resource, request.parameter("id"));
    if (!object) return problem(context, request, object.error());
    if (request.header("if-none-match") == etag_of(*resource.meta, *object))
        return http::Reply{304, {{"ETag", etag_of(*resource.meta, *object)}}, {}};
    return object_reply(context, resource, *object, 200);
}

http::Reply api_create(Context& context, Resource const& resource, http::Request& request) {
    AnyObject object{*resource.meta};
    if (auto problems = entity::from_json(*resource.meta, object.get(), request.body); !problems.empty())
        return problem(context, request, Error{Refusal::invalid, "error.invalid", {}, std::move(problems)});
    auto const id = create(context, resource, object);
    if (!id) return problem(context, request, id.error());
    return object_reply(context, resource, object, 201).header("Location", api_base(resource) + "/" + *id);
}

http::Reply api_update(Context& context, Resource const& resource, http::Request& request) {
    auto const before = load(context, resource, request.parameter("id"));
    if (!before) return problem(context, request, before.error());
    std::string_view const expected = request.header("if-match");
    if (expected.empty()) return problem(context, request, Error{Refusal::stale, "error.if_match_required", {}, {}});
    if (expected != "*" && expected != etag_of(*resource.meta, *before))
        return problem(context, request, Error{Refusal::stale, "error.stale", {}, {}});
    AnyObject after = *before;
    if (auto problems = entity::from_json(*resource.meta, after.get(), request.body); !problems.empty())
        return problem(context, request, Error{Refusal::invalid, "error.invalid", {}, std::move(problems)});
    if (auto const done = save(context, resource, *before, after); !done)
        return problem(context, request, done.error());
    return object_reply(context, resource, after, 200);
}

http::Reply api_action(Context& context, Resource const& resource, http::Request& request) {
    std::string comment;
    if (!trim(request.body).empty()) {
        auto const document = json::Document::parse(request.body);
        if (!document) return problem(context, request, document.error());
        comment = document->root().text_of("comment");
    }
    std::string const id{request.parameter("id")};
    if (auto const done = act(context, resource, id, request.parameter("action"), std::move(comment)); !done)
        return problem(context, request, done.error());
    context.refresh();
    auto const object = load(context, resource, id);
    if (!object) return problem(context, request, object.error());
    return object_reply(context, resource, *object, 200);
}

} // namespace sangu::resource
