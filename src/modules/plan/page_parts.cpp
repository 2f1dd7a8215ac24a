#include "modules/plan/page_parts.h"

#include "kernel/files/files.h"

#include <algorithm>

namespace sangu::plan {

using namespace html;

std::string_view tone_of(TaskState state) {
    using enum TaskState;
    switch (state) {
    case closed:
    case verified: return "good";
    case under_way:
    case reported: return "info";
    case delayed: return "bad";
    case suspended: return "warn";
    default: return "muted";
    }
}

std::string_view tone_of(ReportState state) {
    using enum ReportState;
    switch (state) {
    case published:
    case accepted: return "good";
    case submitted: return "info";
    case returned: return "warn";
    default: return "muted";
    }
}

void state_badge(Out& out, Context const& context, TaskState state) {
    badge(out, context.t(i18n::Key{"plan.task.state.", name_of(state)}), tone_of(state));
}

void open_mark(Out& out, Context const& context) {
    out << span(cls("badge warn"), title_(context.t("plan.open.hint")), context.t("plan.open"));
}

void due_text(Out& out, Context const& context, TaskState state, std::optional<Date> due) {
    if (!due) return open_mark(out, context);
    out << time(datetime(to_text(*due)), cls("nowrap"), date_text(context, *due));
    if (is_overdue(state, due, context.today())) {
        out << " ";
        badge(out, context.t("plan.overdue"), "bad");
    }
}

void percent_bar(Out& out, Context const& context, std::int64_t percent) {
    std::string const text = context.t("plan.percent", {number(context, percent)});
    out << progress(value(percent), max(100), aria_label(text)) << " " << span(cls("nowrap"), text);
}

std::string place_names(Context const& context, std::span<registry::PlaceCard const> places, std::string_view codes) {
    std::string text;
    each_part(codes, [&](std::string_view code) {
        auto const* place = registry::find_place(places, code);
        if (!text.empty()) text += context.t("plan.list_comma");
        text += place ? place->name(context.language) : std::string{code};
    });
    return text;
}

std::string shown_title(Context const& context, std::string_view zh, std::string_view en) {
    return title_of(context.language, zh, en);
}

std::string date_text(Context const& context, Date date) { return i18n::format_date(context.language, date); }

std::string target_text(Context const& context, indicators::Card const& card) {
    std::string const upper =
        indicators::value_text(context, card.indicator, card.target.value_to.value_or(*card.target.value));
    if (!card.target.value_to) return upper;
    return indicators::number_text(context, card.indicator, *card.target.value) + "–" + upper;
}

std::string period_text(Context const& context, std::string_view report_period_name) {
    auto const period = report_period(report_period_name);
    if (!period) return std::string{report_period_name};
    return context.t(period->kind == ReportKind::half_year ? "plan.period.half" : "plan.period.year",
                     {std::to_string(civil(period->start).year)});
}

std::string number(Context const& context, std::int64_t value) {
    return i18n::format_number(context.language, static_cast<double>(value), 0);
}

void clock_text(Out& out, Context const& context, SupervisionNotice const& notice, calendar::PeriodState const& clock) {
    if (notice.state == NoticeState::answered || notice.state == NoticeState::closed) {
        badge(out, context.t("plan.notice.state." + std::string{name_of(notice.state)}), "good");
        return;
    }
    if (clock.paused)
        badge(out, context.t("plan.notice.state.paused"), "muted");
    else if (clock.left < 0)
        badge(out, context.t("plan.clock.overdue", {number(context, -clock.left)}), "bad");
    else
        badge(out, context.t("plan.clock.left", {number(context, clock.left)}), clock.left <= 2 ? "warn" : "info");
    for (int const year : clock.unofficial_years)
        out << " " << small(cls("hint"), context.t("plan.clock.unofficial", {std::to_string(year)}));
}

void open_form(Out& out, Context const& context, std::string_view path, std::string_view form_class, bool multipart) {
    out.raw("<form method=\"post\" class=\"");
    out.text(form_class);
    out.raw("\" action=\"");
    out.text(Url::local(path).text);
    out.raw(multipart ? "\" enctype=\"multipart/form-data\">" : "\">");
    out << input(type("hidden"), name("csrf"), value(context.csrf_token))
        << input(type("hidden"), name("once"), value(new_id()));
}

namespace {

// The frame of one field: label, hint, what was wrong, and the control that `control` writes.
void framed(Out& out, Context const& context, InputView const& view, FunctionRef<void(std::string const&)> control) {
    Problem const* wrong = nullptr;
    if (view.problems) {
        auto const found = std::ranges::find(*view.problems, view.field, &Problem::field);
        if (found != view.problems->end()) wrong = &*found;
    }
    std::string const field{view.field};
    out << div(cls(wrong ? "field wrong" : "field"),
               label(for_(field), view.label, " ",
                     when(!view.required, [&] { return span(cls("optional"), context.t("form.optional")); })),
               [&] {
                   if (!view.hint.empty()) out << p(cls("hint"), id(field + "-hint"), view.hint);
                   if (wrong)
                       out << p(cls("field-error"), id(field + "-error"), i18n::format(context.language, *wrong));
                   std::string described = view.hint.empty() ? "" : field + "-hint";
                   if (wrong) described += (described.empty() ? "" : " ") + field + "-error";
                   control(described);
               });
}

std::optional<std::string> if_any(std::string const& text) { return text.empty() ? std::nullopt : std::optional{text}; }

} // namespace

void input_field(Out& out, Context const& context, InputView const& view) {
    framed(out, context, view, [&](std::string const& described) {
        std::string const field{view.field};
        if (view.type == "file")
            out << input(id(field), name(field), type("file"), multiple(true), aria_describedby(if_any(described)));
        else
            out << input(id(field), name(field), type(view.type), value(view.value), required(view.required),
                         aria_describedby(if_any(described)));
    });
}

void text_field(Out& out, Context const& context, InputView const& view, int lines) {
    framed(out, context, view, [&](std::string const& described) {
        std::string const field{view.field};
        out << textarea(id(field), name(field), rows(lines), required(view.required),
                        aria_describedby(if_any(described)), "\n", view.value);
    });
}

void evidence_list(Out& out, Context& context, std::string_view owner_kind, std::string_view owner_id,
                   std::string_view path) {
    auto const all = files::list(context.reader(), owner_kind, owner_id);
    if (all.empty()) return;
    out << ul(cls("files"), [&] {
        for (files::Attachment const& one : all)
            out << li(a(href(Url::path(path, one.id)), download(true), one.name), " ",
                      small(context.t("plan.file_size", {number(context, (one.size + 1023) / 1024)})));
    });
}

} // namespace sangu::plan
