#include "modules/library/parts.h"

#include "kernel/config/settings.h"
#include "kernel/json/json.h"

namespace sangu::library {

using namespace html;

void rows_table(Out& out, Context const& context, Kind const& kind, std::span<entity::AnyObject const> rows) {
    if (rows.empty()) return;
    entity::EntityMeta const& meta = *kind.rows->meta;
    auto const heading = context.t(kind.rows->heading);
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(heading),
               table(cls("table"), caption(heading), thead(tr([&] {
                         for (entity::FieldMeta const& field : meta.fields)
                             if (is_filled_in(field))
                                 out << th(scope("col"),
                                           context.t(std::string{meta.name} + "." + std::string{field.name}));
                     })),
                     tbody([&] {
                         for (entity::AnyObject const& row : rows)
                             out << tr([&] {
                                 for (entity::FieldMeta const& field : meta.fields)
                                     if (is_filled_in(field)) out << td(value_text(context, meta, field, row.get()));
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
