#include "modules/rights/api.h"

#include "kernel/json/json.h"
#include "modules/rights/input.h"
#include "modules/rights/pages.h"
#include "modules/rights/project_pages.h"
#include "modules/rights/shares.h"

namespace sangu::rights {

namespace {

std::string etag_of(Right const& right) {
    // What lies on a right changes without a new version of the entry.
    return "\"" + right.id.text + "-" + std::to_string(right.version) + "-" + std::string{name_of(right.encumbrance)} +
           "\"";
}

void write_holders(json::Writer& writer, RightRecord const& record) {
    writer.key("holder_shares").begin_array();
    for (Holder const& one : record.holders) {
        writer.begin_object().member("name", one.name).member("share_ppm", one.share_ppm);
        if (one.organisation_id) writer.member("organisation_id", one.organisation_id->text);
        writer.end_object();
    }
    writer.end_array().key("inventor_names").begin_array();
    for (Inventor const& one : record.inventors) writer.value(one.name);
    writer.end_array().key("classes").begin_array();
    for (Classification const& one : record.classes)
        writer.begin_object().member("scheme", name_of(one.scheme)).member("symbol", one.symbol).end_object();
    writer.end_array();
}

// The entry's own members, then its parts.
std::string record_json(RightRecord const& record) {
    std::string own = entity::to_json(record.right);
    own.pop_back();
    std::string rest;
    json::Writer writer{rest};
    writer.begin_object();
    write_holders(writer, record);
    writer.end_object();
    return own + "," + rest.substr(1);
}

http::Reply record_reply(RightRecord const& record, int status) {
    return http::json_reply(record_json(record), status).header("ETag", etag_of(record.right));
}

// Reads one array member of the body into `typed`; wrong kinds become problems.
void read_arrays(json::Node const& root, TypedParts& typed, Problems& problems) {
    auto const wrong = [&](std::string_view field) {
        problems.push_back({std::string{field}, "rights.error.array", {}});
    };
    if (auto const holders = root.find("holder_shares")) {
        typed.holders.clear();
        if (holders->kind() != json::Kind::array) wrong("holder_shares");
        for (std::size_t i = 0; i < holders->size() && holders->kind() == json::Kind::array; ++i) {
            json::Node const one = holders->at(i);
            auto const ppm = one.integer_of("share_ppm");
            if (one.kind() != json::Kind::object || (one.find("share_ppm") && !ppm)) wrong("holder_shares");
            typed.holders.emplace_back(one.text_of("name"), ppm ? share_text(*ppm) : std::string{});
        }
    }
    auto const lines = [&](std::string_view field, std::string& into, auto const& text_of) {
        auto const all = root.find(field);
        if (!all) return;
        into.clear();
        if (all->kind() != json::Kind::array) wrong(field);
        for (std::size_t i = 0; i < all->size() && all->kind() == json::Kind::array; ++i)
            into += text_of(all->at(i)) + "\n";
    };
    lines("inventor_names", typed.inventors, [](json::Node const& one) { return std::string{one.text()}; });
    lines("classes", typed.classes, [](json::Node const& one) {
        if (one.kind() == json::Kind::string) return std::string{one.text()};
        return std::string{one.text_of("scheme")} + " " + std::string{one.text_of("symbol")};
    });
}

// The body without the array members, for the description of the entry.
std::string scalars_of(json::Node const& root) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object();
    for (std::size_t i = 0; i < root.size(); ++i) {
        std::string_view const key = root.key_at(i);
        if (key == "holder_shares" || key == "inventor_names" || key == "classes") continue;
        auto const value = root.find(key);
        switch (value->kind()) {
        case json::Kind::boolean: writer.member(key, value->boolean()); break;
        case json::Kind::integer: writer.member(key, value->integer()); break;
        case json::Kind::real: writer.member(key, value->real()); break;
        case json::Kind::string: writer.member(key, value->text()); break;
        case json::Kind::null: writer.key(key).null(); break;
        case json::Kind::array:
            writer.key(key).begin_array().end_array();
            break; // of a scalar: refused by the description
        case json::Kind::object: writer.key(key).begin_object().end_object(); break;
        }
    }
    writer.end_object();
    return out;
}

Result<void> read_body(http::Request const& request, RightRecord& record) {
    auto const document = TRY(json::Document::parse(request.body));
    if (document.root().kind() != json::Kind::object) return refuse(Problems{{"", "error.json.not_an_object", {}}});
    Problems problems = entity::from_json(record.right, scalars_of(document.root()));
    TypedParts typed = parts_in(record);
    read_arrays(document.root(), typed, problems);
    read_parts(typed, record, problems);
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

http::Reply api_list(Context& context, http::Request& request) {
    return resource::api_list(context, right_list(), request);
}

http::Reply api_get(Context& context, http::Request& request) {
    auto const right = visible_right(context, request.parameter("id"));
    if (!right) return html::refusal(context, request, right.error());
    if (request.header("if-none-match") == etag_of(*right)) return http::Reply{304, {{"ETag", etag_of(*right)}}, {}};
    return record_reply(parts_of(context.reader(), *right), 200);
}

http::Reply api_create(Context& context, http::Request& request) {
    RightRecord record;
    auto const read = read_body(request, record);
    if (!read) return html::refusal(context, request, read.error());
    auto const id = create_right(context, record);
    if (!id) return html::refusal(context, request, id.error());
    return record_reply(record, 201).header("Location", "/api/v1/rights/" + *id);
}

http::Reply api_update(Context& context, http::Request& request) {
    auto const right = visible_right(context, request.parameter("id"));
    if (!right) return html::refusal(context, request, right.error());
    std::string_view const expected = request.header("if-match");
    if (expected.empty())
        return html::refusal(context, request, Error{Refusal::stale, "error.if_match_required", {}, {}});
    if (expected != "*" && expected != etag_of(*right))
        return html::refusal(context, request, Error{Refusal::stale, "error.stale", {}, {}});
    RightRecord record = parts_of(context.reader(), *right);
    auto const read = read_body(request, record);
    if (!read) return html::refusal(context, request, read.error());
    auto const done = edit_right(context, right->id.text, right->version, record);
    if (!done) return html::refusal(context, request, done.error());
    return record_reply(parts_of(context.reader(), *right_with(context.reader(), right->id.text)), 200);
}

// What lies on a right and did; reasons are for those who may edit it.
http::Reply api_encumbrances(Context& context, http::Request& request) {
    auto const right = visible_right(context, request.parameter("id"));
    if (!right) return html::refusal(context, request, right.error());
    bool const editable = may_edit(context, *right);
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("state", name_of(right->encumbrance)).key("items").begin_array();
    for (Encumbrance one : all_encumbrances(context.reader(), right->id.text)) {
        if (!editable) {
            one.reason.clear();
            one.consent.reset();
            one.release_reason.reset();
        }
        writer.raw(entity::to_json(one));
    }
    writer.end_array().end_object();
    return http::json_reply(std::move(out));
}

http::Reply api_projects(Context& context, http::Request& request) {
    return resource::api_list(context, project_list(), request);
}

http::Reply api_project(Context& context, http::Request& request) {
    return resource::api_get(context, project_list(), request);
}

http::Reply download(Context& context, http::Request& request) {
    return resource::download_reply(context, right_list(), request);
}

} // namespace

std::vector<http::Route> api_routes() {
    using enum http::Method;
    return {{.method = get, .pattern = "/rights/download/{format}", .permission = read_permission, .handler = download},
            {.method = get,
             .pattern = "/api/v1/rights",
             .permission = read_permission,
             .handler = api_list,
             .summary = "rights.right.plural",
             .response_schema = "[rights.right]"},
            {.method = get,
             .pattern = "/api/v1/rights/{id}",
             .permission = read_permission,
             .handler = api_get,
             .summary = "rights.right.plural",
             .response_schema = "rights.right"},
            {.method = get,
             .pattern = "/api/v1/rights/{id}/encumbrances",
             .permission = read_permission,
             .handler = api_encumbrances,
             .summary = "rights.encumbrance.title",
             .response_schema = "[rights.encumbrance]"},
            {.method = get,
             .pattern = "/api/v1/right-projects",
             .permission = read_permission,
             .handler = api_projects,
             .summary = "rights.project.plural",
             .response_schema = "[rights.project]"},
            {.method = get,
             .pattern = "/api/v1/right-projects/{id}",
             .permission = read_permission,
             .handler = api_project,
             .summary = "rights.project.plural",
             .response_schema = "rights.project"},
            {.method = post,
             .pattern = "/api/v1/rights",
             .permission = "signed_in",
             .handler = api_create,
             .body = http::Body::json,
             .summary = "rights.right.new",
             .request_schema = "rights.right",
             .response_schema = "rights.right"},
            {.method = patch,
             .pattern = "/api/v1/rights/{id}",
             .permission = "signed_in",
             .handler = api_update,
             .body = http::Body::json,
             .summary = "resource.edit",
             .request_schema = "rights.right",
             .response_schema = "rights.right"}};
}

} // namespace sangu::rights
