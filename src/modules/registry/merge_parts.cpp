#include "modules/registry/merge_parts.h"

#include "base/text.h"
#include "modules/registry/page_parts.h"

#include <algorithm>

namespace sangu::registry {

using namespace html;

namespace {

bool takes(Sides const& sides, std::string_view field) {
    return sides.refused && std::ranges::any_of(sides.refused->form, [&](auto const& pair) {
               return pair.first == "take" && pair.second == field;
           });
}

void field_row(Out& out, Sides const& sides, entity::FieldMeta const& field) {
    auto const text = [&](void const* one) {
        return resource::shown(sides.context, sides.meta, field, field.load(one), sides.labels);
    };
    std::string const own = text(sides.stays), other = text(sides.goes);
    if (own.empty() && other.empty()) return;
    std::string const box = "take-" + std::string{field.name};
    out << tr(th(scope("row"), sides.context.t(resource::field_key(sides.meta, field))), td(own), td(other),
              td([&, own, other, box](Out& cell) {
                  if (own == other || other.empty()) return;
                  if (own.empty()) {
                      cell << span(cls("muted"), sides.context.t("registry.merge.fills"));
                      return;
                  }
                  cell << label(cls("choice"), for_(box),
                                input(type("checkbox"), id(box), name("take"), value(field.name),
                                      checked(takes(sides, field.name))),
                                span(sides.context.t("registry.merge.take")));
              }));
}

} // namespace

void sides_table(Out& out, Sides const& sides) {
    Context const& context = sides.context;
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("registry.duplicate.compare")),
               table(cls("table"),
                     thead(tr(th(scope("col"), context.t("resource.field")),
                              th(scope("col"), context.t("registry.merge.stays")),
                              th(scope("col"), context.t("registry.merge.goes")),
                              th(scope("col"), context.t("registry.merge.choice")))),
                     tbody([&] {
                         for (entity::FieldMeta const& field : sides.meta.fields)
                             if (!field.key && !field.version && !field.read_only && !field.hidden)
                                 field_row(out, sides, field);
                     })));
}

void reference_counts(Out& out, Context& context, std::string_view entity, std::string_view id) {
    auto const counts = references_to(context, entity, id);
    if (counts.empty()) {
        out << p(cls("muted"), context.t("registry.merge.no_references"));
        return;
    }
    out << p(context.t("registry.merge.references")) << ul([&] {
        for (auto const& [entity_name, count] : counts) out << li(context.t(entity_name), ": ", count);
    });
}

void reason_field(Out& out, Context const& context, bool must, std::string_view asked_key, std::string const& text,
                  Problems const& problems) {
    auto const wrong = std::ranges::find(problems, "reason", &Problem::field);
    bool const is_wrong = wrong != problems.end();
    out << div(
        cls(is_wrong ? "field wrong" : "field"),
        label(for_("reason"), context.t("registry.merge.reason"), " ",
              when(!must, [&] { return span(cls("optional"), context.t("form.optional")); })),
        [&] {
            if (is_wrong)
                out << p(cls("field-error"), id("reason-note"), i18n::format(context.language, *wrong));
            else
                out << p(cls("hint"), id("reason-note"),
                         context.t(must ? asked_key : std::string_view{"registry.merge.reason_hint"}));
        },
        textarea(id("reason"), name("reason"), rows(4), maxlength(500), required(must), aria_describedby("reason-note"),
                 aria_invalid(is_wrong), "\n", text));
}

void seen_fields(Out& out, std::string_view kept, std::int64_t kept_version, std::string_view dropped,
                 std::int64_t dropped_version) {
    out << input(type("hidden"), name("kept"), value(kept)) << input(type("hidden"), name("dropped"), value(dropped))
        << input(type("hidden"), name("kept_version"), value(kept_version))
        << input(type("hidden"), name("dropped_version"), value(dropped_version));
}

MergeWish wish_of(http::Request const& request) {
    MergeWish wish{.kept_id = typed(request, "kept"),
                   .dropped_id = typed(request, "dropped"),
                   .kept_version = parse_integer(typed(request, "kept_version")).value_or(-1),
                   .dropped_version = parse_integer(typed(request, "dropped_version")).value_or(-1),
                   .from_dropped = {},
                   .reason = typed(request, "reason")};
    for (auto const& [name, value] : request.form)
        if (name == "take") wish.from_dropped.push_back(value);
    return wish;
}

} // namespace sangu::registry
