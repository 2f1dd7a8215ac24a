#include "kernel/context.h"
#include "support/kernel_fixture.h"

namespace sangu {
namespace {

// Stands for definitions and places.
struct Names {
    std::vector<std::string> all;
    static inline int loads = 0;

    static Names load(db::Session& session) {
        ++loads;
        Names names;
        session.query("select name from sample_name order by name", {},
                      [&](db::Row const& row) { names.all.emplace_back(row.text(0)); });
        return names;
    }
};

using Texts = std::vector<std::string>;

class Held : public test::OnBothKernels {
protected:
    void SetUp() override {
        test::OnBothKernels::SetUp();
        if (IsSkipped()) return;
        Names::loads = 0;
        database().write_alone(
            [](db::Transaction& transaction) { transaction.execute("create table sample_name (name text not null)"); });
        add("Changsha");
    }
    // As everything is changed: with its audit record in the same transaction.
    void add(std::string const& name) {
        Context one = context();
        ASSERT_TRUE(one.change<void>([&](Change& change) -> Result<void> {
            change.transaction().execute("insert into sample_name (name) values (?)", {name});
            change.audit({.action = "sample.name.created"});
            return {};
        }));
    }
};
SANGU_ON_BOTH_DATABASES(Held);

TEST_P(Held, IsLoadedOnceWhileNothingChanges) {
    for (int request = 0; request < 3; ++request) {
        Context one = context();
        EXPECT_EQ(one.held<Names>().all, Texts{"Changsha"});
        EXPECT_EQ(&one.held<Names>(), &one.held<Names>());
    }
    EXPECT_EQ(Names::loads, 1);
}

TEST_P(Held, AChangeIsSeenByTheNextRequestOfEveryServer) {
    Services other{database(), clock_, permissions_, settings_, {}};
    auto const there = [&] { return Context{other, auth::system_actor(), i18n::Language::zh_hans}; };
    EXPECT_EQ(context().held<Names>().all, Texts{"Changsha"});
    EXPECT_EQ(there().held<Names>().all, Texts{"Changsha"});
    add("Zhuzhou");
    EXPECT_EQ(context().held<Names>().all, (Texts{"Changsha", "Zhuzhou"}));
    EXPECT_EQ(there().held<Names>().all, (Texts{"Changsha", "Zhuzhou"})) << "without the feed, without a signal";
}

TEST_P(Held, BelongsToTheSnapshotOfTheRequest) {
    Context early = context();
    early.reader().integer("select count(*) from sample_name"); // the snapshot is taken by its first query
    add("Zhuzhou");
    Context late = context();
    EXPECT_EQ(late.held<Names>().all.size(), 2U);
    EXPECT_EQ(early.held<Names>().all, Texts{"Changsha"}) << "like every other row of its snapshot";
    int const loads = Names::loads;
    EXPECT_EQ(context().held<Names>().all.size(), 2U);
    EXPECT_EQ(Names::loads, loads) << "what is older does not take the place of what is newer";
}

TEST_P(Held, ARefreshedRequestSeesTheChangeAndKeepsWhatItHad) {
    Context one = context();
    Names const& before = one.held<Names>();
    add("Zhuzhou");
    EXPECT_EQ(one.held<Names>().all.size(), 1U);
    one.refresh();
    EXPECT_EQ(one.held<Names>().all.size(), 2U);
    EXPECT_EQ(before.all, Texts{"Changsha"});
}

TEST_P(Held, AnUndoneChangeIsNeverSeen) {
    EXPECT_EQ(context().held<Names>().all.size(), 1U);
    Context one = context();
    EXPECT_FALSE(one.change<void>([&](Change& change) -> Result<void> {
        change.transaction().execute("insert into sample_name (name) values ('Xiangtan')");
        change.audit({.action = "sample.name.created"});
        return refuse(Refusal::conflict, "error.conflict");
    }));
    EXPECT_EQ(context().held<Names>().all, Texts{"Changsha"});
}

} // namespace
} // namespace sangu
