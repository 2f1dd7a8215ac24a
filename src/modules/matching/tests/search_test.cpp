// The search over everything: what is found, by whom, why, and what happens when the world changes or the index is
// lost.

#include "modules/matching/record_index.h"
#include "modules/matching/tests/house.h"

#include <filesystem>
#include <fstream>

namespace sangu::matching {
namespace {

class Search : public House {
protected:
    bool finds(test::Browser browser, std::string const& words, std::string const& number) {
        auto const page = browser.get("/search?q=" + http::percent_encode(words));
        EXPECT_EQ(page.status, 200) << words;
        auto const api = browser.get("/api/v1/search?q=" + http::percent_encode(words));
        EXPECT_EQ(api.status, 200);
        bool const on_page = page.contains("href=\"/achievements/" + number + "\"");
        EXPECT_EQ(on_page, api.contains("/achievements/" + number)) << words << " " << api.body;
        return on_page;
    }
};
INSTANTIATE_TEST_SUITE_P(each, Search, ::testing::Values("sqlite", "postgres"));

TEST_P(Search, FindsWithReasonsFacetsAndMarkedWords) {
    auto const number = publish("/achievements", achievement("轨道扣件减振材料", "一种聚氨酯阻尼材料", "配方"));
    publish("/demands", demand("寻找低噪声轨道扣件", "城轨线路噪声超标", "扣件"));
    auto const page = app().get("/search?q=" + http::percent_encode("軌道 扣件"));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("/achievements/" + number)) << page.body;
    EXPECT_TRUE(page.contains("<mark>轨道扣件</mark>")) << "traditional characters find simplified ones";
    EXPECT_TRUE(page.contains("为什么找到它"));
    EXPECT_TRUE(page.contains("kind=demand")) << "a facet with another kind";
    auto const filtered = app().get("/search?q=" + http::percent_encode("轨道扣件") + "&kind=demand");
    EXPECT_FALSE(filtered.contains("href=\"/achievements/" + number));
    EXPECT_TRUE(filtered.contains("kind=achievement") || filtered.contains("facet-value")) << "the others are counted";
    auto const by_number = app().get("/search?q=" + number);
    EXPECT_TRUE(by_number.contains("href=\"/achievements/" + number)) << "by its number";
    EXPECT_TRUE(app().visitor().get("/search?q=zzzunknown", {{"accept-language", "en"}}).contains("Use other words"));
}

TEST_P(Search, FindsByNoWordOfALayerTheReaderMayNotSee) {
    auto const number = publish("/achievements", achievement("轨道扣件减振材料", "含有稀土摘要词", "藏着秘方正文词"));
    auto visitor = app().visitor();
    auto owner = app().as(owner_);
    EXPECT_TRUE(finds(visitor, "减振材料", number));
    EXPECT_FALSE(finds(visitor, "稀土摘要词", number));
    EXPECT_TRUE(finds(app().as(member_), "稀土摘要词", number));
    EXPECT_FALSE(finds(app().as(member_), "秘方正文词", number));
    EXPECT_FALSE(finds(app().as(other_city_), "秘方正文词", number)) << "an officer of another city";
    EXPECT_TRUE(finds(app().as(officer_), "秘方正文词", number));
    EXPECT_TRUE(finds(owner, "秘方正文词", number));
    EXPECT_EQ(owner.post("/entries/" + number + "/access", {{"account", trusted_}, {"layer", "body"}}).status, 303);
    EXPECT_TRUE(finds(app().as(trusted_), "秘方正文词", number)) << "at once with the consent";
    EXPECT_EQ(owner.post("/entries/" + number + "/access", {{"account", trusted_}, {"layer", ""}}).status, 303);
    EXPECT_FALSE(finds(app().as(trusted_), "秘方正文词", number)) << "and no longer without";
    for (std::string const& account : {member_, owner_, officer_}) {
        auto const page = app().as(account).get("/api/v1/search?q=" + http::percent_encode("减振材料"));
        EXPECT_TRUE(page.contains("\"total\":1,")) << "counted once, whatever the reader sees: " << page.body;
    }
    EXPECT_TRUE(visitor.get("/api/v1/search?q=" + http::percent_encode("秘方正文词")).contains("\"total\":0,"));
    EXPECT_TRUE(
        visitor.get("/api/v1/search?q=" + http::percent_encode("body:秘方正文词 OR 减振")).contains("\"total\":1,"))
        << "the record is found by its title, not by its text";
}

TEST_P(Search, ChangesAndWithdrawalsShowAtOnce) {
    auto const number = publish("/achievements", achievement("轨道扣件减振材料", "一种聚氨酯", "配方"));
    EXPECT_TRUE(finds(app().visitor(), "减振材料", number));
    auto owner = app().as(owner_);
    owner.get("/achievements/" + number + "/edit");
    EXPECT_EQ(owner
                  .upload("/achievements/" + number,
                          {{"title", "桥梁支座阻尼器"}, {"version", owner.hidden_field("version")}}, {})
                  .status,
              303);
    EXPECT_FALSE(finds(app().visitor(), "减振材料", number));
    EXPECT_TRUE(finds(app().visitor(), "桥梁支座", number));
    EXPECT_EQ(owner.post("/entries/" + number + "/actions/withdraw").status, 303);
    EXPECT_FALSE(finds(app().visitor(), "桥梁支座", number));
    EXPECT_FALSE(finds(owner, "桥梁支座", number));
}

TEST_P(Search, PublicListsAreFoundAsTheyAre) {
    app().write([&](db::Transaction& transaction) {
        transaction.execute("insert into registry_organisation (id, name, kind, scope, version) values "
                            "('01jbh0000000000000000000an', '株洲减振科技有限公司', 'enterprise', 'zone/zhuzhou', 1)");
        events::publish(transaction, app().clock().now(), "registry.organisation.created", "01jbh0000000000000000000an",
                        "zone/zhuzhou", "registry.read");
    });
    auto const page = app().get("/search?q=" + http::percent_encode("减振科技"));
    EXPECT_TRUE(page.contains("/organisations/01jbh0000000000000000000an")) << page.body;
    EXPECT_TRUE(page.contains("place=zhuzhou"));
}

TEST_P(Search, IsMadeAnewWhenItsFilesAreGoneOrDamaged) {
    auto const number = publish("/achievements", achievement("轨道扣件减振材料", "一种聚氨酯", "配方"));
    EXPECT_TRUE(finds(app().visitor(), "减振材料", number));
    auto const home = search_folder_of(app().services().settings);
    ASSERT_TRUE(std::filesystem::exists(home));
    auto const rebuilt = [&](std::string_view what) {
        // Another process on the same database, with files of its own beside those that are locked.
        auto modules = std::vector<Module>{reference_module(), registry_module(), rights_module(),
                                           standards_module(), library_module(),  achievements_module(),
                                           demands_module(),   experts_module(),  matching_module()};
        SetClock clock{app().clock().now()};
        Host second{app().services().settings, std::move(modules), clock};
        test::Browser browser{second};
        EXPECT_TRUE(finds(browser, "减振材料", number)) << what;
    };
    rebuilt("a second server");
    auto const second_home = std::filesystem::path{home.string() + "-2"};
    ASSERT_TRUE(std::filesystem::exists(second_home));
    for (auto const& entry : std::filesystem::recursive_directory_iterator{second_home})
        if (entry.is_regular_file() && entry.path().extension() == ".segment")
            std::filesystem::resize_file(entry.path(), 100);
    rebuilt("cut segments");
    for (auto const& entry : std::filesystem::recursive_directory_iterator{second_home})
        if (entry.path().filename() == "whole") {
            std::ofstream{entry.path()} << "another database\n";
        }
    rebuilt("an index of another database");
    std::filesystem::remove_all(second_home);
    rebuilt("no folder");
}

TEST_P(Search, AnotherServerSeesACommitWithinASecond) {
    auto modules = std::vector<Module>{reference_module(), registry_module(), rights_module(),
                                       standards_module(), library_module(),  achievements_module(),
                                       demands_module(),   experts_module(),  matching_module()};
    SetClock clock{app().clock().now()};
    Host second{app().services().settings, std::move(modules), clock};
    second.start_background();
    auto const number = publish("/achievements", achievement("轨道扣件减振材料", "一种聚氨酯", "配方"));
    test::Browser browser{second};
    bool found = false;
    for (int tries = 0; tries < 50 && !found; ++tries) {
        auto const page = browser.get("/search?q=" + http::percent_encode("减振材料"));
        found = page.contains("href=\"/achievements/" + number);
        if (!found) std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    EXPECT_TRUE(found);
    second.stop_background();
}

TEST_P(Search, CompletesAndAsksWhatWasMeantOutOfWhatTheReaderMayFind) {
    auto const number = publish("/achievements", achievement("轨道扣件减振材料", "含有稀土摘要词", "藏着秘方正文词"));
    auto const meant = app().get("/search?q=" + http::percent_encode("轨到"));
    EXPECT_TRUE(meant.contains("您要找的是不是")) << meant.body;
    EXPECT_TRUE(meant.contains("<strong>轨道</strong>"));
    auto const completed = app().get("/api/v1/search/completions?q=guidao");
    EXPECT_TRUE(completed.contains("轨道扣件减振材料")) << completed.body;
    EXPECT_EQ(app().as(owner_).post("/entries/" + number + "/actions/withdraw").status, 303);
    EXPECT_FALSE(app().get("/api/v1/search/completions?q=guidao").contains("轨道"));
    EXPECT_FALSE(app().get("/search?q=" + http::percent_encode("轨到")).contains("您要找的是不是"));
    for (std::string_view const typed : {"", "?q=", "?q=%22", "?q=%F0%A0%AE%B7"})
        EXPECT_EQ(app().get("/api/v1/search/completions" + std::string{typed}).status, 200);
}

TEST_P(Search, AnswersWhateverIsTyped) {
    publish("/achievements", achievement("轨道扣件减振材料", "一种聚氨酯", "配方"));
    std::string long_text, deep(500, '(');
    for (int i = 0; i < 3000; ++i) long_text += "减振";
    for (std::string const& query : std::vector<std::string>{"",
                                                             "q=",
                                                             "q=%20",
                                                             "q=%22",
                                                             "q=" + deep,
                                                             "q=AND",
                                                             "q=-",
                                                             "q=title:",
                                                             "q=%E3%80%80",
                                                             "q=a",
                                                             "q=%E5%87%8F",
                                                             "q=" + long_text,
                                                             "q=%F0%A0%AE%B7%F0%A0%AE%B7",
                                                             "q=%3Cscript%3Ealert(1)%3C/script%3E",
                                                             "page=0",
                                                             "q=a&page=-1",
                                                             "q=a&page=99999999999999999999",
                                                             "q=%E5%87%8F%E6%8C%AF&page=30",
                                                             "kind=nonsense",
                                                             "kind=%27%22%3E",
                                                             "q=a&q=b",
                                                             "place=&field=&kind=",
                                                             "words=all&q=the",
                                                             "q=readers:public",
                                                             "q=x&readers=library:officer/zone"}) {
        auto const page = app().get("/search?" + query);
        EXPECT_EQ(page.status, 200) << query.substr(0, 60);
        EXPECT_FALSE(page.contains("<script>alert")) << query.substr(0, 60);
        EXPECT_EQ(app().get("/api/v1/search?" + query).status, 200) << query.substr(0, 60);
    }
    EXPECT_EQ(app().get("/search/about").status, 200);
    EXPECT_LE(app().queries_during([&] { app().as(member_).get("/search?q=" + http::percent_encode("减振")); }), 6U);
}

} // namespace
} // namespace sangu::matching
