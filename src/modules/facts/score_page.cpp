#include "base/text.h"
#include "kernel/html/page.h"
#include "kernel/http/temporary_file.h"
#include "kernel/tables/tables.h"
#include "modules/facts/forms.h"
#include "modules/facts/pages.h"
#include "modules/facts/service.h"

#include <algorithm>

namespace sangu::facts {

using namespace html;

namespace {

// Everything a score needs, read once.
struct Sheet {
    registry::OrganisationCard organisation;
    std::int64_t year = 0;
    std::vector<Figures> all;
    std::vector<Band> bands;
    std::vector<Score> scores;

    Figures const* approved(std::int64_t wanted) const {
        auto const found = std::ranges::find_if(
            all, [&](Figures const& one) { return one.year == wanted && one.state == FiguresState::approved; });
        return found == all.end() ? nullptr : &*found;
    }
    Years years() const { return {approved(year - 2), approved(year - 1), approved(year)}; }
};

Result<std::unique_ptr<Sheet>> sheet_of(Context& context, http::Request& request) {
    auto sheet = std::make_unique<Sheet>();
    sheet->organisation = TRY(organisation_of_figures(context, request.parameter("id")));
    sheet->all = figures_of(context.reader(), sheet->organisation.id.text);
    sheet->year = parse_integer(request.query_value("year").value_or("")).value_or(year_of(context.today()) - 1);
    if (!request.query_value("year"))
        for (Figures const& one : sheet->all)
            if (one.state == FiguresState::approved) {
                sheet->year = one.year;
                break;
            }
    sheet->bands = bands_on(context.reader(), context.today());
    sheet->scores = scores_of(context, sheet->organisation.id.text, sheet->year, sheet->all, sheet->bands);
    return sheet;
}

std::string points_text(std::int64_t least, std::int64_t most) {
    return least == most ? std::to_string(least) : std::to_string(least) + "–" + std::to_string(most);
}

std::string bound_text(Context const& context, std::string_view measure, double bound) {
    if (measure == "conversions_mean") return i18n::format_number(context.language, bound, 2);
    if (is_ratio(measure)) return i18n::format_number(context.language, bound * 100, 2) + " %";
    return i18n::format_number(context.language, bound, 0);
}

// Why a line has its points: the measure, its value and the line of the table.
std::string explanation(Context const& context, Line const& line) {
    if (line.basis == Line::Basis::judged) return std::string{context.t("facts.line.judged")};
    std::string text;
    if (!line.measure.empty() && line.value)
        text = context.t("facts.line.value", {std::string{context.t("facts.measure." + line.measure)},
                                              bound_text(context, line.measure, *line.value)});
    if (line.band) {
        double const bound = static_cast<double>(line.band->lower) / (is_ratio(line.band->measure) ? 1e6 : 1);
        text += context.t(line.band->above ? "facts.line.above" : "facts.line.at_least",
                          {bound_text(context, line.band->measure, bound)});
    } else if (!line.measure.empty())
        text += context.t("facts.line.below");
    if (line.basis == Line::Basis::missing) text += context.t("facts.line.missing");
    return text;
}

void lines_table(Out& out, Context const& context, Score const& score) {
    auto const row = [&](Line const& line) {
        return tr(th(scope("row"), context.t("facts.item." + score.scheme + "." + line.item)),
                  td(cls("num"), points_text(line.points_min, line.points_max), " / ", line.best),
                  td(explanation(context, line), when(line.band != nullptr, [&line, &context] {
                         return parts(" ", small(cls("hint"), line.band->source),
                                      when(!line.band->confirmed, [&context] {
                                          return span(cls("badge warn"), context.t("facts.unconfirmed"));
                                      }));
                     })));
    };
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("facts.scheme." + score.scheme)),
               table(cls("table"),
                     thead(tr(th(scope("col"), context.t("facts.line.item")),
                              th(scope("col"), cls("num"), context.t("facts.line.points")),
                              th(scope("col"), context.t("facts.line.why")))),
                     tbody(each(score.lines, row))));
}

