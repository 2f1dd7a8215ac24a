#include "kernel/resource/pages.h"

#include <algorithm>

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;
using entity::FieldMeta;
using namespace html;

namespace {

// What one rendering of the list needs, gathered before the first byte is written.
struct View {
    Context& context;
    Resource const& resource;
    Query query;
    Page page;
    std::vector<Facet> facets;
    Labels labels;
    std::int64_t total = 0;
    std::string base;

    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string with(std::string_view name, std::string_view value) const {
        return address_with(query, resource, base, name, value);
    }
    bool filtered() const { return !query.search.empty() || !query.filters.empty(); }
};

constexpr std::int64_t count_max = 100'000;

std::string const* filter_of(Query const& query, FieldMeta const& field) {
    for (auto const& [filtered, text] : query.filters)
        if (filtered == &field) return &text;
    return nullptr;
}

void hidden_state(Out& out, View const& view, std::string_view without) {
    for (auto const& [field, text] : view.query.filters) out << input(type("hidden"), name(field->name), value(text));
    if (without != "q" && !view.query.search.empty()) out << input(type("hidden"), name("q"), value(view.query.search));
}

void search_form(Out& out, View const& view) {
    out << form(cls("list-search"), role("search"), method("get"), action(Url::local(view.base)), [&](Out& inner) {
        hidden_state(inner, view, "q");
        inner << label(for_("q"), cls("visually-hidden"), view.t("list.search"));
        inner << input(type("search"), id("q"), name("q"), value(view.query.search), maxlength(100),
                       placeholder(view.t("list.search")));
        inner << button(type("submit"), cls("button"), view.t("list.search"));
    });
}

void facet_list(Out& out, View const& view) {
    for (Facet const& facet : view.facets) {
        std::string const* chosen = filter_of(view.query, *facet.field);
        out << fieldset(cls("facet"), legend(view.t(field_key(*view.resource.meta, *facet.field))), ul([&](Out& list) {
                            for (FacetCount const& one : facet.counts) {
                                bool const active = chosen && *chosen == one.value;
                                std::string const label_text =
                                    shown(view.context, *view.resource.meta, *facet.field,
                                          entity::from_plain_text(*facet.field, one.value).value, view.labels);
                                list << li(
                                    a(href(Url::local(view.with(facet.field->name, active ? "" : one.value))),
                                      cls(active ? "facet-value active" : "facet-value"),
                                      aria_current(active ? std::optional<std::string_view>{"true"} : std::nullopt),
                                      span(label_text), " ", span(cls("facet-count"), one.count)));
                            }
                        }));
    }
}

bool is_number(FieldMeta const& field) {
    return field.type->kind == entity::Kind::integer || field.type->kind == entity::Kind::real ||
           field.type->kind == entity::Kind::money;
}

void heading_cell(Out& out, View const& view, FieldMeta const& field) {
    std::string_view const label_text = view.t(field_key(*view.resource.meta, field));
    bool const sorted = view.query.sort == &field;
    if (field.multiline || field.type->optional) {
        out << th(scope("col"), cls(is_number(field) ? "num" : ""), label_text);
        return;
    }
    std::string const order = (sorted && !view.query.descending ? "-" : "") + std::string{field.name};
    out << th(scope("col"), cls(is_number(field) ? "num" : ""),
              aria_sort(sorted ? std::optional<std::string_view>{view.query.descending ? "descending" : "ascending"}
                               : std::nullopt),
              a(href(Url::local(view.with("sort", order))), label_text));
}

void rows_table(Out& out, View const& view) {
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(view.t(plural_key(view.resource))),
               table(cls("table dense"), caption(cls("visually-hidden"), view.t(plural_key(view.resource))),
                     thead(tr([&](Out& head_row) {
                         for (FieldMeta const* field : view.query.columns) heading_cell(head_row, view, *field);
                     })),
                     tbody([&](Out& body_rows) {
                         for (AnyObject const& row : view.page.rows)
                             body_rows << tr([&](Out& cells) {
                                 bool first = true;
                                 for (FieldMeta const* field : view.query.columns) {
                                     std::string text = shown(view.context, view.resource, *field, row, view.labels);
                                     bool const moment = field->type->kind == entity::Kind::date ||
                                                         field->type->kind == entity::Kind::instant;
                                     if (text.empty() && first)
                                         text = title_of(view.context, view.resource, row, view.labels);
                                     if (first)
                                         cells << th(scope("row"),
                                                     a(href(Url::local(object_path(view.resource, row.id()))), text));
                                     else
                                         cells << td(cls(is_number(*field) ? "num" : moment ? "nowrap" : ""), text);
                                     first = false;
                                 }
                             });
                     })));
}

void paging(Out& out, View const& view) {
    bool const first_page = view.query.after_id.empty();
    if (first_page && !view.page.more) return;
    out << nav(cls("pager"), aria_label(view.t("list.paging")), [&](Out& inner) {
        if (!first_page) inner << a(cls("button"), href(Url::local(view.with("after", ""))), view.t("list.first_page"));
        if (view.page.more)
            inner << a(cls("button"), rel("next"),
                       href(Url::local(view.with(
                           "after", cursor_of(view.query, *view.resource.meta, view.page.rows.back().get())))),
                       view.t("list.next_page"));
    });
}

