#include "modules/greetings/rules.h"
#include "support/schema.h"
#include "support/test_app.h"

namespace sangu {
Module greetings_module();
}

namespace sangu::greetings {
namespace {

class Greetings : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP() << "no PostgreSQL";
        app_.emplace(std::vector<Module>{greetings_module()}, GetParam());
        officer_ = app_->account("wang", {{"zone_officer", {"zone"}}}, "王芳");
    }
    static http::Pairs typed(std::string day) {
        return {{"newcomer", "麓谷精密机械有限公司"},
                {"occasion", "settling"},
                {"day", std::move(day)},
                {"text", "欢迎入驻！"}};
    }
    std::optional<test::TestApp> app_;
    std::string officer_;
};
SANGU_ON_BOTH_DATABASES(Greetings);

TEST_P(Greetings, AreWrittenByOfficersAndReadByEverybody) {
    auto officer = app_->as(officer_);
    officer.get("/greetings/new");
    ASSERT_EQ(officer.post("/greetings", typed("2026-11-23")).status, 303);
    EXPECT_TRUE(app_->get("/greetings").contains("麓谷精密机械有限公司"));
    EXPECT_TRUE(app_->get("/api/v1/greetings").contains("\"newcomer\":\"麓谷精密机械有限公司\""));
    EXPECT_EQ(app_->get("/greetings/new").status, 303) << "visitors sign in first";
    auto const events = events::after(*app_->database().read(), 0, 10);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].kind, "greetings.greeting.created");
}

TEST_P(Greetings, AreNotWrittenAhead) {
    auto officer = app_->as(officer_);
    officer.get("/greetings/new");
    auto const answer = officer.post("/greetings", typed("2026-11-24"));
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.contains(i18n::message(i18n::Language::zh_hans, "greetings.error.future_day")));
    EXPECT_TRUE(answer.contains("欢迎入驻！")) << "what was typed is kept";
}

TEST_P(Greetings, HaveTheSchemaTheirDescriptionAsksFor) {
    EXPECT_EQ(test::schema_differences(*app_->database().read(), Greeting::meta), std::vector<std::string>{});
}

TEST(GreetingRules, TodayIsNotTooLate) {
    Greeting one{.day = {100}};
    EXPECT_TRUE(check(one, {100}).empty());
    EXPECT_EQ(check(one, {99}).at(0).field, "day");
}

} // namespace
} // namespace sangu::greetings
