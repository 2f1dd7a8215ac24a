#include "base/text.h"
#include "modules/indicators/indicators.h"
#include "modules/plan/restatement_parts.h"

#include <algorithm>

namespace sangu::plan {

using namespace html;

namespace {

// One report with everything its page needs.
struct ReportDetail {
    Context& context;
    Report report;
    std::span<registry::PlaceCard const> places;
    std::vector<indicators::DueFigure> due;
    std::vector<ReportFigure> figures;
    std::vector<ReportTask> told;
    std::vector<TaskCard> tasks;
    std::vector<Restated> restated;
    bool editable = false, staff = false, restatable = false;
    Error const* error = nullptr;
    http::Request const* typed = nullptr;

    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string kept(std::string const& field, std::string stored) const {
        auto const value = typed ? typed->form_value(field) : std::nullopt;
        return value ? std::string{*value} : stored;
    }
    Problems const* problems() const { return error ? &error->problems : nullptr; }
    ReportFigure const* figure(std::string_view code) const {
        auto const found = std::ranges::find(figures, code, &ReportFigure::indicator);
        return found == figures.end() ? nullptr : &*found;
    }
    ReportTask const* told_of(std::string_view code) const {
        auto const found = std::ranges::find(told, code, &ReportTask::task);
        return found == told.end() ? nullptr : &*found;
    }
};

ReportDetail load(Context& context, Report report) {
    ReportDetail page{.context = context, .report = std::move(report)};
    db::Session& session = context.reader();
    page.places = registry::places(context);
    if (auto const period = indicators::parse_period(page.report.period))
        page.due = indicators::figures_to_report(session, page.report.plan, page.report.place, *period);
    page.figures = figures_of(session, page.report.id);
    page.told = tasks_of(session, page.report.id);
    page.tasks = tasks_of_place(session, page.report.plan, page.report.place);
    page.staff = context.may(internal_permission, page.report.scope);
    page.restatable = may_restate(context, page.report);
    page.restated = restated_of(context, page.report, page.due);
    page.editable = context.may(submit_permission, page.report.scope) &&
                    (page.report.state == ReportState::open || page.report.state == ReportState::returned);
    return page;
}

void state_of(Out& out, Context const& context, Report const& report) {
    badge(out, context.t("plan.report.state." + std::string{name_of(report.state)}), tone_of(report.state));
    if (is_late(report, context.today())) {
        std::int64_t const days = report.submitted_on.value_or(context.today()) - report.due;
        out << " ";
        badge(out, context.t("plan.late_days", {number(context, days)}), "bad");
    }
}

void facts(Out& out, ReportDetail const& page) {
    Report const& one = page.report;
    out << dl(cls("facts"), [&] {
        out << dt(page.t("plan.report.state")) << dd([&] { state_of(out, page.context, one); });
        out << dt(page.t("plan.report.kind")) << dd(page.t("plan.report.kind." + std::string{name_of(one.kind)}));
        out << dt(page.t("plan.report.due")) << dd(date_text(page.context, one.due));
        auto const step = [&](std::string_view key, std::optional<Date> day, std::string const& who) {
            if (day)
                out << dt(page.t(key))
                    << dd(date_text(page.context, *day), when(page.staff, " "), when(page.staff, who));
        };
        step("plan.report.submitted_on", one.submitted_on, one.submitted_by_name);
        step("plan.report.accepted_on", one.accepted_on, one.accepted_by_name);
        step("plan.report.published_on", one.published_on, one.published_by_name);
    });
}

void figure_cells(Out& out, ReportDetail const& page, indicators::DueFigure const& due) {
    std::string const code = due.indicator.code, field = "figure-" + code, note = "note-" + code;
    ReportFigure const* stored = page.figure(code);
    if (!page.editable) {
        out << td(cls("num"), [&] {
            value_now(out, page.context, due, stored ? stored->value : std::nullopt, page.restated);
        }) << td(stored ? stored->note : "", [&] {
            if (!page.restatable) return;
            Url const form = Url::local("/reports/" + page.report.id.text + "/figures/" + code + "/restate");
            out << " "
                << a(href(form), page.t("plan.restatement.restate"),
                     span(cls("visually-hidden"), " ", indicators::name_of(page.context.language, due.indicator)));
        });
        return;
    }
    if (due.recorded) {
        out << td(cls("num"), indicators::value_text(page.context, due.indicator, due.recorded->value))
            << td(page.t("plan.report.recorded"));
        return;
    }
    bool const wrong =
        page.error && std::ranges::any_of(page.error->problems, [&](Problem const& p) { return p.field == field; });
    std::string const label_text{indicators::name_of(page.context.language, due.indicator)};
    out << td(div(cls("with-unit"),
                  input(id(field), name(field), inputmode("decimal"), aria_label(label_text), aria_invalid(wrong),
                        value(page.kept(field, stored && stored->value ? to_text(*stored->value) : ""))),
                  span(indicators::unit_of(page.context.language, due.indicator))))
        << td(input(id(note), name(note), maxlength(500),
                    aria_label(label_text + " " + std::string{page.t("plan.report_figure.note")}),
                    value(page.kept(note, stored ? stored->note : "")), placeholder(page.t("plan.report.why_none"))));
}

void figures_part(Out& out, ReportDetail const& page) {
    auto const number_look = page.editable ? std::nullopt : std::optional<std::string_view>{"num"};
    out << h2(page.t("plan.report.figures"))
        << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(page.t("plan.report.figures")),
               table(cls("table dense"),
                     thead(tr(th(scope("col"), page.t("plan.report_figure.indicator")),
                              th(scope("col"), cls("num"), page.t("plan.report.quota")),
                              th(scope("col"), cls(number_look), page.t("plan.report_figure.value")),
                              th(scope("col"), page.t("plan.report_figure.note")))),
                     tbody([&] {
                         for (auto const& due : page.due)
                             out << tr(th(scope("row"), a(href(Url::path("/indicators", due.indicator.code)),
                                                          indicators::name_of(page.context.language, due.indicator))),
                                       td(cls("num"),
                                          due.quota ? indicators::value_text(page.context, due.indicator, *due.quota)
                                                    : std::string{"–"}),
                                       [&] { figure_cells(out, page, due); });
                     })));
}

void task_cells(Out& out, ReportDetail const& page, TaskCard const& card) {
    std::string const percent = "percent-" + card.code, text = "text-" + card.code;
    ReportTask const* told = page.told_of(card.code);
    if (!page.editable) {
        out << td(cls("num"), told && told->percent
                                  ? page.context.t("plan.percent", {number(page.context, *told->percent)})
                                  : std::string{page.t("plan.no_data")})
            << td(told ? told->text : std::string{});
        return;
    }
    std::string const percent_now = told && told->percent ? std::to_string(*told->percent) : "";
    out << td(input(id(percent), name(percent), inputmode("numeric"),
                    aria_label(card.code + " " + std::string{page.t("plan.task.percent")}),
                    value(page.kept(percent, percent_now)), size(4)))
        << td(textarea(id(text), name(text), rows(2), maxlength(1000),
                       aria_label(card.code + " " + std::string{page.t("plan.report_task.text")}), "\n",
                       page.kept(text, told ? told->text : "")));
}

void tasks_part(Out& out, ReportDetail const& page) {
    if (page.tasks.empty()) return;
    out << h2(page.t("plan.report.tasks"))
        << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(page.t("plan.report.tasks")),
               table(cls("table dense"),
                     thead(tr(th(scope("col"), page.t("plan.report_task.task")),
                              th(scope("col"), page.t("plan.task.percent")),
                              th(scope("col"), page.t("plan.report_task.text")))),
                     tbody([&] {
                         for (TaskCard const& card : page.tasks)
                             out << tr(th(scope("row"), a(href(Url::path("/tasks", card.code)), card.code, " ",
                                                          card.title(page.context.language))),
                                       [&] { task_cells(out, page, card); });
                     })));
}

