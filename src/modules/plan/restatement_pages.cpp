#include "base/text.h"
#include "modules/plan/report_figures.h"
#include "modules/plan/restatement_parts.h"

#include <algorithm>

namespace sangu::plan {

using namespace html;

namespace {

// The form for one figure of one report.
struct RestatementForm {
    Context& context;
    Report report;
    indicators::DueFigure figure;
    std::vector<Restated> restated;
    std::optional<double> reported;
    http::Request const* typed = nullptr;
    Error const* error = nullptr;

    std::string kept(std::string_view field) const {
        auto const value = typed ? typed->form_value(field) : std::nullopt;
        return std::string{value.value_or("")};
    }
    std::string path() const { return "/reports/" + report.id.text + "/figures/" + figure.indicator.code + "/restate"; }
};

std::optional<RestatementForm> load(Context& context, http::Request const& request) {
    auto report = entity::find(context.reader(), Id<Report>{std::string{request.parameter("id")}});
    if (!report || !may_restate(context, *report)) return {};
    auto const due = due_figures(context.reader(), *report);
    auto const found = std::ranges::find(due, request.parameter("indicator"),
                                         [](auto const& one) { return std::string_view{one.indicator.code}; });
    if (found == due.end()) return {};
    auto restated = restated_of(context, *report, due);
    auto const rows = figures_of(context.reader(), report->id);
    auto const row = std::ranges::find(rows, found->indicator.code, &ReportFigure::indicator);
    return RestatementForm{.context = context,
                           .report = *std::move(report),
                           .figure = *found,
                           .restated = std::move(restated),
                           .reported = row == rows.end() ? std::nullopt : row->value};
}

http::Reply page_of(RestatementForm const& form) {
    Context& context = form.context;
    auto const places = registry::places(context.reader());
    std::string const report_name =
        place_names(context, places, form.report.place) + " " + period_text(context, form.report.period);
    html::Page page{
        .title = context.t("plan.restatement.title", {indicators::name_of(context.language, form.figure.indicator)}),
        .lead = std::string{context.t("plan.restatement.lead")},
        .crumbs = {{std::string{context.t("plan.report.plural")}, "/reports"},
                   {report_name, "/reports/" + form.report.id.text}}};
    if (form.error) page.status = http::status_of(form.error->refusal);
    Problems const* problems = form.error ? &form.error->problems : nullptr;
    return render(context, page, [&](Out& out) {
        if (form.error) error_summary(out, context, *form.error, "plan.restatement");
        out << dl(cls("facts"), dt(context.t("plan.restatement.value_before")),
                  dd([&] { value_now(out, context, form.figure, form.reported, form.restated); }));
        open_form(out, context, form.path(), "form");
        std::string const unit = indicators::unit_of(context.language, form.figure.indicator);
        input_field(out, context,
                    {.field = "value",
                     .label = context.t("plan.restatement.value"),
                     .hint = unit,
                     .value = form.kept("value"),
                     .required = true,
                     .problems = problems});
        input_field(out, context,
                    {.field = "as_of",
                     .label = context.t("plan.restatement.as_of"),
                     .type = "date",
                     .hint = context.t("plan.restatement.as_of_hint"),
                     .value = form.kept("as_of"),
                     .problems = problems});
        text_field(out, context,
                   {.field = "reason",
                    .label = context.t("plan.restatement.reason"),
                    .hint = context.t("plan.restatement.reason_hint"),
                    .value = form.kept("reason"),
                    .required = true,
                    .problems = problems},
                   4);
        end_form(out, context.t("plan.restatement.ask"));
    });
}

Result<Restatement> typed_restatement(http::Request const& request) {
    Restatement typed;
    typed.indicator = request.parameter("indicator");
    entity::FormData data;
    for (std::string_view const field : {"value", "as_of", "reason"})
        data.emplace_back(field, request.form_value(field).value_or(""));
    if (auto problems = entity::from_form(typed, data); !problems.empty()) return refuse(std::move(problems));
    return typed;
}

http::Reply missing(Context& context, http::Request& request) {
    return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
}

} // namespace

http::Reply restatement_page(Context& context, http::Request& request) {
    auto const form = load(context, request);
    return form ? page_of(*form) : missing(context, request);
}

http::Reply restatement_post(Context& context, http::Request& request) {
    auto form = load(context, request);
    if (!form) return missing(context, request);
    auto typed = typed_restatement(request);
    auto const done = typed ? ask_restatement(context, form->report.id, *std::move(typed))
                            : Result<Id<Restatement>>{tl::make_unexpected(typed.error())};
    if (done)
        return http::see_other("/reports/" + form->report.id.text + "?done=done.restatement_asked" + "#restatement-" +
                               done->text);
    form->typed = &request;
    form->error = &done.error();
    return page_of(*form);
}

http::Reply restatement_step_post(Context& context, http::Request& request) {
    auto const done =
        step_restatement(context, Id<Restatement>{std::string{request.parameter("id")}}, request.parameter("action"),
                         std::string{request.form_value("comment").value_or("")});
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/reports/" + done->report_id.text + "?done=done.saved");
}

} // namespace sangu::plan
