#include "kernel/auth/account.h"
#include "kernel/resource/saved_view.h"
#include "support/kernel_fixture.h"

namespace sangu::resource {
namespace {

class SavedViews : public test::OnBothKernels {
protected:
    void SetUp() override {
        OnBothKernels::SetUp();
        if (IsSkipped()) return;
        write([&](db::Transaction& transaction) {
            own_ = auth::create_account(transaction, "wang", "王芳", clock_.now()).id.text;
            other_ = auth::create_account(transaction, "li", "李明", clock_.now()).id.text;
        });
    }
    Result<void> save(std::string const& account, std::string_view name, std::string_view query) {
        return db::transact<void>(database(), [&](db::Transaction& transaction) {
            return save_view(transaction, account, "/tasks", name, query, clock_.now());
        });
    }
    std::vector<SavedView> views(std::string const& account, std::string_view path = "/tasks") {
        return saved_views(*database().read(), account, path);
    }
    std::string own_, other_;
};
SANGU_ON_BOTH_DATABASES(SavedViews);

TEST_P(SavedViews, BelongToOneAccountAndOneList) {
    ASSERT_TRUE(save(own_, " 本周到期 ", "?state=late"));
    ASSERT_EQ(views(own_).size(), 1U);
    EXPECT_EQ(views(own_)[0].name, "本周到期");
    EXPECT_EQ(views(own_)[0].query, "?state=late");
    EXPECT_TRUE(views(other_).empty());
    EXPECT_TRUE(views(own_, "/plans").empty());
}

TEST_P(SavedViews, TheSameNameTakesTheNewQuery) {
    ASSERT_TRUE(save(own_, "a", "?q=1"));
    ASSERT_TRUE(save(own_, "a", "?q=2"));
    ASSERT_EQ(views(own_).size(), 1U);
    EXPECT_EQ(views(own_)[0].query, "?q=2");
}

TEST_P(SavedViews, AreDeletedByTheirOwnerAlone) {
    ASSERT_TRUE(save(own_, "a", "?q=1"));
    std::string const id = views(own_)[0].id;
    write([&](db::Transaction& transaction) { EXPECT_FALSE(delete_view(transaction, other_, id)); });
    EXPECT_EQ(views(own_).size(), 1U);
    write([&](db::Transaction& transaction) { EXPECT_TRUE(delete_view(transaction, own_, id)); });
    EXPECT_TRUE(views(own_).empty());
}

TEST_P(SavedViews, HaveAName) { EXPECT_EQ(save(own_, "  ", "?q=1").error().problems.at(0).key, "error.required"); }

TEST_P(SavedViews, AreLimited) {
    for (int i = 0; i < saved_views_max; ++i) ASSERT_TRUE(save(own_, "v" + std::to_string(i), ""));
    EXPECT_EQ(save(own_, "one more", "").error().key, "error.list.views_full");
    EXPECT_TRUE(save(own_, "v3", "?q=changed"));
    EXPECT_FALSE(save(own_, "long", std::string(view_query_max + 1, 'x')));
}

} // namespace
} // namespace sangu::resource
