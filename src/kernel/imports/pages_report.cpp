#include "kernel/imports/pages.h"
#include "kernel/resource/pages.h"
#include "kernel/tables/tables.h"

namespace sangu::imports {

using namespace html;
using entity::EntityMeta;

namespace {

constexpr int shown_max = 100;

// The column by the name it bears in the file.
std::string column_text(Mapping const& mapping, std::int64_t column) {
    if (column < 1) return {};
    auto const at = static_cast<std::size_t>(column) - 1;
    return std::to_string(column) + (at < mapping.columns.size() ? " " + mapping.columns[at].header : "");
}

std::string field_text(Context const& context, EntityMeta const& meta, Problem const& problem) {
    entity::FieldMeta const* field = meta.find(problem.field);
    return field ? std::string{context.t(resource::field_key(meta, *field))} : std::string{};
}

// What stood in the cell, when the sentence does not say it.
std::string value_beside(Context const& context, Problem const& problem) {
    bool const says_it = context.t(problem.key).find("{1}") != std::string_view::npos;
    return says_it || problem.arguments.empty() ? std::string{} : problem.arguments.front();
}

// The sentence without line and column, which stand beside it, and the value that was read.
std::string sentence(Context const& context, Problem problem) {
    problem.line = problem.column = 0;
    return i18n::format(context.language, problem);
}

} // namespace

void problems_table(Out& out, Context const& context, EntityMeta const& meta, Mapping const& mapping,
                    Problems const& problems) {
    out << div(
        cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("imports.report")),
        table(cls("table dense"), caption(cls("visually-hidden"), context.t("imports.report")),
              thead(tr(th(scope("col"), context.t("resource.line")), th(scope("col"), context.t("resource.column")),
                       th(scope("col"), context.t("resource.field")), th(scope("col"), context.t("resource.problem")))),
              tbody(each(problems, [&](Problem const& problem) {
                  return tr(td(cls("num"), problem.line ? std::to_string(problem.line) : std::string{}),
                            td(column_text(mapping, problem.column)), td(field_text(context, meta, problem)),
                            td(sentence(context, problem), [&](Out& cell) {
                                if (auto const value = value_beside(context, problem); !value.empty())
                                    cell << " " << code(value);
                            }));
              }))));
}

void report_part(Out& out, Context& context, resource::Resource const& resource, Import const& import) {
    auto const problems = problems_of(context.reader(), import.id.text, 0, shown_max);
    if (problems.empty()) return;
    auto const number = [&](std::int64_t n) {
        return i18n::format_number(context.language, static_cast<double>(n), 0);
    };
    out << section(h2(context.t("imports.report")), [&](Out& inner) {
        inner << p(import.problems > static_cast<std::int64_t>(problems.size())
                       ? context.t("imports.problems_first", {number(import.problems), number(shown_max)})
                       : context.t("imports.problems", {number(import.problems)}),
                   " ",
                   a(href(Url::local(import_path(resource, import.id.text) + "/report.csv")), download(true),
                     context.t("imports.report_download")));
        problems_table(inner, context, *resource.meta, mapping_from(import.mapping), problems);
    });
}

http::Reply report_reply(Context& context, resource::Resource const& resource, http::Request& request) {
    auto const import = find(context.reader(), resource.path, request.parameter("id"));
    if (!import) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    Mapping const mapping = mapping_from(import->mapping);
    std::string text;
    auto const writer = tables::csv_writer([&](std::string_view bytes) { text += bytes; });
    writer->row({std::string{context.t("resource.line")}, std::string{context.t("resource.column")},
                 std::string{context.t("resource.field")}, std::string{context.t("resource.problem")},
                 std::string{context.t("imports.value")}});
    for (Problem const& one : problems_of(context.reader(), import->id.text, 0, static_cast<int>(problems_kept_max)))
        writer->row({one.line ? std::to_string(one.line) : "", column_text(mapping, one.column),
                     field_text(context, *resource.meta, one), sentence(context, one),
                     one.arguments.empty() ? std::string{} : one.arguments.front()});
    writer->finish();
    return http::download(std::move(text), "text/csv; charset=utf-8", import->source + "-report.csv");
}

} // namespace sangu::imports
