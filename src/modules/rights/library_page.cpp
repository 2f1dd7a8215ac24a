#include "base/text.h"
#include "modules/rights/numbers.h"
#include "modules/rights/pages.h"

#include <algorithm>
#include <array>
#include <map>

namespace sangu::rights {

using namespace html;

resource::Resource const& right_list() {
    static resource::Resource const list{.meta = &Right::meta,
                                         .path = "rights",
                                         .read = read_permission,
                                         .default_sort = "-id",
                                         .page = "/rights",
                                         .own_list = true,
                                         .visible = &visible_rows};
    return list;
}

std::vector<resource::Published> published_lists(Services const&) {
    return {{.resource = right_list(), .type = "rights.right", .fields = {"title", "kind", "legal_status", "summary"}}};
}

namespace {

constexpr std::int64_t search_count_max = 1'000;

struct FacetField {
    std::string_view name;
    std::string Tally::* member;
};
constexpr std::array facet_fields{FacetField{"kind", &Tally::kind}, FacetField{"legal_status", &Tally::legal_status},
                                  FacetField{"encumbrance", &Tally::encumbrance}, FacetField{"city", &Tally::city},
                                  FacetField{"section", &Tally::section}};

struct View {
    Context& context;
    resource::Query query;
    resource::Page page;
    std::vector<Tally> tallies;
    std::vector<registry::PlaceCard> places;
    std::int64_t total = 0;
    bool counted = true; // the tallies tell how many rows every filter has

    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string with(std::string_view name, std::string_view value) const {
        return resource::address_with(query, right_list(), "/rights", name, value);
    }
    std::string chosen(std::string_view name) const {
        for (auto const& [field, text] : query.filters)
            if (field->name == name) return text;
        return {};
    }
};

bool passes(View const& view, Tally const& tally, std::string_view without) {
    return std::ranges::all_of(facet_fields, [&](FacetField const& facet) {
        std::string const wanted = view.chosen(facet.name);
        return facet.name == without || wanted.empty() || tally.*facet.member == wanted;
    });
}

void count_rows(View& view) {
    view.tallies = tallies(view.context.reader());
    if (view.context.actor.signed_in() && !view.query.visible.sql.empty())
        std::ranges::move(undisclosed_tallies(view.context.reader(), view.query.visible),
                          std::back_inserter(view.tallies));
    else if (view.query.visible.sql.empty())
        std::ranges::move(undisclosed_tallies(view.context.reader(), {"1 = 1", {}}), std::back_inserter(view.tallies));
    auto const is_facet = [](auto const& filter) {
        return std::ranges::find(facet_fields, filter.first->name, &FacetField::name) != facet_fields.end();
    };
    view.counted = view.query.search.empty() && std::ranges::all_of(view.query.filters, is_facet);
    if (view.counted) {
        for (Tally const& tally : view.tallies)
            if (passes(view, tally, "")) view.total += tally.rights;
    } else {
        view.total = resource::count_up_to(view.context.reader(), right_list(), view.query, {}, search_count_max + 1);
    }
}

std::string value_name(View const& view, std::string_view field, std::string const& value) {
    if (field == "city") {
        auto const* place = registry::find_place(view.places, value);
        return place ? place->name(view.context.language) : value;
    }
    if (field == "section") {
        std::string const key = "rights.section." + value;
        return i18n::has_message(view.context.language, key) ? value + " · " + std::string{view.t(key)} : value;
    }
    return std::string{view.t("rights.right." + std::string{field} + "." + value)};
}

void facet_part(Out& out, View const& view, FacetField const& facet) {
    std::map<std::string, std::int64_t> counts;
    for (Tally const& tally : view.tallies)
        if (!(tally.*facet.member).empty() && (!view.counted || passes(view, tally, facet.name)))
            counts[tally.*facet.member] += tally.rights;
    std::string const chosen = view.chosen(facet.name);
    if (counts.size() < 2 && chosen.empty()) return;
    if (!chosen.empty()) counts.try_emplace(chosen, 0);
    std::vector<std::pair<std::string, std::int64_t>> sorted{counts.begin(), counts.end()};
    std::ranges::stable_sort(sorted, std::greater{}, &std::pair<std::string, std::int64_t>::second);
    out << fieldset(cls("facet"), legend(view.t("rights.right." + std::string{facet.name})), ul([&] {
                        for (auto const& [value, count] : sorted) {
                            bool const active = value == chosen;
                            out << li(a(href(Url::local(view.with(facet.name, active ? "" : value))),
                                        cls(active ? "facet-value active" : "facet-value"),
                                        aria_current(active ? std::optional<std::string_view>{"true"} : std::nullopt),
                                        span(value_name(view, facet.name, value)), when(view.counted, [&] {
                                            return parts(" ",
                                                         span(cls("facet-count"), number_text(view.context, count)));
                                        })));
                        }
                    }));
}

void search_part(Out& out, View const& view) {
    out << form(cls("list-search"), role("search"), method("get"), action("/rights"), [&] {
        for (auto const& [field, text] : view.query.filters)
            out << input(type("hidden"), name(field->name), value(text));
        out << label(for_("q"), cls("visually-hidden"), view.t("list.search"))
            << input(type("search"), id("q"), name("q"), value(view.query.search), maxlength(100),
                     placeholder(view.t("rights.search_hint")))
            << button(type("submit"), cls("button"), view.t("list.search"));
    });
}

void heading(Out& out, View const& view, std::string_view key, std::string_view sort) {
    if (sort.empty()) {
        out << th(scope("col"), view.t(key));
        return;
    }
    bool const sorted = view.query.sort->name == sort;
    std::string const order = (sorted && !view.query.descending ? "-" : "") + std::string{sort};
    out << th(scope("col"),
              aria_sort(sorted ? std::optional<std::string_view>{view.query.descending ? "descending" : "ascending"}
                               : std::nullopt),
              a(href(Url::local(view.with("sort", order))), view.t(key)));
}

void row_of(Out& out, View const& view, Right const& right) {
    Context const& context = view.context;
    bool const english = context.language == i18n::Language::en && right.title_en;
    std::string const number = main_number(right);
    out << tr(
        th(scope("row"), a(href(Url::path("/rights", right.id.text)), english ? *right.title_en : right.title),
           when(right.disclosure == Disclosure::undisclosed,
                [&] { return parts(" ", span(cls("badge warn"), view.t("rights.right.disclosure.undisclosed"))); }),
           div(cls("hint"), view.t("rights.right.kind." + std::string{name_of(right.kind)}),
               when(!number.empty(), [&] { return parts(" · ", span(cls("mono nowrap"), number)); }))),
        td(shorten(right.holders, 80)), td([&] { status_badge(out, context, right.legal_status); }),
        td([&] { state_badge(out, context, right.encumbrance); }),
        td(cls("nowrap"),
           [&] {
               if (right.expires_on)
                   out << time(datetime(to_text(*right.expires_on)), date_text(context, *right.expires_on));
           }),
        td(cls("nowrap"), date_text(context, right.checked_on)));
}

void rows_part(Out& out, View const& view) {
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(view.t("rights.right.plural")),
               table(cls("table"), caption(cls("visually-hidden"), view.t("rights.right.plural")), thead(tr([&] {
                         heading(out, view, "rights.right.title", "title");
                         heading(out, view, "rights.right.holders", "");
                         heading(out, view, "rights.right.legal_status", "legal_status");
                         heading(out, view, "rights.right.encumbrance", "encumbrance");
                         heading(out, view, "rights.right.expires_on", "");
                         heading(out, view, "rights.right.checked_on", "checked_on");
                     })),
                     tbody([&] {
                         for (auto const& row : view.page.rows)
                             row_of(out, view, *static_cast<Right const*>(row.get()));
                     })));
    bool const first_page = view.query.after_id.empty();
    if (!first_page || view.page.more)
        out << nav(cls("pager"), aria_label(view.t("list.paging")), [&] {
            if (!first_page)
                out << a(cls("button"), href(Url::local(view.with("after", ""))), view.t("list.first_page"));
            if (view.page.more)
                out << a(cls("button"), rel("next"),
                         href(Url::local(view.with(
                             "after", resource::cursor_of(view.query, Right::meta, view.page.rows.back().get())))),
                         view.t("list.next_page"));
        });
    out << p(cls("downloads"), span(view.t("list.download")), " ", [&] {
        for (std::string_view const format : {"csv", "xlsx", "json"}) {
            std::string const path = "/rights/download/" + std::string{format};
            out << a(cls("download-link"), rel("nofollow"), download(true),
                     href(Url::local(resource::address_with(view.query, right_list(), path, "after", ""))),
                     format == "csv"    ? "CSV"
                     : format == "xlsx" ? "XLSX"
                                        : "JSON")
                << " ";
        }
    });
}

std::string heading_actions(Context const& context) {
    Out out{256};
    if (context.actor.signed_in())
        out << a(cls("button primary"), href("/rights/new"), context.t("rights.right.new"))
            << a(cls("button"), href("/rights/mine"), context.t("rights.mine.title"));
    if (context.services.permissions.allows_somewhere(context.actor, import_permission))
        out << a(cls("button"), href("/rights/import"), context.t("list.import"));
    return out.take();
}

void empty_part(Out& out, View const& view) {
    bool const filtered = !view.query.search.empty() || !view.query.filters.empty();
    if (filtered)
        empty_state(out, view.t("list.no_match"), view.t("list.no_match_hint"), "/rights", view.t("list.show_all"));
    else
        empty_state(out, view.t("rights.empty"), view.t("rights.empty_hint"),
                    view.context.actor.signed_in() ? "/rights/new" : "", view.t("rights.right.new"));
}

// A whole number leads to its right at once.
std::optional<RightCard> named_exactly(Context& context, std::string_view search) {
    std::string const bare = search_form(search);
    auto const digits = std::ranges::count_if(bare, [](char c) { return c >= '0' && c <= '9'; });
    if (digits < 6 || bare.find(' ') != std::string::npos) return {};
    return find_right(context, search);
}

} // namespace

