#include "kernel/flow/flow.h"
#include "kernel/flow/tests/service_case.h"

#include <gtest/gtest.h>

namespace sangu::flow {
namespace {

using sample::CaseState;
using sample::ServiceCase;

constexpr Instant noon{1'735'689'600'000};
constexpr std::string_view park = "zone/changsha/changsha_htz";

auth::Actor actor_with(std::string role, std::string scope = "zone") {
    return {auth::ActorKind::person, "account", "Li", {{std::move(role), {std::move(scope)}}}, {}};
}

auth::Actor the_clock() { return {auth::ActorKind::system, "system", "", {}, {}}; }

// The state after the step, or the message of the refusal.
std::string after(ServiceCase& one, std::string const& role, std::string_view action, std::string comment = {}) {
    auth::Actor const actor = role == "system" ? the_clock() : actor_with(role);
    auto const taken = take(one, action, actor, park, noon, std::move(comment));
    return taken ? taken->to : taken.error().key;
}

TEST(Flow, a_case_from_draft_to_closed) {
    ServiceCase one;
    EXPECT_EQ(after(one, "applicant", "submit"), "sample.case.guard.subject_given");
    one.subject = "申请仪器共享补贴";
    EXPECT_EQ(after(one, "applicant", "accept"), "error.no_such_step");
    EXPECT_EQ(after(one, "applicant", "submit"), "submitted");
    EXPECT_EQ(after(one, "applicant", "accept"), "error.forbidden");
    EXPECT_EQ(after(one, "clerk", "reject"), "error.comment_required");
    EXPECT_EQ(after(one, "clerk", "reject", "  "), "error.comment_required");
    EXPECT_EQ(after(one, "clerk", "ask_more", "budget missing"), "supplementing");
    EXPECT_EQ(after(one, "applicant", "supplement"), "sample.case.guard.attachment_given");
    one.attachments = 1;
    EXPECT_EQ(after(one, "applicant", "supplement"), "submitted");
    EXPECT_EQ(after(one, "clerk", "accept"), "accepted");
    EXPECT_EQ(after(one, "supervisor", "assign"), "sample.case.guard.handler_named");
    one.handler = "li";
    EXPECT_EQ(after(one, "supervisor", "assign"), "handling");
    EXPECT_EQ(after(one, "handler", "resolve"), "resolved");
    EXPECT_EQ(one.resolved_at, noon);
    EXPECT_EQ(after(one, "applicant", "reopen", "not done"), "handling");
    EXPECT_EQ(after(one, "handler", "resolve"), "resolved");
    EXPECT_EQ(after(one, "system", "close_silently"), "closed");
    EXPECT_EQ(after(one, "applicant", "reopen", "again"), "error.no_such_step");
}

TEST(Flow, a_refused_step_changes_nothing) {
    ServiceCase one{.state = CaseState::handling};
    EXPECT_EQ(after(one, "clerk", "resolve"), "error.forbidden");
    EXPECT_EQ(one.state, CaseState::handling);
    EXPECT_FALSE(one.resolved_at);
}

TEST(Flow, a_role_holds_only_in_its_scope) {
    ServiceCase one{.state = CaseState::submitted};
    for (char const* elsewhere : {"zone/zhuzhou", "zone/changsha/other", "zone/chang", "org/1"})
        EXPECT_FALSE(take(one, "accept", actor_with("clerk", elsewhere), park, noon)) << elsewhere;
    auto const refused = take(one, "accept", actor_with("clerk", "zone/zhuzhou"), park, noon);
    EXPECT_EQ(refused.error().refusal, Refusal::forbidden);
    EXPECT_TRUE(offers(one, actor_with("clerk", "zone/zhuzhou"), park).empty());
    EXPECT_TRUE(take(one, "accept", actor_with("clerk", "zone/changsha"), park, noon));
}

TEST(Flow, only_the_clock_takes_timed_steps) {
    ServiceCase one{.state = CaseState::resolved};
    EXPECT_EQ(after(one, "applicant", "close_silently"), "error.forbidden");
    EXPECT_EQ(after(one, "system", "confirm"), "error.forbidden");
    EXPECT_EQ(after(one, "system", "close_silently"), "closed");
}

TEST(Flow, taken_tells_what_happened) {
    ServiceCase one{.state = CaseState::submitted};
    auto const taken = take(one, "reject", actor_with("clerk"), park, noon, "incomplete");
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->flow, "sample.case");
    EXPECT_EQ(taken->action, "reject");
    EXPECT_EQ(taken->from, "submitted");
    EXPECT_EQ(taken->to, "rejected");
    EXPECT_EQ(taken->comment, "incomplete");
    EXPECT_EQ(taken->at, noon);
}

TEST(Flow, offers_are_the_buttons) {
    ServiceCase const one;
    auto const buttons = offers(one, actor_with("applicant"), park);
    ASSERT_EQ(buttons.size(), 2u);
    EXPECT_EQ(buttons[0].action, "submit");
    EXPECT_EQ(buttons[0].refused_because, std::vector<std::string>{"sample.case.guard.subject_given"});
    EXPECT_EQ(buttons[1].action, "withdraw");
    EXPECT_TRUE(buttons[1].refused_because.empty());
    EXPECT_TRUE(offers(one, auth::Actor{}, park).empty());
}

TEST(Flow, timers_count_from_the_moment_the_state_was_entered) {
    ServiceCase const one{.state = CaseState::resolved};
    auto const due = timers(ServiceCase::flow, &one, {0},
                            [](Instant since, Wait wait) { return Instant{since.ms + wait.days * 86'400'000LL}; });
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(due[0].action, "close_silently");
    EXPECT_EQ(to_text(due[0].at), "1970-01-16T00:00:00.000Z");
}

TEST(Flow, draws_itself) {
    std::string const diagram = to_mermaid(ServiceCase::flow);
    EXPECT_TRUE(diagram.starts_with("stateDiagram-v2\n    [*] --> draft\n    draft --> submitted: submit\n"));
    EXPECT_NE(diagram.find("    supplementing --> withdrawn: close_unsupplemented after 5 workdays\n"),
              std::string::npos);
    EXPECT_TRUE(diagram.ends_with("    closed --> [*]\n    rejected --> [*]\n    withdrawn --> [*]\n"));
}

} // namespace
} // namespace sangu::flow
