#include "kernel/json/json.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"

#include <algorithm>

namespace sangu::library {

namespace {

std::string etag_of(Entry const& entry, Layer layer) {
    return "\"" + entry.id.text + "-" + std::to_string(entry.version) + "-" + std::to_string(static_cast<int>(layer)) +
           "\"";
}

std::string_view layer_name(Layer layer) {
    constexpr std::string_view names[] = {"none", "title", "abstract", "body", "files", "own"};
    return names[static_cast<std::size_t>(layer)];
}

void write_value(json::Writer& writer, entity::FieldMeta const& field, void const* object) {
    Value const value = field.load(object);
    auto const* fen = std::get_if<std::int64_t>(&value);
    writer.key(field.name);
    if (fen && field.type->kind == entity::Kind::money)
        writer.value(to_text(Money{*fen}));
    else
        writer.value(value);
}

// The entry's own members; open: for the caller to add to.
void begin_entry(json::Writer& writer, Kind const& kind, Entry const& entry, Layer layer, bool own) {
    writer.begin_object().member("id", entry.id.text).member("kind", kind.name).member("number", entry.number);
    writer.member("path", path_of(kind, entry)).member("layer", layer_name(layer)).member("title", entry.title);
    writer.member("state", name_of(entry.state)).member("place", entry.place);
    if (layer >= Layer::abstract) writer.member("abstract", entry.abstract);
    if (entry.organisation_id) writer.member("organisation_id", entry.organisation_id->text);
    for (std::string_view const name : {"published_on", "confirmed_on", "confirm_by", "freshness"})
        write_value(writer, *Entry::meta.find(name), &entry);
    if (entry.state == EntryState::ended) writer.member("outcome", name_of(*entry.outcome));
    if (!own) return;
    for (std::string_view const name :
         {"abstract_for", "body_for", "files_for", "completeness", "returned_because", "interests", "files", "version"})
        write_value(writer, *Entry::meta.find(name), &entry);
}

void write_content(json::Writer& writer, Kind const& kind, Filling const& filling, Layer layer) {
    for (Section const& part : kind.sections) {
        if (layer < part.layer) continue;
        for (std::string_view const name : part.fields)
            if (auto const* field = kind.content->find(name)) write_value(writer, *field, filling.content.get());
    }
    for (std::size_t i = 0; i < kind.rows.size(); ++i) {
        Rows const& rows = kind.rows[i];
        if (layer < rows.layer) continue;
        writer.key(rows.name).begin_array();
        for (entity::AnyObject const& row : filling.rows[i]) {
            writer.begin_object();
            for (entity::FieldMeta const& field : rows.meta->fields)
                if (is_filled_in(field)) write_value(writer, field, row.get());
            writer.end_object();
        }
        writer.end_array();
    }
}

http::Reply entry_reply(Context& context, Kind const& kind, std::string_view number, int status) {
    auto const view = view_of(context, number);
    if (!view || view->entry().kind != kind.name)
        return html::refusal(context, {}, Error{Refusal::not_found, "error.not_found", {}, {}});
    Filling const filling = load_filling(context.reader(), kind, view->entry().id.text);
    std::string text;
    json::Writer writer{text};
    begin_entry(writer, kind, view->entry(), view->layer, view->viewer.owner || view->viewer.officer);
    write_content(writer, kind, filling, view->layer);
    writer.end_object();
    return http::json_reply(std::move(text), status).header("ETag", etag_of(view->entry(), view->layer));
}

} // namespace

http::Reply api_list(Context& context, Kind const& kind, http::Request& request) {
    ListQuery const query = list_query(kind, request.query);
    Me const me{.account = context.actor.account_id, .member = context.may(member_permission)};
    auto const found = find_entries(context.reader(), query, me);
    std::string text, next;
    json::Writer writer{text};
    writer.begin_object().key("items").begin_array();
    for (Line const& line : found.lines) {
        Layer const layer = layer_of(line.entry, viewer_of(context, me, line.entry, line.granted));
        begin_entry(writer, kind, line.entry, layer, false);
        writer.end_object();
    }
    writer.end_array();
    if (found.more) {
        next = query.with("/api/v1/" + std::string{kind.path}, "after", cursor_of(query, found.lines.back().entry));
        writer.member("next", next);
    } else {
        writer.key("next").null();
    }
    writer.end_object();
    auto reply = http::json_reply(std::move(text));
    if (found.more) reply.header("Link", "<" + next + ">; rel=\"next\"");
    return reply;
}

http::Reply api_get(Context& context, Kind const& kind, http::Request& request) {
    auto const view = view_of(context, request.parameter("number"));
    if (!view) return html::refusal(context, request, view.error());
    if (view->entry().kind != kind.name) return not_found(context, request);
    std::string const etag = etag_of(view->entry(), view->layer);
    if (request.header("if-none-match") == etag) return http::Reply{304, {{"ETag", etag}}, {}};
    return entry_reply(context, kind, request.parameter("number"), 200);
}

http::Reply api_create(Context& context, Kind const& kind, http::Request& request) {
    auto const typed = typed_from_json(kind, request.body);
    if (!typed) return html::refusal(context, request, typed.error());
    auto const done = start(context, kind, *typed);
    if (!done) return html::refusal(context, request, done.error());
    return entry_reply(context, kind, done->number, 201)
        .header("Location", "/api/v1/" + std::string{kind.path} + "/" + done->number);
}

http::Reply api_update(Context& context, Kind const& kind, http::Request& request) {
    auto const view = own_view(context, request.parameter("number"));
    if (!view) return html::refusal(context, request, view.error());
    std::string_view const expected = request.header("if-match");
    if (expected.empty())
        return html::refusal(context, request, Error{Refusal::stale, "error.if_match_required", {}, {}});
    if (expected != "*" && expected != etag_of(view->entry(), view->layer))
        return html::refusal(context, request, Error{Refusal::stale, "error.stale", {}, {}});
    auto const typed = typed_from_json(kind, request.body);
    if (!typed) return html::refusal(context, request, typed.error());
    auto const done = save(context, kind, request.parameter("number"), *typed, view->entry().version);
    if (!done) return html::refusal(context, request, done.error());
    return entry_reply(context, kind, done->number, 200);
}

} // namespace sangu::library
