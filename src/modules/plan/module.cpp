#include "kernel/module.h"

#include "modules/plan/audience.h"
#include "modules/plan/pages.h"
#include "modules/plan/resources.h"
#include "modules/plan/service.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> plan_files();
}

namespace {

constexpr std::string_view everyone[] = {"public"};
constexpr std::string_view staff[] = {"zone_officer", "city_officer",  "park_officer",
                                      "unit_officer", "zone_approver", "zone_leader"};
constexpr std::string_view workers[] = {"zone_officer", "city_officer", "park_officer", "unit_officer"};
constexpr std::string_view officers[] = {"zone_officer", "city_officer"};
constexpr std::string_view reporters[] = {"zone_officer", "city_officer", "park_officer"};
constexpr std::string_view leaders[] = {"zone_officer", "zone_leader"};
constexpr std::string_view approvers[] = {"zone_officer", "zone_approver"};
constexpr std::string_view publishers[] = {"zone_officer", "zone_approver", "zone_leader"};
constexpr std::string_view zone_officers[] = {"zone_officer"};

} // namespace

Module plan_module() {
    using namespace plan;
    return {
        .name = "plan",
        .uses = {"registry", "indicators"},
        .entities = {&Plan::meta, &Section::meta, &Task::meta, &TaskUnit::meta, &TaskPlace::meta, &TaskIndicator::meta,
                     &Milestone::meta, &ProgressEntry::meta, &Comment::meta, &Follower::meta, &SupervisionNotice::meta,
                     &NoticePause::meta, &Term::meta, &Report::meta, &ReportFigure::meta, &ReportTask::meta,
                     &Restatement::meta},
        .flows = {&Task::flow, &SupervisionNotice::flow, &Report::flow, &Restatement::flow},
        .permissions = {{read_permission, everyone},
                        {internal_permission, staff},
                        {edit_permission, officers},
                        {report_permission, workers},
                        {verify_permission, leaders},
                        {supervise_permission, leaders},
                        {submit_permission, reporters},
                        {accept_permission, approvers},
                        {publish_permission, publishers},
                        {"plan.definition.edit", zone_officers},
                        {"plan.import", zone_officers}},
        .routes = routes(),
        .resources = resources(),
        .menu = {{"menu.plan", "plan.plan.plural", "/plans", "public", 20},
                 {"menu.plan", "plan.task.plural", "/tasks", "public", 30},
                 {"menu.plan", "plan.report.plural", "/reports", "public", 40},
                 {"menu.work", "plan.work.title", "/work", "signed_in", 10},
                 {"menu.work", "plan.notice.plural", "/supervision", std::string_view{internal_permission}, 20},
                 {"menu.work", "plan.milestone.plural", "/milestones", "plan.definition.edit", 60},
                 {"menu.work", "plan.term.plural", "/terms", "plan.definition.edit", 70}},
        .audiences = {{"plan.told.topic.tasks", "plan.task.", concerned_by_task},
                      {"plan.told.topic.notices", "plan.notice.", concerned_by_notice},
                      {"plan.told.topic.reports", "plan.report.", concerned_by_report},
                      {"plan.told.topic.reports", "plan.restatement.", concerned_by_restatement}},
        .jobs = job_handlers(),
        .schedules = job_schedules(),
        .offers = {resource::PublishedLists{&published_lists}},
        .files = embedded::plan_files(),
        .seed = &seed,
    };
}

} // namespace sangu
