#pragma once

// What the pages of this module share.

#include "kernel/html/page.h"
#include "kernel/http/route.h"
#include "modules/indicators/indicators.h"
#include "modules/plan/notice_rules.h"
#include "modules/plan/rules.h"
#include "modules/plan/service.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::plan {

std::string_view tone_of(TaskState state);
std::string_view tone_of(ReportState state);
void state_badge(html::Out& out, Context const& context, TaskState state);
// "open": the plan does not say, nobody has filled it in yet.
void open_mark(html::Out& out, Context const& context);
// The date, marked when it has passed for a task in this state; the open mark without one.
void due_text(html::Out& out, Context const& context, TaskState state, std::optional<Date> due);
void percent_bar(html::Out& out, Context const& context, std::int64_t percent);
// Names of places ("changsha;zhuzhou") in the reader's language.
std::string place_names(Context const& context, std::span<registry::PlaceCard const> places, std::string_view codes);
std::string shown_title(Context const& context, std::string_view zh, std::string_view en);
std::string date_text(Context const& context, Date date);
// "2017H1" as people say it.
std::string period_text(Context const& context, std::string_view report_period_name);
// "100 个", "10–20 个" for a range; only for a target with a value.
std::string target_text(Context const& context, indicators::Card const& card);
std::string number(Context const& context, std::int64_t value);
// "3 working days left", "2 working days overdue", "paused", with a mark for years without an official calendar.
void clock_text(html::Out& out, Context const& context, SupervisionNotice const& notice,
                calendar::PeriodState const& clock);
// <form class=… method=post> with the tokens every form of ours carries.
void open_form(html::Out& out, Context const& context, std::string_view path, std::string_view form_class,
               bool multipart = false);
// A labelled input by hand; `problems` name it by `field`.
struct InputView {
    std::string_view field, label, type = "text", hint = {};
    std::string value = {};
    bool required = false;
    Problems const* problems = nullptr;
};
void input_field(html::Out& out, Context const& context, InputView const& view);
void text_field(html::Out& out, Context const& context, InputView const& view, int lines);
void evidence_list(html::Out& out, Context& context, std::string_view owner_kind, std::string_view owner_id,
                   std::string_view path);

// Pages and form posts.
http::Reply tasks_page(Context& context, http::Request& request);
// The same page with the bulk edit that was refused and what was typed.
http::Reply tasks_page_with(Context& context, http::Request& request, Error const& error);
http::Reply task_page(Context& context, http::Request& request);
// The same page with what was refused and what was typed.
http::Reply task_page_with(Context& context, http::Request& request, Error const& error);
http::Reply bulk_post(Context& context, http::Request& request);
http::Reply undo_post(Context& context, http::Request& request);
http::Reply step_post(Context& context, http::Request& request);
http::Reply assign_post(Context& context, http::Request& request);
http::Reply progress_post(Context& context, http::Request& request);
http::Reply comment_post(Context& context, http::Request& request);
http::Reply follow_post(Context& context, http::Request& request);
http::Reply notice_post(Context& context, http::Request& request);
http::Reply notice_step_post(Context& context, http::Request& request);
http::Reply evidence_reply(Context& context, http::Request& request);
http::Reply supervision_page(Context& context, http::Request& request);
http::Reply plans_page(Context& context, http::Request& request);
http::Reply plan_page(Context& context, http::Request& request);
http::Reply work_page(Context& context, http::Request& request);
http::Reply reports_page(Context& context, http::Request& request);
http::Reply open_reports_post(Context& context, http::Request& request);
http::Reply report_page(Context& context, http::Request& request);
http::Reply save_report_post(Context& context, http::Request& request);
http::Reply report_step_post(Context& context, http::Request& request);

} // namespace sangu::plan
