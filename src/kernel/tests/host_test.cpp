#include "kernel/calendar/calendar.h"
#include "kernel/host.h"
#include "support/test_app.h"

#include <algorithm>
#include <array>

namespace sangu {
namespace {

constexpr std::array<std::string_view, 1> clerks{"clerk"};

http::Reply show(Context& context, http::Request& request) {
    return http::text_reply(200, context.actor.name + " reads " + std::string{request.parameter("id")});
}

http::Reply form(Context& context, http::Request&) {
    return http::html_reply("<form method=\"post\"><input type=\"hidden\" name=\"csrf\" value=\"" + context.csrf_token +
                            "\"></form>");
}

http::Reply note(Context& context, http::Request& request) {
    auto const outcome = context.change<void>([&](Change& change) -> Result<void> {
        change.audit({.action = "demo.noted"});
        change.publish("demo.noted", request.form_value("text").value_or(""), "zone", "public");
        return {};
    });
    return outcome ? http::see_other("/notes/1") : http::text_reply(409, outcome.error().key);
}

void schedule_follow_up(Services& services, db::Transaction& transaction, events::Event const& event) {
    jobs::schedule(transaction, "demo.follow_up", event.object_id, Instant{services.clock.now().ms + 60'000});
}

Result<void> follow_up(Context& context, std::string_view key, std::string_view) {
    return context.change<void>([&](Change& change) -> Result<void> {
        change.audit({.action = "demo.followed_up", .object_kind = "demo", .object_id = key});
        return {};
    });
}

Module demo_module() {
    static std::array<std::string_view, 1> const readers{"clerk"};
    return {.name = "demo",
            .permissions = {{"demo.read", readers}, {"demo.write", clerks}},
            .routes = {{.pattern = "/notes/{id}", .permission = "demo.read", .handler = show},
                       {.pattern = "/note-form", .permission = "demo.write", .handler = form},
                       {.method = http::Method::post,
                        .pattern = "/notes",
                        .permission = "demo.write",
                        .handler = note,
                        .body = http::Body::form}},
            .listeners = {{.name = "demo.follow", .kind_prefix = "demo.", .on_event = schedule_follow_up}},
            .jobs = {{.kind = "demo.follow_up", .run = follow_up}}};
}

class Hosts : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP() << "no PostgreSQL";
        app_.emplace(std::vector<Module>{demo_module()}, GetParam());
    }
    std::optional<test::TestApp> app_;
};
SANGU_ON_BOTH_DATABASES(Hosts);

TEST_P(Hosts, AVisitorMustSignInAndAClerkReads) {
    EXPECT_NE(app_->get("/notes/7").status, 200);
    auto clerk = app_->as(app_->account("wang", {{"clerk", {"zone"}}}, "王芳"));
    auto const answer = clerk.get("/notes/7");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "王芳 reads 7");
    auto other = app_->as(app_->account("li"));
    EXPECT_EQ(other.get("/notes/7").status, 403);
}

TEST_P(Hosts, AnActIsFollowedByItsListenerAndTheJobItScheduled) {
    auto clerk = app_->as(app_->account("wang", {{"clerk", {"zone"}}}));
    clerk.get("/note-form");
    auto const answer = clerk.post("/notes", {{"text", "n1"}});
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(clerk.follow(answer).status, 200);
    app_->host().run_background_once();
    app_->clock().advance_ms(60'000);
    app_->host().run_background_once();
    auto const records = audit::history(*app_->database().read(), "demo", "n1", 10);
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].actor_id, "system");
    EXPECT_TRUE(audit::verify(*app_->database().read()).whole);
}

TEST_P(Hosts, AForgedFormIsRefused) {
    auto clerk = app_->as(app_->account("wang", {{"clerk", {"zone"}}}));
    EXPECT_NE(clerk.post("/notes", {{"csrf", "guessed"}, {"text", "n1"}}).header("location"), "/notes/1");
    EXPECT_EQ(events::last_sequence(*app_->database().read()), 0);
}

TEST_P(Hosts, TheWorkingDayCalendarIsLoadedAtStart) {
    EXPECT_TRUE(app_->services().working_days()->is_official(2017));
    EXPECT_FALSE(app_->services().working_days()->is_official(2027));
}

TEST_P(Hosts, BackgroundThreadsStartAndStop) {
    app_->host().start_background();
    app_->host().stop_background();
    app_->host().start_background(); // the destructor stops them as well
}

TEST(HostMigrations, RunKernelFirstAndInOrder) {
    auto const all = migrations_of({});
    ASSERT_GE(all.size(), 3U);
    EXPECT_EQ(all[0].name, "0001_kernel");
    EXPECT_TRUE(std::ranges::is_sorted(all, {}, &db::Migration::name));
}

} // namespace
} // namespace sangu
