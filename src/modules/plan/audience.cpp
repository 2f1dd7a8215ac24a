#include "modules/plan/audience.h"

#include "base/time_zone.h"
#include "kernel/auth/holders.h"
#include "kernel/http/message.h"
#include "modules/plan/service.h"

#include <algorithm>
#include <array>

namespace sangu::plan {

namespace {

constexpr int followers_max = 500;

std::string_view last_word(events::Event const& event) {
    return std::string_view{event.kind}.substr(event.kind.rfind('.') + 1);
}

std::vector<std::string> followers_of(db::Session& session, std::string_view task) {
    std::vector<std::string> accounts;
    session.query("select account_id from plan_follower where task = ? limit ?",
                  {std::string{task}, std::int64_t{followers_max}},
                  [&](db::Row const& row) { accounts.emplace_back(row.text(0)); });
    return accounts;
}

std::vector<std::string> lead_officers(db::Session& session, Task const& task, events::Event const& event) {
    if (!task.lead_unit_id) return {};
    return auth::holders_of_role(session, "unit_officer", "org/" + task.lead_unit_id->text, local_date(event.at));
}

events::Notice about(Task const& task, std::string text) {
    events::Notice notice;
    notice.text = std::move(text);
    notice.subject_zh = task.code + " " + task.title_zh;
    notice.subject_en = task.code + " " + task.title_en;
    notice.path = "/tasks/" + http::percent_encode(task.code);
    notice.scope = task.scope;
    return notice;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

} // namespace

std::vector<events::Notice> concerned_by_task(db::Session& session, events::Event const& event) {
    auto const task = task_named(session, event.object_id);
    if (!task) return {};
    std::string_view word = last_word(event);
    if (word == "created" || word == "imported") return {};
    if (word == "updated") word = "drafted"; // by the form of the list: "was changed"
    bool const reported = is_one_of(word, {"reported", "progress"});
    events::Notice told = about(*task, "plan.told.task." + std::string{reported ? "reported" : word});
    told.accounts = followers_of(session, task->code);
    if (!reported && word != "drafted")
        std::ranges::copy(lead_officers(session, *task, event), std::back_inserter(told.accounts));
    std::vector<events::Notice> notices{told};
    if (reported) {
        notices.push_back(about(*task, "plan.told.task.to_verify"));
        notices.back().permission = verify_permission;
        notices.back().except = task->reported_by;
        std::swap(notices.front(), notices.back()); // who verifies and follows is told what is to be done
    }
    return notices;
}

std::vector<events::Notice> concerned_by_notice(db::Session& session, events::Event const& event) {
    auto const notice = entity::find(session, Id<SupervisionNotice>{event.object_id});
    auto const task = notice ? task_named(session, notice->task) : std::nullopt;
    if (!task) return {};
    std::string_view const state = last_word(event);
    events::Notice told = about(*task, "plan.told.notice." + std::string{state});
    told.path += "#notice-" + notice->id.text;
    told.accounts = followers_of(session, task->code);
    if (state == "answered")
        told.accounts.push_back(notice->issued_by);
    else if (auto const officers = lead_officers(session, *task, event); !officers.empty())
        std::ranges::copy(officers, std::back_inserter(told.accounts));
    else
        told.permission = report_permission;
    return {std::move(told)};
}

std::vector<events::Notice> concerned_by_report(db::Session& session, events::Event const& event) {
    auto const report = entity::find(session, Id<Report>{event.object_id});
    if (!report) return {};
    auto const place = registry::place_of(session, report->place);
    std::string_view const state = last_word(event);
    events::Notice told;
    told.text = "plan.told.report." + std::string{state};
    told.subject_zh = (place ? place->name_zh : report->place) + " " + report->period;
    told.subject_en = (place ? place->name_en : report->place) + " " + report->period;
    told.path = "/reports/" + report->id.text;
    told.scope = report->scope;
    std::vector<events::Notice> notices;
    if (is_one_of(state, {"open", "due_soon", "returned"})) {
        for (std::string_view const role : {"city_officer", "park_officer"})
            std::ranges::copy(auth::holders_of_role(session, role, report->scope, local_date(event.at)),
                              std::back_inserter(told.accounts));
        if (told.accounts.empty()) told.permission = submit_permission;
    } else if (state == "submitted") {
        told.permission = accept_permission;
        told.except = report->submitted_by;
    } else {
        told.accounts = {report->submitted_by};
    }
    if (state == "accepted") {
        notices.push_back(told);
        notices.back().text = "plan.told.report.to_publish";
        notices.back().accounts.clear();
        notices.back().permission = publish_permission;
        notices.back().except = report->accepted_by;
    }
    notices.push_back(std::move(told));
    return notices;
}

std::vector<events::Notice> concerned_by_restatement(db::Session& session, events::Event const& event) {
    auto const one = entity::find(session, Id<Restatement>{event.object_id});
    auto const report = one ? entity::find(session, one->report_id) : std::nullopt;
    std::string_view const state = last_word(event);
    if (!report || !is_one_of(state, {"asked", "approved", "refused"})) return {};
    auto const place = registry::place_of(session, report->place);
    events::Notice told;
    told.text = "plan.told.restatement." + std::string{state};
    told.subject_zh = (place ? place->name_zh : report->place) + " " + report->period + " " + one->indicator;
    told.subject_en = (place ? place->name_en : report->place) + " " + report->period + " " + one->indicator;
    told.path = "/reports/" + report->id.text + "#restatement-" + one->id.text;
    told.scope = one->scope;
    if (state == "asked") {
        told.permission = accept_permission;
        told.except = one->asked_by;
    } else {
        told.accounts = {one->asked_by};
    }
    return {std::move(told)};
}

} // namespace sangu::plan