void evidence_part(Out& out, ReportDetail const& page) {
    if (!page.staff) return;
    out << h2(page.t("plan.evidence"));
    evidence_list(out, page.context, report_evidence, page.report.id.text, "/evidence");
}

void fill_in(Out& out, ReportDetail const& page) {
    open_form(out, page.context, "/reports/" + page.report.id.text, "form-wide", true);
    out << input(type("hidden"), name("version"), value(page.report.version));
    text_field(out, page.context,
               {.field = "summary",
                .label = page.t("plan.report.summary"),
                .value = page.kept("summary", page.report.summary),
                .required = true,
                .problems = page.problems()},
               6);
    figures_part(out, page);
    tasks_part(out, page);
    evidence_part(out, page);
    input_field(out, page.context,
                {.field = "evidence",
                 .label = page.t("plan.evidence.add"),
                 .type = "file",
                 .hint = page.t("plan.evidence.hint"),
                 .problems = page.problems()});
    end_form(out, page.t("plan.report.save"));
}

// "figure-I01" by the name of the indicator, "percent-T2.1.5" by the task, other fields by their own.
std::string label_of(ReportDetail const& page, std::string_view field) {
    auto const dash = field.find('-');
    std::string_view const code = dash == field.npos ? std::string_view{} : field.substr(dash + 1);
    for (indicators::DueFigure const& due : page.due)
        if (due.indicator.code == code) return indicators::name_of(page.context.language, due.indicator);
    for (TaskCard const& card : page.tasks)
        if (card.code == code) return card.code + " " + shown_title(page.context, card.title_zh, card.title_en);
    if (field == "evidence") return std::string{page.t("plan.evidence")};
    return std::string{page.t("plan.report." + std::string{field})};
}

