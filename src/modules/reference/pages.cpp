#include "modules/reference/pages.h"

#include "base/text.h"
#include "kernel/html/page.h"
#include "kernel/json/json.h"
#include "kernel/tables/tables.h"
#include "modules/reference/reference.h"

namespace sangu::reference {

using namespace html;

namespace {

constexpr std::size_t found_max = 100;

std::string typed(http::Request const& request, std::string_view name) {
    return std::string{trim(request.query_value(name).value_or(""))};
}

// The terms a request asks for: those that fit "q", else those below "parent".
std::vector<Term const*> asked_for(Table const& table, http::Request const& request) {
    std::string const text = typed(request, "q");
    return text.empty() ? table.children(typed(request, "parent")) : table.search(text, found_max);
}

std::string table_path(Table const& table) { return "/reference/" + std::string{table.code}; }

void validity(Out& out, Context const& context, Table const& table, Term const& term) {
    if (!term.since.empty()) out << span(context.t("reference.since", {std::string{term.since}})) << " ";
    if (!term.until.empty()) out << span(context.t("reference.until", {std::string{term.until}})) << " ";
    if (Term const* const successor = term.successor.empty() ? nullptr : table.find(term.successor))
        out << span(context.t("reference.successor", {std::string{successor->code}, successor->name(context.language)}))
            << " ";
    if (term.status != "official") badge(out, context.t("reference.status." + std::string{term.status}), "muted");
}

void terms_part(Out& out, Context const& context, Table const& table, std::vector<Term const*> const& terms) {
    auto const row = [&](Term const* term) {
        std::string const below = table_path(table) + "?parent=" + http::percent_encode(term->code);
        bool const has_children = !table.children(term->code).empty();
        return tr(th(scope("row"), span(cls("mono nowrap"), term->code)), td([&, term, has_children, below](Out& cell) {
                      if (has_children)
                          cell << a(href(Url::local(below)), term->name(context.language));
                      else
                          cell << term->name(context.language);
                  }),
                  td([&, term](Out& cell) { validity(cell, context, table, *term); }));
    };
    out << div(cls("table-wrap"), sangu::html::table(cls("table"),
                                                     thead(tr(th(scope("col"), context.t("reference.code")),
                                                              th(scope("col"), context.t("reference.name")),
                                                              th(scope("col"), context.t("reference.validity")))),
                                                     tbody(each(terms, row))));
}

void search_form(Out& out, Context const& context, Table const& table, std::string const& text) {
    out << form(cls("filters"), role("search"), method("get"), action(Url::local(table_path(table))),
                div(cls("field"), label(for_("q"), context.t("reference.search")),
                    input(type("search"), id("q"), name("q"), value(text), maxlength(100))),
                button(cls("button"), type("submit"), context.t("reference.find")));
}

void source_part(Out& out, Context const& context, Table const& table) {
    out << dl(cls("facts"), dt(context.t("reference.edition")), dd(table.edition), dt(context.t("reference.authority")),
              dd(table.authority(context.language)), [&](Out& inner) {
                  if (!table.origin.empty()) inner << dt(context.t("reference.origin")) << dd(table.origin);
              });
}

std::string line_text(std::vector<Term const*> const& line, i18n::Language language) {
    std::string text;
    for (Term const* term : line) text += (text.empty() ? "" : " › ") + term->name(language);
    return text;
}

} // namespace

http::Reply tables_page(Context& context, http::Request&) {
    Page const page{.title = std::string{context.t("reference.title")},
                    .lead = std::string{context.t("reference.lead")}};
    return render(context, page, [&](Out& out) {
        out << ul(cls("card-list"), each(tables(), [&](Table const& table) {
                      return li(cls("card"), h2(a(href(Url::local(table_path(table))), table.name(context.language))),
                                p(table.edition, " · ", table.authority(context.language)),
                                p(cls("muted"), context.t("reference.count", {std::to_string(table.terms.size())})));
                  }));
    });
}

http::Reply table_page(Context& context, http::Request& request) {
    Table const* const table = find_table(request.parameter("table"));
    if (!table) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    std::string const text = typed(request, "q"), parent = typed(request, "parent");
    auto const terms = asked_for(*table, request);
    Page page{.title = table->name(context.language),
              .crumbs = {{std::string{context.t("reference.title")}, "/reference"}}};
    auto const line = table->line_of(parent);
    if (!line.empty()) page.crumbs.push_back({page.title, table_path(*table)});
    if (!line.empty()) page.title = line_text(line, context.language);
    page.actions =
        markup(a(cls("button"), href(Url::local(table_path(*table) + "/download.csv")), context.t("reference.csv")));
    return render(context, page, [&](Out& out) {
        search_form(out, context, *table, text);
        if (terms.empty())
            empty_state(out, context.t("reference.empty"), context.t("reference.empty_hint"), table_path(*table),
                        context.t("reference.all"));
        else
            terms_part(out, context, *table, terms);
        source_part(out, context, *table);
    });
}

http::Reply table_csv(Context& context, http::Request& request) {
    Table const* const table = find_table(request.parameter("table"));
    if (!table) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    std::string text;
    auto const writer = tables::csv_writer([&](std::string_view bytes) { text += bytes; });
    writer->row({"code", "name_zh", "name_en", "parent", "since", "until", "successor", "status"});
    for (Term const& one : table->terms) {
        auto const cell = [](std::string_view part) { return std::string{part}; };
        writer->row({cell(one.code), cell(one.name_zh), cell(one.name_en), cell(one.parent), cell(one.since),
                     cell(one.until), cell(one.successor), cell(one.status)});
    }
    writer->finish();
    return http::download(std::move(text), "text/csv; charset=utf-8", std::string{table->code} + ".csv");
}

http::Reply api_table(Context& context, http::Request& request) {
    Table const* const table = find_table(request.parameter("table"));
    if (!table) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    std::string text;
    json::Writer writer{text};
    writer.begin_object().member("table", table->code).member("edition", table->edition).key("items").begin_array();
    for (Term const* term : asked_for(*table, request)) {
        writer.begin_object().member("code", term->code).member("name_zh", term->name_zh);
        writer.member("name_en", term->name_en).member("parent", term->parent).member("since", term->since);
        writer.member("until", term->until).member("successor", term->successor).member("status", term->status);
        writer.end_object();
    }
    writer.end_array().end_object();
    return http::json_reply(std::move(text));
}

} // namespace sangu::reference
