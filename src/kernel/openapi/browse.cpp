#include "kernel/config/settings.h"
#include "kernel/html/page.h"
#include "kernel/openapi/openapi.h"

#include <algorithm>

namespace sangu::openapi {

using namespace html;

namespace {

std::string_view schema_name(std::string_view schema) {
    return schema.starts_with('[') ? schema.substr(1, schema.size() - 2) : schema;
}

void operations_table(Out& out, Context const& context, std::vector<http::Route> const& routes) {
    auto const row = [&](http::Route const& route) {
        return tr(td(code(method_name(route.method))), th(scope("row"), code(route.pattern)),
                  td(route.summary.empty() ? std::string_view{} : context.t(route.summary)), td(code(route.permission)),
                  td([&route](Out& cell) {
                      if (route.response_schema.empty()) return;
                      std::string const target = "schema-" + std::string{schema_name(route.response_schema)};
                      cell << a(href(Url::fragment(target)), code(route.response_schema));
                  }));
    };
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("api.operations")),
               table(cls("table"), caption(cls("visually-hidden"), context.t("api.operations")),
                     thead(tr(th(scope("col"), context.t("api.method")), th(scope("col"), context.t("api.path")),
                              th(scope("col"), context.t("api.meaning")), th(scope("col"), context.t("api.permission")),
                              th(scope("col"), context.t("api.answer")))),
                     tbody([&](Out& rows) {
                         for (http::Route const& route : routes)
                             if (route.pattern.starts_with("/api/")) rows << row(route);
                     })));
}

std::string_view kind_name(entity::Kind kind) {
    switch (kind) {
    case entity::Kind::boolean: return "boolean";
    case entity::Kind::integer: return "integer";
    case entity::Kind::real: return "real";
    case entity::Kind::text: return "text";
    case entity::Kind::money: return "money";
    case entity::Kind::date: return "date";
    case entity::Kind::instant: return "instant";
    case entity::Kind::id: return "id";
    case entity::Kind::choice: return "choice";
    }
    return "text";
}

// What a field may hold, as a reader of the data dictionary needs it.
std::string limits_of(Context const& context, entity::FieldMeta const& field) {
    std::string text{context.t("api.kind." + std::string{kind_name(field.type->kind)})};
    for (Choice const& choice : field.type->choices) text.append(text.ends_with(')') ? " | " : " ").append(choice.name);
    if (field.max_length) text.append(" ≤ ").append(std::to_string(field.max_length));
    if (field.required) text.append(" · ").append(context.t("api.required"));
    return text;
}

// Ids and counters of changes mean the same everywhere; modules need not name them.
std::string meaning_of(Context const& context, entity::EntityMeta const& meta, entity::FieldMeta const& field) {
    if (field.key) return std::string{context.t("api.id")};
    if (field.version) return std::string{context.t("api.version")};
    return std::string{context.t(std::string{meta.name} + "." + std::string{field.name})};
}

void schema_section(Out& out, Context const& context, entity::EntityMeta const& meta) {
    out << section(
        id("schema-" + std::string{meta.name}), h3(id("title-" + std::string{meta.name}), code(meta.name)),
        div(cls("table-wrap"), tabindex(0), role("region"), aria_labelledby("title-" + std::string{meta.name}),
            table(cls("table"),
                  thead(tr(th(scope("col"), context.t("api.field")), th(scope("col"), context.t("api.meaning")),
                           th(scope("col"), context.t("api.schema")))),
                  tbody([&](Out& rows) {
                      for (entity::FieldMeta const& field : meta.fields)
                          if (!field.hidden)
                              rows << tr(th(scope("row"), code(field.name)), td(meaning_of(context, meta, field)),
                                         td(limits_of(context, field)));
                  }))));
}

} // namespace

http::Reply document_reply(Context& context, http::Request&) {
    return http::json_reply(document(context.services.modules, context.services.settings.public_url));
}

http::Reply browse_page(Context& context, http::Request&) {
    html::Page const page{
        .title = std::string{context.t("api.title")}, .lead = std::string{context.t("api.lead")}, .wide = true};
    auto const routes = routes_of(context.services.modules);
    return render(context, page, [&](Out& out) {
        out << p(a(href("/api/v1/openapi.json"), context.t("api.document")));
        operations_table(out, context, routes);
        out << h2(context.t("api.schemas"));
        for (Module const& module : context.services.modules)
            for (entity::EntityMeta const* meta : module.entities) schema_section(out, context, *meta);
    });
}

} // namespace sangu::openapi
