#include "kernel/db/migrate.h"
#include "support/database.h"

namespace sangu::db {

namespace {

class Constraints : public test::OnBothDatabases {
protected:
    void SetUp() override {
        OnBothDatabases::SetUp();
        if (IsSkipped()) return;
        Migration const tables{"demo", "0001", R"sql(
create table demo_plan (id text primary key);
create table demo_task (
  id text primary key, plan_id text not null references demo_plan (id), code text not null, title text,
  share bigint not null default 0, constraint demo_task_share check (share between 0 and 100), unique (plan_id, code));
create unique index demo_task_title on demo_task (lower(title));
)sql"};
        migrate(database(), {&tables, 1});
        run("insert into demo_plan (id) values ('p')");
        run("insert into demo_task (id, plan_id, code, title) values ('a', 'p', 'c', 'Title')");
    }
    void run(std::string_view sql) {
        database().write([&](Transaction& transaction) { transaction.execute(sql); });
    }
    std::optional<ConstraintViolation> violation_of(std::string_view sql) {
        try {
            run(sql);
        } catch (ConstraintViolation const& violation) {
            return violation;
        }
        return std::nullopt;
    }
    std::string name_of(std::string_view sql, ConstraintKind kind) {
        auto const violation = violation_of(sql);
        if (!violation) return "no violation";
        EXPECT_EQ(violation->kind, kind);
        return violation->name;
    }
};
SANGU_ON_BOTH_DATABASES(Constraints);

TEST_P(Constraints, AreNamedAlikeOnBothDatabases) {
    EXPECT_EQ(name_of("insert into demo_plan (id) values ('p')", ConstraintKind::unique), "demo_plan.id");
    EXPECT_EQ(name_of("insert into demo_task (id, plan_id, code) values ('b', 'p', 'c')", ConstraintKind::unique),
              "demo_task.plan_id,code");
    EXPECT_EQ(name_of("insert into demo_task (id, plan_id, code, title) values ('b', 'p', 'd', 'TITLE')",
                      ConstraintKind::unique),
              "demo_task_title");
    EXPECT_EQ(name_of("insert into demo_task (id, plan_id) values ('b', 'p')", ConstraintKind::not_null),
              "demo_task.code");
    EXPECT_EQ(name_of("update demo_task set share = 101", ConstraintKind::check), "demo_task_share");
}

TEST_P(Constraints, OfForeignKeysGuardBothEnds) {
    auto const orphan = "insert into demo_task (id, plan_id, code) values ('b', 'q', 'd')";
    auto const name = is_postgres() ? "demo_task.plan_id" : ""; // SQLite does not tell which
    EXPECT_EQ(name_of(orphan, ConstraintKind::foreign_key), name);
    EXPECT_TRUE(violation_of("delete from demo_plan"));
}

TEST_P(Constraints, BecomeErrorsThatNameTheField) {
    auto const unique =
        to_error(violation_of("insert into demo_task (id, plan_id, code) values ('b', 'p', 'c')").value());
    EXPECT_EQ(unique, (Error{Refusal::conflict, "error.already_exists", {}, {{"code", "error.already_exists", {}}}}));
    auto const used = to_error(violation_of("delete from demo_plan").value());
    EXPECT_EQ(used.refusal, Refusal::conflict);
    EXPECT_EQ(used.key, "error.in_use");
    auto const check = to_error(violation_of("update demo_task set share = 101").value());
    EXPECT_EQ(check.refusal, Refusal::invalid);
    EXPECT_EQ(check.key, "error.invalid");
    auto const missing = to_error(violation_of("insert into demo_task (id, plan_id) values ('b', 'p')").value());
    EXPECT_EQ(missing.problems.at(0).field, "code");
}

TEST_P(Constraints, OfExclusionAreRefused) {
    if (is_postgres())
        run("create table slot (during int4range, exclude using gist (during with &&))");
    else
        run("create table slot (low integer, high integer) strict");
    if (is_postgres()) {
        run("insert into slot values ('[1,5)')");
        EXPECT_EQ(name_of("insert into slot values ('[4,6)')", ConstraintKind::exclusion), "slot_during_excl");
    } else {
        run("create trigger slot_guard before insert on slot when exists (select 1 from slot where low < new.high and "
            "high > "
            "new.low) begin select raise(abort, 'slot_during_excl'); end");
        run("insert into slot values (1, 5)");
        EXPECT_EQ(name_of("insert into slot values (4, 6)", ConstraintKind::exclusion), "slot_during_excl");
    }
}

} // namespace

} // namespace sangu::db
