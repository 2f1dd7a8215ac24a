#include "kernel/resource/pages.h"
#include "modules/indicators/board.h"
#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"
#include "modules/indicators/store.h"

#include <algorithm>

namespace sangu::indicators {

using namespace html;

namespace {

struct Receipt {
    View const& view;
    Indicator const& indicator; // the series
    Observation const& observation;
    std::optional<Source> source;
    std::optional<Import> import;

    Context& context() const { return view.context; }
    std::string number(double value) const { return i18n::format_number(context().language, value, 6); }
};

void parts_of_ratio(Out& out, Receipt const& receipt) {
    Observation const& one = receipt.observation;
    Context const& context = receipt.context();
    if (!one.numerator || !one.denominator) return;
    double const computed = receipt.indicator.factor * *one.numerator / *one.denominator;
    out << section(h2(context.t("indicators.parts")),
                   table(cls("table"), tbody(tr(th(scope("row"), context.t("indicators.observation.numerator")),
                                                td(cls("num"), receipt.number(*one.numerator))),
                                             tr(th(scope("row"), context.t("indicators.observation.denominator")),
                                                td(cls("num"), receipt.number(*one.denominator))),
                                             tr(th(scope("row"), context.t("indicators.recomputed")),
                                                td(cls("num"), i18n::format_number(context.language, computed, 4))))),
                   when(!one.denominator_note.empty(), [&] {
                       return p(cls("hint"), context.t("indicators.observation.denominator_note"),
                                context.t("form.colon"), one.denominator_note);
                   }));
}

void facts(Out& out, Receipt const& receipt) {
    Context const& context = receipt.context();
    Observation const& one = receipt.observation;
    auto const fact = [&](std::string_view key, auto&& content) {
        return parts(dt(context.t(key)), dd(std::forward<decltype(content)>(content)));
    };
    auto const day = [&](Date date) { return i18n::format_date(context.language, date); };
    std::string const note = note_of(context.language, one);
    out << dl(
        cls("facts"), fact("indicators.observation.place", receipt.view.place(one.place)),
        fact("indicators.observation.period",
             period_text(context, one.period_kind, one.period, one.period_start, one.period_end)),
        when(one.as_of.has_value(), [&] { return fact("indicators.observation.as_of", day(*one.as_of)); }),
        fact("indicators.observation.vintage", day(one.vintage)),
        fact("indicators.observation.status", certainty_text(context, one.status)),
        fact("indicators.observation.source",
             [&] {
                 if (!receipt.source)
                     out << one.source;
                 else if (receipt.source->url.empty())
                     out << name_of(context.language, *receipt.source);
                 else
                     out << a(href(Url::external(receipt.source->url)), rel("noopener external"),
                              name_of(context.language, *receipt.source));
             }),
        when(!note.empty(), [&] { return fact("indicators.observation.note", note); }),
        fact("indicators.observation.entered_by_name",
             [&] {
                 out << (one.entered_by == "system" ? context.t("indicators.by_import")
                                                    : std::string_view{one.entered_by_name})
                     << " · " << i18n::format_time(context.language, one.entered_at);
             }),
        fact("indicators.observation.approved_by_name",
             [&] {
                 out << (one.approved_by == "system" ? context.t("indicators.by_import")
                                                     : std::string_view{one.approved_by_name});
                 if (one.approved_at) out << " · " << i18n::format_time(context.language, *one.approved_at);
             }),
        when(one.known_on.has_value(), [&] { return fact("indicators.observation.known_on", day(*one.known_on)); }),
        when(!one.reason.empty(), [&] { return fact("indicators.observation.reason", one.reason); }),
        when(receipt.import.has_value(), [&] {
            return fact("indicators.observation.import_id",
                        parts(receipt.import->file_name, " · SHA-256 ", code(cls("mono"), receipt.import->sha256)));
        }));
}

void older_vintages(Out& out, Receipt const& receipt, std::string_view page_code) {
    Context const& context = receipt.context();
    auto const all = vintages_of(receipt.context().reader(), receipt.observation);
    auto const heading = [&](std::string_view key) { return th(scope("col"), context.t(key)); };
    out << section(
        h2(context.t("indicators.vintages")),
        div(cls("table-wrap"), role("region"), tabindex(0), aria_label(context.t("indicators.vintages")),
            table(cls("table"),
                  thead(tr(heading("indicators.observation.vintage"),
                           th(scope("col"), cls("num"), context.t("indicators.observation.value")),
                           heading("indicators.observation.source"), heading("indicators.observation.reason"))),
                  tbody(each(all, [&](Observation const& one) {
                      auto const current =
                          one.id == receipt.observation.id ? std::optional<std::string_view>{"true"} : std::nullopt;
                      return tr(aria_current(current),
                                th(scope("row"), a(href(receipt_url(page_code, one.id.text)),
                                                   i18n::format_date(context.language, one.vintage))),
                                td(cls("num"), value_text(context, receipt.indicator, one.value, one.approximate)),
                                td(one.source), td(one.reason));
                  })))));
}

} // namespace

http::Reply receipt_page(Context& context, http::Request& request) {
    std::string const code{request.parameter("code")};
    auto const asked = entity::first<Indicator>(context.reader(), "where code = ?", {code});
    auto const observation =
        entity::find(context.reader(), Id<Observation>{std::string{request.parameter("observation")}});
    bool const shown = asked && observation && observation->state == ObservationState::published &&
                       observation->indicator == series_of(*asked);
    if (!shown) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    auto const series = entity::first<Indicator>(context.reader(), "where code = ?", {observation->indicator});
    View const view{context, default_plan};
    Receipt const receipt{
        view, *series, *observation, entity::first<Source>(context.reader(), "where code = ?", {observation->source}),
        observation->import_id ? entity::find(context.reader(), *observation->import_id) : std::nullopt};
    std::string const title = name_of(context.language, *asked);
    html::Page const page{.title = value_text(context, *series, observation->value, observation->approximate),
                          .lead = title,
                          .crumbs = {{std::string{context.t("indicators.indicator.plural")}, "/indicators"},
                                     {title, indicator_url(code).text}}};
    return render(context, page, [&](Out& out) {
        facts(out, receipt);
        parts_of_ratio(out, receipt);
        out << section(h2(context.t("indicators.definition")), p(definition_of(context.language, *series)),
                       p(formula_of(context.language, *series)));
        older_vintages(out, receipt, code);
        resource::history_part(out, context, Observation::meta, observation->id.text);
    });
}

} // namespace sangu::indicators
