// Shares of owners make the whole, exactly: the form says so, and the database keeps what is more out.

#include "modules/achievements/tests/house.h"

namespace sangu::achievements {
namespace {

class Shares : public House {
protected:
    // Written past the service, as a careless module would.
    bool write_directly(std::string_view sql, std::vector<Value> const& values) {
        try {
            app().write([&](db::Transaction& transaction) { transaction.execute(sql, db::Parameters{values}); });
            return true;
        } catch (db::ConstraintViolation const& violation) {
            EXPECT_EQ(violation.kind, db::ConstraintKind::exclusion);
            return false;
        }
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Shares, ::testing::Values("sqlite", "postgres"));

TEST_P(Shares, ThatDoNotMakeTheWholeAreToldAndKept) {
    auto owner = app().as(owner_);
    std::string const number = draft(owner);
    for (auto const& [first, second] : std::vector<std::pair<std::string, std::string>>{
             {"60", "40.0001"}, {"60", "39.9999"}, {"33.33333", "66.66667"}, {"100", "100"}}) {
        owner.get("/achievements/" + number + "/edit");
        auto const answer = owner.upload("/achievements/" + number,
                                         {{"title", "一项成果"},
                                          {"owners-1-name", "湘江大学（演示）"},
                                          {"owners-1-share", first},
                                          {"owners-2-name", "株洲轨道研究所（演示）"},
                                          {"owners-2-share", second},
                                          {"version", owner.hidden_field("version")}},
                                         {});
        EXPECT_EQ(answer.status, 422) << first << " and " << second;
        EXPECT_TRUE(answer.contains("份额合计必须正好是 100%"));
        EXPECT_TRUE(answer.contains("value=\"" + second + "\"")) << "what was typed stays";
    }
}

TEST_P(Shares, NeverMakeMoreThanTheWholeInTheDatabase) {
    published();
    std::string const entry = app().database().read()->text("select id from achievements_achievement").value();
    EXPECT_FALSE(write_directly("insert into achievements_owner (id, entry_id, position, name, share) values "
                                "(?, ?, 9, 'x', 0.0001)",
                                {new_id(), entry}));
    EXPECT_FALSE(
        write_directly("update achievements_owner set share = 40.5 where entry_id = ? and share = 40", {entry}));
    EXPECT_TRUE(
        write_directly("update achievements_owner set share = 39.5 where entry_id = ? and share = 40", {entry}));
    EXPECT_TRUE(write_directly("insert into achievements_owner (id, entry_id, position, name, share) values "
                               "(?, ?, 9, 'x', 0.5)",
                               {new_id(), entry}));
}

} // namespace
} // namespace sangu::achievements
