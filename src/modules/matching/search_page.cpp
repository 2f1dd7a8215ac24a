// The page /search: one box over everything, facets with counts, and of every hit why it was found.

#include "base/text.h"
#include "modules/matching/pages.h"
#include "modules/matching/words.h"

#include <algorithm>

namespace sangu::matching {

using namespace html;

namespace {

constexpr std::size_t value_max = 60;

std::string number_text(Context const& context, std::uint64_t value) {
    return i18n::format_number(context.language, static_cast<double>(value), 0);
}

// The address of the same search with one parameter changed (empty value: without it) and from the first page.
std::string with(Query const& query, std::string_view name, std::string_view value) {
    std::string address = "/search";
    char mark = '?';
    auto const add = [&](std::string_view key, std::string_view own) {
        std::string_view const used = key == name ? value : own;
        if (used.empty()) return;
        address.append(1, mark).append(key).append("=").append(http::percent_encode(used));
        mark = '&';
    };
    add("q", query.text);
    for (auto const& [facet, chosen] : query.filters) add(facet, chosen);
    add("words", query.any_word ? "any" : "");
    if (name != "q" && name != "words" && !query.filter(name)) add(name, "");
    return address;
}

void search_form(Out& out, Context const& context, Query const& query) {
    out << form(cls("list-search"), role("search"), method("get"), action("/search"), [&] {
        for (auto const& [facet, chosen] : query.filters) out << input(type("hidden"), name(facet), value(chosen));
        out << label(for_("q"), cls("visually-hidden"), context.t("matching.search.words"))
            << input(type("search"), id("q"), name("q"), value(query.text), maxlength(text_max),
                     placeholder(context.t("matching.search.placeholder")))
            << button(type("submit"), cls("button primary"), context.t("matching.search.find"));
    });
}

void syntax_help(Out& out, Context const& context) {
    constexpr std::string_view lines[] = {"words", "phrase", "field", "must", "boolean", "same"};
    out << details(cls("card"), summary(context.t("matching.help")),
                   ul(each(lines,
                           [&](std::string_view line) {
                               return li(code(context.t(i18n::Key{"matching.help.example.", line})), " – ",
                                         context.t(i18n::Key{"matching.help.text.", line}));
                           })),
                   p(a(href("/search/about"), context.t("matching.about.link"))));
}

void facets(Out& out, Context const& context, Query const& query, Findings const& findings) {
    for (FacetCounts const& facet : findings.facets)
        out << fieldset(cls("facet"), legend(context.t(i18n::Key{"matching.facet.", facet.facet})), ul([&] {
                            for (auto const& [value, count] : facet.values) {
                                std::string const* chosen = query.filter(facet.facet);
                                bool const active = chosen && *chosen == value;
                                auto const current = active ? std::optional<std::string_view>{"true"} : std::nullopt;
                                out << li(a(href(Url::local(with(query, facet.facet, active ? "" : value))),
                                            rel("nofollow"), cls(active ? "facet-value active" : "facet-value"),
                                            aria_current(current), span(facet_text(context, facet.facet, value)), " ",
                                            span(cls("facet-count"), number_text(context, count))));
                            }
                        }));
}

void why(Out& out, Context const& context, Hit const& hit) {
    if (hit.shares.empty()) return;
    out << details(summary(context.t("matching.why")), ul(each(hit.shares, [&](Share const& one) {
                       return li(own_words(context, one.term), " · ", context.t(i18n::Key{"matching.in.", one.field}),
                                 " · ", percent_text(context, one.share));
                   })));
}

void hit_card(Out& out, Context const& context, Hit const& hit) {
    Filed const& filed = hit.filed;
    out << li(cls("card"),
              h2(a(href(Url::local(filed.path)),
                   [&](Out& inner) {
                       marked(inner, context, filed.title, 0, static_cast<std::uint32_t>(filed.title.size()),
                              hit.title_marks);
                   })),
              p(cls("hint"),
                [&] {
                    out << kind_text(context, filed.kind);
                    if (auto const* number = filed.fact("number")) out << " · " << *number;
                    std::string place;
                    for (auto const& [facet, value] : filed.facets)
                        if (facet == "place") place = facet_text(context, "place", value);
                    if (!place.empty()) out << " · " << place;
                }),
              [&] {
                  if (hit.passage.end > hit.passage.begin)
                      out << p([&] {
                          if (hit.passage.begin > 0) out << "… ";
                          marked(out, context, filed.words, hit.passage.begin, hit.passage.end, hit.passage.marks);
                          if (hit.passage.end < filed.words.size()) out << " …";
                      });
                  out << p([&] {
                      for (auto const& [facet, value] : filed.facets)
                          if (facet == "field" || facet == "stage" || facet == "price") {
                              badge(out, facet_text(context, facet, value), "info");
                              out << " ";
                          }
                  });
                  why(out, context, hit);
              });
}

void pager(Out& out, Context const& context, Query const& query, Findings const& findings) {
    bool const more = findings.total > static_cast<std::uint64_t>(query.page) * hits_on_page;
    if (query.page == 1 && !more) return;
    out << nav(cls("pager"), aria_label(context.t("list.paging")), [&] {
        auto const to = [&](int page) { return Url::local(with(query, "page", std::to_string(page))); };
        if (query.page > 1) out << a(cls("button"), rel("prev"), href(to(query.page - 1)), context.t("matching.back"));
        out << span(context.t("matching.page", {number_text(context, static_cast<std::uint64_t>(query.page))}));
        if (more && query.page < pages_max)
            out << a(cls("button"), rel("next"), href(to(query.page + 1)), context.t("list.next_page"));
    });
    if (more && query.page == pages_max) out << p(cls("hint"), context.t("matching.last_page"));
}

void note_lines(Out& out, Context const& context, Findings const& findings) {
    constexpr std::string_view names[] = {"open_quote", "open_bracket", "stray_bracket", "dangling_operator",
                                          "too_deep",   "too_long",     "too_many_parts"};
    if (findings.notes.empty()) return;
    out << div(cls("note info"), ul(each(findings.notes, [&](search::Note note) {
                   return li(context.t(i18n::Key{"matching.note.", names[static_cast<std::size_t>(note)]}));
               })));
}

void results(Out& out, Context const& context, Query const& query, Findings const& findings) {
    note_lines(out, context, findings);
    if (trim(query.text).empty()) {
        out << p(cls("list-count"), context.t("matching.all", {number_text(context, findings.total)}));
        return empty_state(out, context.t("matching.start"), context.t("matching.start_hint"));
    }
    out << p(cls("list-count"), aria_live("polite"), context.t("list.count", {number_text(context, findings.total)}),
             " ", [&] {
                 if (findings.with_any_word > findings.total)
                     out << a(href(Url::local(with(query, "words", "any"))), rel("nofollow"),
                              context.t("matching.any_word", {number_text(context, findings.with_any_word)}));
                 if (query.any_word)
                     out << a(href(Url::local(with(query, "words", ""))), rel("nofollow"),
                              context.t("matching.all_words"));
             });
    if (!findings.meant.empty())
        out << p(context.t("matching.did_you_mean"), " ",
                 a(href(Url{"/search"}.query("q", findings.meant)), strong(own_words(context, findings.meant))));
    if (findings.loosened && findings.total > 0) out << div(cls("note info"), p(context.t("matching.loosened")));
    if (findings.hits.empty())
        return empty_state(out, context.t("list.no_match"), context.t("matching.none_hint"),
                           query.filters.empty() ? std::string{"/search"} : with({.text = query.text}, "", ""),
                           context.t(query.filters.empty() ? "matching.again" : "matching.without_filters"));
    out << ul(cls("card-list"),
              each(findings.hits, [&](Hit const& hit) { return [&](Out& inner) { hit_card(inner, context, hit); }; }));
    pager(out, context, query, findings);
}

void not_ready(Out& out, Context const& context, Progress const& progress) {
    std::string const done = number_text(context, static_cast<std::uint64_t>(progress.done)),
                      total = number_text(context, static_cast<std::uint64_t>(progress.total));
    out << div(cls("note info"), role("status"), p(context.t("matching.building", {done, total})));
}

} // namespace

Query query_of(http::Request const& request) {
    Query query;
    for (auto const& [name, raw] : request.query) {
        std::string const text = shorten(trim(raw), name == "q" ? text_max : value_max);
        if (text.empty()) continue;
        if (name == "q") query.text = text;
        if (name == "page")
            query.page = static_cast<int>(std::clamp<std::int64_t>(parse_integer(text).value_or(1), 1, pages_max));
        if (name == "words") query.any_word = text == "any";
        bool const is_facet = std::ranges::find(chosen_facets, name) != std::end(chosen_facets);
        if (is_facet && !query.filter(name)) query.filters.emplace_back(name, text);
    }
    return query;
}

http::Reply search_page(Context& context, http::Request& request) {
    Query const query = query_of(request);
    Findings const findings = find(context, query);
    html::Page const page{.title = std::string{context.t("matching.search.title")},
                          .lead = std::string{context.t("matching.search.lead")},
                          .wide = true};
    auto reply = render(context, page, [&](Out& out) {
        search_form(out, context, query);
        if (!findings.ready) return not_ready(out, context, findings.progress);
        out << div(cls("list-layout results-first"),
                   aside(cls("list-filters"), aria_label(context.t("list.filters")),
                         [&] { facets(out, context, query, findings); }),
                   section(cls("list-rows"), aria_label(context.t("list.results")), [&] {
                       results(out, context, query, findings);
                       syntax_help(out, context);
                   }));
    });
    if (!findings.ready) reply.header("Refresh", "3"); // asks again by itself until the index is there
    return std::move(reply).header("X-Robots-Tag", "noindex");
}

http::Reply about_page(Context& context, http::Request&) {
    html::Page const page{.title = std::string{context.t("matching.about.title")},
                          .lead = std::string{context.t("matching.about.lead")},
                          .crumbs = {{std::string{context.t("matching.search.title")}, "/search"}}};
    constexpr std::string_view parts[] = {"seen", "words", "fields", "rare", "length", "order", "match", "nobody"};
    return render(context, page, [&](Out& out) {
        for (std::string_view const part : parts)
            out << section(cls("card"), h2(context.t(i18n::Key{"matching.about.heading.", part})),
                           p(context.t(i18n::Key{"matching.about.text.", part})));
        out << section(cls("card"), h2(context.t("matching.about.weights")),
                       table(cls("table"),
                             thead(tr(th(context.t("matching.about.field")), th(context.t("matching.about.weight")))),
                             tbody(each(schema().fields, [&](search::Field const& field) {
                                 return tr(td(context.t(i18n::Key{"matching.in.", field.name})),
                                           td(cls("number"), i18n::format_number(context.language, field.weight, 2)));
                             }))));
    });
}

} // namespace sangu::matching
