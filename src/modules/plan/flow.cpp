#include "modules/plan/entities.h"
#include "modules/plan/report_entities.h"

namespace sangu::plan {

namespace role {
inline constexpr flow::Role zone_officer{"zone_officer"};
inline constexpr flow::Role zone_leader{"zone_leader"};
inline constexpr flow::Role zone_approver{"zone_approver"};
inline constexpr flow::Role city_officer{"city_officer"};
inline constexpr flow::Role park_officer{"park_officer"};
inline constexpr flow::Role unit_officer{"unit_officer"};
} // namespace role

// That another person verifies than the one who reported is checked by the service. The wait of "delay" counts from the
// task's due date (jobs.cpp).
constinit flow::Flow const Task::flow = flow::flow<&Task::state>("plan.task", [] {
    using enum TaskState;
    using W = flow::Words<Task, TaskState>;
    return flow::table(
        drafted, flow::set_of<TaskState>(closed),
        W::on("assign")
            .from(drafted)
            .to(assigned)
            .by(role::zone_officer, role::city_officer)
            .when("lead_unit_given", [](Task const& t) { return !t.lead_unit.empty(); }),
        W::on("start").from(assigned).to(under_way).by(role::zone_officer, role::city_officer, role::park_officer,
                                                       role::unit_officer),
        W::on("report")
            .from(under_way, delayed)
            .to(reported)
            .by(role::zone_officer, role::city_officer, role::park_officer, role::unit_officer)
            .when("progress_entered", [](Task const& t) { return !t.reported_by.empty(); }),
        W::on("verify").from(reported).to(verified).by(role::zone_officer, role::zone_leader),
        W::on("return").from(reported).to(under_way).by(role::zone_officer, role::zone_leader).comment(),
        W::on("continue")
            .from(verified)
            .to(under_way)
            .by(role::zone_officer, role::city_officer, role::park_officer, role::unit_officer),
        W::on("close")
            .from(verified)
            .to(closed)
            .by(role::zone_officer, role::zone_leader)
            .when("finished", [](Task const& t) { return t.percent == 100; }),
        W::after(flow::days(1), "delay")
            .from(assigned, under_way)
            .to(delayed)
            .by(role::zone_officer, role::zone_leader),
        W::on("suspend")
            .from(assigned, under_way, reported, delayed)
            .to(suspended)
            .by(role::zone_officer, role::zone_leader)
            .comment(),
        W::on("resume").from(suspended, delayed).to(under_way).by(role::zone_officer, role::zone_leader).comment());
});

constinit flow::Flow const SupervisionNotice::flow = flow::flow<&SupervisionNotice::state>("plan.notice", [] {
    using enum NoticeState;
    using W = flow::Words<SupervisionNotice, NoticeState>;
    return flow::table(open, flow::set_of<NoticeState>(closed),
                       W::on("answer")
                           .from(open)
                           .to(answered)
                           .by(role::zone_officer, role::city_officer, role::park_officer, role::unit_officer)
                           .comment(),
                       W::on("pause").from(open).to(paused).by(role::zone_officer, role::zone_leader).comment(),
                       W::on("resume").from(paused).to(open).by(role::zone_officer, role::zone_leader),
                       W::on("reject").from(answered).to(open).by(role::zone_officer, role::zone_leader).comment(),
                       W::on("close").from(answered).to(closed).by(role::zone_officer, role::zone_leader));
});

// Four eyes: who accepts did not submit, who publishes did not accept; the service and the database check it.
constinit flow::Flow const Report::flow = flow::flow<&Report::state>("plan.report", [] {
    using enum ReportState;
    using W = flow::Words<Report, ReportState>;
    return flow::table(
        open, flow::set_of<ReportState>(published),
        W::on("submit")
            .from(open, returned)
            .to(submitted)
            .by(role::zone_officer, role::city_officer, role::park_officer),
        W::on("return").from(submitted).to(returned).by(role::zone_officer, role::zone_approver).comment(),
        W::on("accept").from(submitted).to(accepted).by(role::zone_officer, role::zone_approver),
        W::on("publish").from(accepted).to(published).by(role::zone_officer, role::zone_approver, role::zone_leader));
});

// Four eyes: who decides did not ask; only who asked withdraws. The service and the database check it.
constinit flow::Flow const Restatement::flow = flow::flow<&Restatement::state>("plan.restatement", [] {
    using enum RestatementState;
    using W = flow::Words<Restatement, RestatementState>;
    return flow::table(
        asked, flow::set_of<RestatementState>(approved, refused, withdrawn),
        W::on("approve").from(asked).to(approved).by(role::zone_officer, role::zone_approver),
        W::on("refuse").from(asked).to(refused).by(role::zone_officer, role::zone_approver).comment(),
        W::on("withdraw").from(asked).to(withdrawn).by(role::zone_officer, role::city_officer, role::park_officer));
});

} // namespace sangu::plan
