#include "modules/library/parts.h"

#include "kernel/config/settings.h"
#include "kernel/json/json.h"

#include <algorithm>

namespace sangu::library {

using namespace html;

namespace {

void about_cell(Out& out, Context const& context, About const& about) {
    std::string const text = own_words(context, about.text);
    out << td([&] {
        if (!about.tone.empty())
            badge(out, about.text, about.tone);
        else if (about.path.empty())
            out << text;
        else
            out << a(href(about.path.starts_with('/') ? Url::local(about.path) : Url::external(about.path)), text);
    });
}

std::vector<entity::FieldMeta const*> filled_columns(entity::EntityMeta const& meta,
                                                     std::span<entity::AnyObject const> rows) {
    std::vector<entity::FieldMeta const*> columns;
    for (entity::FieldMeta const& field : meta.fields)
        if (is_filled_in(field) && std::ranges::any_of(rows, [&](entity::AnyObject const& row) {
                return !is_null(field.load(row.get())) && field.load(row.get()) != Value{std::string{}};
            }))
            columns.push_back(&field);
    return columns;
}

} // namespace

void rows_table(Out& out, Context& context, Rows const& list, std::span<entity::AnyObject const> rows, bool captioned) {
    if (rows.empty()) return;
    entity::EntityMeta const& meta = *list.meta;
    auto const heading = context.t(list.heading);
    auto const columns = filled_columns(meta, rows);
    std::vector<About> const about = list.about ? list.about(context, rows) : std::vector<About>{};
    bool const tells = std::ranges::any_of(about, [](About const& one) { return !one.text.empty(); });
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(heading),
               table(cls("table"), caption(cls(captioned ? "" : "visually-hidden"), heading), thead(tr([&] {
                         for (entity::FieldMeta const* field : columns)
                             out << th(scope("col"),
                                       context.t(std::string{meta.name} + "." + std::string{field->name}));
                         if (tells) out << th(scope("col"), context.t(std::string{list.heading} + ".about"));
                     })),
                     tbody([&] {
                         for (std::size_t i = 0; i < rows.size(); ++i)
                             out << tr([&] {
                                 entity::AnyObject const& row = rows[i];
                                 for (entity::FieldMeta const* field : columns)
                                     out << td(value_text(context, meta, *field, row.get()));
                                 if (tells) about_cell(out, context, about[i]);
                             });
                     })));
}

void linked_data(Out& out, std::string_view json) {
    out.raw("<script type=\"application/ld+json\">");
    out.json(json);
    out.raw("</script>");
}

std::string structured_data(Context const& context, Kind const& kind, Entry const& entry, Layer layer,
                            std::string_view owner) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object().member("@context", "https://schema.org").member("@type", kind.schema);
    writer.member("@id", context.services.settings.public_url + path_of(kind, entry));
    writer.member("url", context.services.settings.public_url + path_of(kind, entry));
    writer.member("identifier", entry.number);
    writer.member("name", entry.title);
    if (layer >= Layer::abstract && !entry.abstract.empty()) writer.member("description", entry.abstract);
    if (entry.published_on) writer.member(kind.schema_date, to_text(*entry.published_on));
    if (entry.organisation_id && !kind.schema_owner.empty())
        writer.key(kind.schema_owner).begin_object().member("@type", "Organization").member("name", owner).end_object();
    writer.end_object();
    return text;
}

} // namespace sangu::library
