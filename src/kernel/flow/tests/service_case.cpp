#include "kernel/flow/tests/service_case.h"

namespace sangu::flow::sample {

// clang-format off
constinit Flow const ServiceCase::flow = flow::flow<&ServiceCase::state>("sample.case", [] {
    using enum CaseState;
    using C = ServiceCase;
    using W = Words<ServiceCase, CaseState>;
    return table(
        /* starts as */ draft, /* ends as */ set_of<CaseState>(closed, rejected, withdrawn),

        W::on("submit")     .from(draft)                          .to(submitted)     .by(role::applicant)
                            .when("subject_given", [](C const& c) { return !c.subject.empty(); }),
        W::on("withdraw")   .from(draft, submitted, supplementing).to(withdrawn)     .by(role::applicant),
        W::on("accept")     .from(submitted)                      .to(accepted)      .by(role::clerk),
        W::on("reject")     .from(submitted)                      .to(rejected)      .by(role::clerk).comment(),
        W::on("ask_more")   .from(submitted, handling)            .to(supplementing) .by(role::clerk, role::handler).comment(),
        W::on("supplement") .from(supplementing)                  .to(submitted)     .by(role::applicant)
                            .when("attachment_given", [](C const& c) { return c.attachments > 0; }),
        W::on("assign")     .from(accepted, handling)             .to(handling)      .by(role::supervisor)
                            .when("handler_named", [](C const& c) { return !c.handler.empty(); }),
        W::on("resolve")    .from(handling)                       .to(resolved)      .by(role::handler)
                            .then([](C& c, Instant now) { c.resolved_at = now; }),
        W::on("reopen")     .from(resolved)                       .to(handling)      .by(role::applicant).comment(),
        W::on("confirm")    .from(resolved)                       .to(closed)        .by(role::applicant),

        W::after(workdays(5), "close_unsupplemented").in(supplementing).to(withdrawn),
        W::after(days(15), "close_silently")         .in(resolved)     .to(closed));
});
// clang-format on

} // namespace sangu::flow::sample