void columns_form(Out& out, View const& view) {
    out << details(
        cls("columns-choice"), summary(view.t("list.columns")),
        form(method("get"), action(Url::local(view.base)), [&](Out& inner) {
            hidden_state(inner, view, "");
            inner << p(cls("hint"), view.t("list.columns_hint"));
            std::string names;
            for (FieldMeta const* field : view.query.columns)
                names.append(names.empty() ? "" : ",").append(field->name);
            inner << ul(cls("columns-links"), [&](Out& list) {
                for (FieldMeta const& field : view.resource.meta->fields) {
                    if (field.hidden || field.key || field.version) continue;
                    bool const on = std::ranges::find(view.query.columns, &field) != view.query.columns.end();
                    std::string changed;
                    for (FieldMeta const* shown_field : view.query.columns)
                        if (shown_field != &field) changed.append(changed.empty() ? "" : ",").append(shown_field->name);
                    if (!on) changed.append(changed.empty() ? "" : ",").append(field.name);
                    list << li(a(href(Url::local(view.with("columns", changed))), aria_pressed(on ? "true" : "false"),
                                 role("button"), cls(on ? "column-toggle on" : "column-toggle"),
                                 view.t(field_key(*view.resource.meta, field))));
                }
            });
        }));
}

bool is_public(View const& view) {
    return view.context.services.permissions.allows_somewhere(auth::anonymous(), view.resource.read);
}

std::string feed_path(View const& view) {
    return address_with(view.query, view.resource, view.base + "/feed.atom", "after", "");
}

void downloads(Out& out, View const& view) {
    out << p(cls("downloads"), span(view.t("list.download")), " ", [&](Out& inner) {
        for (std::string_view const format : {"csv", "xlsx", "json"}) {
            std::string const path = view.base + "/download/" + std::string{format};
            inner << a(cls("download-link"), rel("nofollow"),
                       href(Url::local(address_with(view.query, view.resource, path, "after", ""))), download(true),
                       format == "csv"    ? "CSV"
                       : format == "xlsx" ? "XLSX"
                                          : "JSON")
                  << " ";
        }
        if (is_public(view))
            inner << a(cls("download-link"), rel("nofollow"), type("application/atom+xml"),
                       href(Url::local(feed_path(view))), "Atom");
    });
}

std::string heading_actions(View const& view) {
    Out out{512};
    if (may_write_somewhere(view.context, view.resource))
        out << a(cls("button primary"), href(Url::local(view.base + "/new")), view.t("list.new"));
    if (!view.resource.import_permission.empty() &&
        view.context.services.permissions.allows_somewhere(view.context.actor, view.resource.import_permission))
        out << a(cls("button"), href(Url::local(view.base + "/import")), view.t("list.import"));
    return out.take();
}

void empty_list(Out& out, View const& view) {
    if (view.filtered())
        empty_state(out, view.t("list.no_match"), view.t("list.no_match_hint"), view.base, view.t("list.show_all"));
    else if (may_write_somewhere(view.context, view.resource))
        empty_state(out, view.t("list.empty"), view.t("list.empty_hint"), view.base + "/new", view.t("list.new"));
    else
        empty_state(out, view.t("list.empty"), view.t("list.empty_reader"));
}

void body_of(Out& out, View const& view) {
    out << div(cls("list-layout"), [&](Out& layout) {
        layout << aside(cls("list-filters"), aria_label(view.t("list.filters")), [&](Out& side) {
            search_form(side, view);
            saved_views_part(side, view.context, view.resource, view.query);
            facet_list(side, view);
            columns_form(side, view);
        });
        layout << section(cls("list-rows"), aria_label(view.t("list.results")), [&](Out& rows) {
            rows << p(cls("list-count"), aria_live("polite"),
                      view.context.t(view.total > count_max ? "list.count_over" : "list.count",
                                     {i18n::format_number(view.context.language,
                                                          static_cast<double>(std::min(view.total, count_max)), 0)}));
            if (view.page.rows.empty())
                empty_list(rows, view);
            else {
                rows_table(rows, view);
                paging(rows, view);
                downloads(rows, view);
            }
        });
    });
}

} // namespace

http::Reply list_page(Context& context, Resource const& resource, http::Request& request) {
    auto query = parse_query(context, resource, request, Strictness::lenient);
    if (!query) return refusal(context, request, query.error());
    View view{context, resource, std::move(*query), {}, {}, {}, 0, base_path(resource)};
    auto const scopes = readable_scopes(context, resource);
    view.page = list(context, resource, view.query);
    view.facets = facets(context.reader(), resource, view.query, scopes);
    view.total = count_up_to(context.reader(), resource, view.query, scopes, count_max + 1);
    std::vector<AnyObject> named = view.page.rows;
    for (Facet const& facet : view.facets)
        if (facet.field->type->kind == entity::Kind::id || facet.field->type->kind == entity::Kind::text)
            for (FacetCount const& one : facet.counts) {
                AnyObject probe{*resource.meta};
                facet.field->store(probe.get(), Value{one.value});
                named.push_back(std::move(probe));
            }
    view.labels = labels_of(context, resource, named);
    html::Page page{
        .title = std::string{context.t(plural_key(resource))}, .actions = heading_actions(view), .wide = true};
    if (is_public(view)) page.feed = feed_path(view);
    return render(context, page, [&](Out& out) { body_of(out, view); });
}

} // namespace sangu::resource