void gates_list(Out& out, Context const& context, Score const& score) {
    if (score.gates.empty()) return;
    out << ul([&] {
        for (Gate const& gate : score.gates) {
            std::string_view const tone = !gate.holds ? "muted" : *gate.holds ? "good" : "bad";
            std::string_view const word = !gate.holds   ? "facts.gate.open"
                                          : *gate.holds ? "facts.gate.yes"
                                                        : "facts.gate.no";
            out << li([&] {
                badge(out, context.t(word), tone);
                out << " " << context.t("facts.gate." + gate.key);
            });
        }
    });
}

void score_part(Out& out, Context const& context, Sheet const& sheet, Score const& score) {
    constexpr std::string_view outcomes[] = {"yes", "no", "open"};
    constexpr std::string_view tones[] = {"good", "bad", "info"};
    auto const at = static_cast<std::size_t>(score.outcome);
    out.raw("<section class=\"card\">");
    out << h2(context.t("facts.scheme." + score.scheme)) << p([&] {
        out << strong(points_text(score.points_min, score.points_max)) << " / 100 · "
            << context.t("facts.score.pass", {std::to_string(score.pass)}) << " ";
        badge(out, context.t("facts.outcome." + std::string{outcomes[at]}), tones[at]);
    });
    gates_list(out, context, score);
    lines_table(out, context, score);
    std::string const form = score.scheme == "high_tech" ? "high_tech_filing" : score.scheme + "_assessment";
    std::string const path = "/organisations/" + sheet.organisation.id.text + "/forms/" + form + "/";
    std::string const year = "?year=" + std::to_string(sheet.year);
    out << p(context.t("facts.form.download"), " ", a(href(Url::local(path + "csv" + year)), "CSV"), " ",
             a(href(Url::local(path + "xlsx" + year)), "XLSX"));
    out.raw("</section>");
}

std::string file_of_cells(std::vector<FormCell> const& cells) {
    std::string text;
    auto const writer = tables::csv_writer([&](std::string_view bytes) { text += bytes; });
    for (FormCell const& cell : cells) writer->row({cell.label, cell.value});
    writer->finish();
    return text;
}

http::Reply xlsx_of_cells(std::vector<FormCell> const& cells, std::string const& name) {
    auto const file = std::make_shared<http::TemporaryFile>();
    auto const writer = tables::xlsx_writer(file->path(), "form");
    for (FormCell const& cell : cells) writer->row({cell.label, cell.value});
    writer->finish();
    return http::download(http::body_of(file), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                          name);
}

} // namespace

http::Reply scores_page(Context& context, http::Request& request) {
    auto const sheet = sheet_of(context, request);
    if (!sheet) return refusal(context, request, sheet.error());
    Sheet const& one = **sheet;
    std::string const figures = "/organisations/" + one.organisation.id.text + "/figures";
    Page const page{.title = context.t("facts.score.of", {std::to_string(one.year)}),
                    .lead = std::string{context.t("facts.score.lead")},
                    .crumbs = {{one.organisation.name, "/organisations/" + one.organisation.id.text},
                               {std::string{context.t("facts.title")}, figures}}};
    return render(context, page, [&](Out& out) {
        if (!one.approved(one.year))
            out << div(cls("note warn"),
                       p(context.t("facts.score.no_figures", {std::to_string(one.year)}), " ",
                         a(href(Url::local(figures + "/" + std::to_string(one.year))), context.t("facts.card_enter"))));
        for (Score const& score : one.scores) score_part(out, context, one, score);
    });
}

http::Reply form_download(Context& context, http::Request& request) {
    auto const sheet = sheet_of(context, request);
    if (!sheet) return refusal(context, request, sheet.error());
    Sheet const& one = **sheet;
    auto const cells = form_cells(request.parameter("form"), context, one.organisation, one.years(), one.scores);
    std::string_view const format = request.parameter("format");
    if (cells.empty() || (format != "csv" && format != "xlsx"))
        return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    std::string const name =
        std::string{request.parameter("form")} + "-" + std::to_string(one.year) + "." + std::string{format};
    if (format == "xlsx") return xlsx_of_cells(cells, name);
    return http::download(file_of_cells(cells), "text/csv; charset=utf-8", name);
}

} // namespace sangu::facts