http::Reply library_page(Context& context, http::Request& request) {
    auto query = resource::parse_query(context, right_list(), request, resource::Strictness::lenient);
    if (!query) return refusal(context, request, query.error());
    if (auto const card = named_exactly(context, query->search)) return http::see_other(card->path());
    View view{context, std::move(*query), {}, {}, registry::places(context.reader())};
    view.page = resource::list(context, right_list(), view.query);
    count_rows(view);
    html::Page const page{.title = std::string{context.t("rights.right.plural")},
                          .lead = std::string{context.t("rights.lead")},
                          .actions = heading_actions(context),
                          .wide = true};
    return render(context, page, [&](Out& out) {
        out << div(cls("list-layout"), [&] {
            out << aside(cls("list-filters"), aria_label(view.t("list.filters")), [&] {
                search_part(out, view);
                resource::saved_views_part(out, context, right_list(), view.query);
                for (FacetField const& facet : facet_fields) facet_part(out, view, facet);
            });
            out << section(cls("list-rows"), aria_label(view.t("list.results")), [&] {
                bool const over = !view.counted && view.total > search_count_max;
                out << p(cls("list-count"), aria_live("polite"),
                         context.t(over ? "list.count_over" : "list.count",
                                   {number_text(context, over ? search_count_max : view.total)}),
                         " · ", a(href("/rights/fees"), view.t("rights.fees.title")));
                if (view.page.rows.empty())
                    empty_part(out, view);
                else
                    rows_part(out, view);
            });
        });
    });
}

} // namespace sangu::rights