http::Reply reply_for(ReportDetail const& page) {
    html::Page frame{.title = place_names(page.context, page.places, page.report.place) + " " +
                              period_text(page.context, page.report.period) + " " +
                              std::string{page.t("plan.report.kind." + std::string{name_of(page.report.kind)})},
                     .crumbs = {{std::string{page.t("plan.report.plural")}, "/reports"}},
                     .wide = true};
    if (page.error) frame.status = http::status_of(page.error->refusal);
    auto const offers = offers_for(page.context, page.report);
    return render(page.context, frame, [&](Out& out) {
        if (page.error)
            error_summary(out, page.context, *page.error,
                          [&](std::string_view field) { return label_of(page, field); });
        facts(out, page);
        if (!offers.empty()) flow_buttons(out, page.context, Report::flow, offers, "/reports/" + page.report.id.text);
        if (page.editable) return fill_in(out, page);
        if (!page.report.summary.empty()) out << p(cls("lead"), page.report.summary);
        figures_part(out, page);
        tasks_part(out, page);
        if (page.report.state == ReportState::accepted || page.report.state == ReportState::published) {
            restatements_part(out, page.context, page.due, page.restated);
            out << p(cls("hint"), page.t(page.restatable ? "plan.report.closed_hint" : "plan.report.closed"));
        }
        evidence_part(out, page);
    });
}

Result<ReportDraft> typed_draft(http::Request const& request) {
    ReportDraft draft{.summary = std::string{trim(request.form_value("summary").value_or(""))},
                      .figures = {},
                      .tasks = {},
                      .version = parse_integer(request.form_value("version").value_or("")).value_or(-1)};
    Problems problems;
    auto const other = [&](std::string_view prefix, std::string const& code) {
        return std::string{trim(request.form_value(std::string{prefix} + code).value_or(""))};
    };
    for (auto const& [name, value] : request.form) {
        std::string_view const key = name;
        if (key.starts_with("figure-") && draft.figures.size() < 200) {
            ReportFigure figure;
            figure.id = new_id_of<ReportFigure>();
            figure.indicator = key.substr(7);
            figure.note = other("note-", figure.indicator);
            auto const parsed = entity::from_plain_text(*ReportFigure::meta.find("value"), value);
            if (!parsed.problem.empty()) problems.push_back({name, std::string{parsed.problem}, {}});
            if (auto const* real = std::get_if<double>(&parsed.value)) figure.value = *real;
            draft.figures.push_back(std::move(figure));
        }
        if (key.starts_with("text-") && draft.tasks.size() < 500) {
            ReportTask task;
            task.task = key.substr(5);
            task.text = std::string{trim(value)};
            std::string const percent = other("percent-", task.task);
            task.percent = parse_integer(percent);
            if (!percent.empty() && !task.percent)
                problems.push_back({"percent-" + task.task, "error.not_a_number", {}});
            draft.tasks.push_back(std::move(task));
        }
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return draft;
}

http::Reply refused(Context& context, http::Request& request, Error const& error) {
    auto report = entity::find(context.reader(), Id<Report>{std::string{request.parameter("id")}});
    bool const again = error.refusal == Refusal::invalid || error.refusal == Refusal::stale;
    if (!report || !again || request.wants_json()) return refusal(context, request, error);
    ReportDetail page = load(context, *std::move(report));
    page.error = &error;
    if (request.form_value("summary")) page.typed = &request;
    return reply_for(page);
}

} // namespace

http::Reply report_page(Context& context, http::Request& request) {
    auto report = entity::find(context.reader(), Id<Report>{std::string{request.parameter("id")}});
    if (!report || !may_read(context, *report))
        return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return reply_for(load(context, *std::move(report)));
}

http::Reply save_report_post(Context& context, http::Request& request) {
    Id<Report> const id{std::string{request.parameter("id")}};
    auto draft = typed_draft(request);
    if (!draft) return refused(context, request, draft.error());
    auto const saved = save_report(context, id, *std::move(draft), request.uploads);
    if (!saved) return refused(context, request, saved.error());
    return http::see_other("/reports/" + id.text + "?done=done.saved");
}

http::Reply report_step_post(Context& context, http::Request& request) {
    Id<Report> const id{std::string{request.parameter("id")}};
    auto const done =
        step_report(context, id, request.parameter("action"), std::string{request.form_value("comment").value_or("")});
    if (!done) return refused(context, request, done.error());
    return http::see_other("/reports/" + id.text + "?done=done.saved");
}

} // namespace sangu::plan
