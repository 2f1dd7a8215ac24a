// A zone outgrows its machine: everything goes from SQLite to PostgreSQL, or back, and nothing is lost on the way.

#include "kernel/backup/move.h"
#include "kernel/files/files.h"
#include "kernel/jobs/jobs.h"
#include "support/test_app.h"

#include <algorithm>

namespace sangu {
#define SANGU_MODULE(name) Module name##_module();
#include "app/modules.def"
#undef SANGU_MODULE
} // namespace sangu

namespace sangu::test {
namespace {

std::vector<Module> modules() {
    std::vector<Module> all;
#define SANGU_MODULE(name) all.push_back(name##_module());
#include "app/modules.def"
#undef SANGU_MODULE
    return in_order(std::move(all));
}

// The empty database of the other kind.
class Target {
public:
    explicit Target(bool postgres) {
        if (postgres)
            server_.emplace();
        else
            directory_.emplace();
    }
    std::string url() const {
        return server_ ? server_->url() : "sqlite:" + (directory_->path() / "moved.db").string();
    }

private:
    std::optional<FreshPostgresDatabase> server_;
    std::optional<TemporaryDirectory> directory_;
};

class Move : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (!has_postgres()) GTEST_SKIP() << "no PostgreSQL server can be started here";
        app_.emplace(modules(), GetParam());
        target_.emplace(std::string_view{GetParam()} == "sqlite");
        opened_ = db::open({.url = target_->url()});
        fill();
    }
    // What the plan's data does not have: bytes, a waiting job, control characters, a row that points to a later one.
    void fill() {
        app_->account("wang", {{"zone_officer", {"zone"}}}, "王\t小\\明\n");
        app_->write([&](db::Transaction& transaction) {
            http::Upload upload;
            upload.file_name = "a.txt";
            upload.data = std::string(300'000, 'x') + "佐证";
            ASSERT_TRUE(files::attach(transaction, auth::system_actor(), app_->clock().now(), upload, "plan.report",
                                      "r1", "plan.read", "zone"));
            jobs::schedule(transaction, "test.kind", "key", Instant{app_->clock().now().ms + 1});
            auto const last = transaction.text("select id from registry_place order by id desc limit 1").value();
            auto const first = transaction.text("select id from registry_place order by id limit 1").value();
            transaction.execute("update registry_place set parent_id = ? where id = ?", {last, first});
        });
    }
    Result<backup::MoveReport> move() {
        return backup::move_everything(app_->database(), *opened_, migrations_of(modules()), app_->clock().now());
    }
    static std::vector<std::string> differing(backup::MoveReport const& report) {
        std::vector<std::string> names;
        for (backup::MovedTable const& table : report.tables)
            if (table.source != table.target) names.push_back(table.name);
        return names;
    }
    std::int64_t accounts_moved() { return opened_->read()->integer("select count(*) from kernel_account").value(); }

    std::optional<TestApp> app_;
    std::optional<Target> target_;
    std::unique_ptr<db::Database> opened_;
};

TEST_P(Move, CopiesEveryRowAndTheApplicationGoesOnThere) {
    auto const report = move();
    ASSERT_TRUE(report) << report.error().key;
    EXPECT_EQ(differing(*report), std::vector<std::string>{});
    EXPECT_EQ(report->orphans, 0);
    EXPECT_TRUE(report->audit.whole);
    EXPECT_GT(report->audit.records, 0);
    EXPECT_TRUE(report->passed());
    auto const observations = std::ranges::find(report->tables, "indicators_observation", &backup::MovedTable::name);
    ASSERT_NE(observations, report->tables.end());
    EXPECT_GT(observations->target.rows, 0);
    EXPECT_TRUE(files::damaged(*opened_->read()).empty());

    config::Settings settings;
    settings.database = target_->url();
    settings.key_file = app_->services().settings.key_file; // it goes along, as the administrator's guide says
    Host moved{settings, modules(), app_->clock()};
    Browser visitor{moved};
    EXPECT_EQ(visitor.get("/api/v1/indicators").body, app_->get("/api/v1/indicators").body);
    auto const text = backup::to_text(*report, i18n::Language::en);
    EXPECT_NE(text.find("✓ kernel_account: 1 "), std::string::npos) << text;
    EXPECT_NE(text.find("both databases agree"), std::string::npos);
}

TEST_P(Move, RefusesATargetThatHoldsTables) {
    ASSERT_TRUE(move());
    EXPECT_EQ(move().error().key, "error.move.not_empty");
}

TEST_P(Move, RefusesASourceThatIsNotUpToDate) {
    auto const migrations = migrations_of(modules());
    auto const older = database_of(GetParam());
    db::migrate(*older, std::span{migrations}.first(3));
    auto const report = backup::move_everything(*older, *opened_, migrations, app_->clock().now());
    EXPECT_EQ(report.error().key, "error.move.pending");
}

TEST_P(Move, RefusesToForgetATableOfAnUnknownModule) {
    app_->write(
        [](db::Transaction& transaction) { transaction.execute("create table other_thing (id text primary key)"); });
    EXPECT_EQ(move().error().key, "error.move.unknown_table");
}

TEST_P(Move, LeavesTheTargetWithoutDataWhenTheAuditChainIsBroken) {
    app_->write([](db::Transaction& transaction) {
        transaction.execute("update kernel_audit set actor_name = 'other' where sequence = 1");
    });
    auto const report = move();
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->passed());
    EXPECT_EQ(report->audit.first_bad, 1);
    EXPECT_EQ(accounts_moved(), 0);
}

INSTANTIATE_TEST_SUITE_P(from, Move, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

} // namespace
} // namespace sangu::test
