// What people get: licences that show their state of today, and a track record that is counted.

#include "kernel/module.h"
#include "support/test_app.h"

namespace sangu {
Module reference_module();
Module registry_module();
Module library_module();
Module intermediaries_module();
} // namespace sangu

namespace sangu::intermediaries {
namespace {

std::vector<Module> modules() {
    return {reference_module(), registry_module(), library_module(), intermediaries_module()};
}

class Pages : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP();
        app_.emplace(modules(), GetParam());
        owner_ = app_->account("owner", {}, "范宁");
        reader_ = app_->account("reader", {}, "赵强");
        officer_ = app_->account("wang", {{"zone_officer", {"zone"}}}, "王伟");
    }
    test::TestApp& app() { return *app_; }

    static http::Pairs form() {
        return {{"title", "湘江资产评估有限公司"},
                {"abstract", "评估专利、商标和技术的价值，用于作价入股、质押融资和交易定价，报告附可比案例。"},
                {"valuation", "true"},
                {"description", "资产评估师八名，近年以知识产权评估为主，与多家银行合作质押评估业务。"},
                {"licences-1-name", "资产评估备案"},
                {"licences-1-number", "PG-1"},
                {"licences-1-issuer", "财政部门"},
                {"licences-1-valid_until", "2027-01-10"},
                {"tariff-1-service", "评估咨询"},
                {"tariff-1-basis", "daily"},
                {"tariff-1-amount", "2500"},
                {"staff-1-name", "范宁"},
                {"staff-1-certificate", "资产评估师"},
                {"phone", "0731-77777777"},
                {"body_for", "members"},
                {"files_for", "consent"}};
    }
    std::string published() {
        auto owner = app().as(owner_), officer = app().as(officer_);
        auto const started = owner.post("/intermediaries", {{"title", form()[0].second}, {"place", "zhuzhou"}});
        std::string const edit{started.header("location")};
        std::string const number = edit.substr(16, 14);
        owner.get(edit);
        auto typed = form();
        typed.emplace_back("version", owner.hidden_field("version"));
        auto const saved = owner.upload("/intermediaries/" + number, std::move(typed), {});
        EXPECT_EQ(saved.status, 303) << saved.body;
        EXPECT_EQ(owner.post("/entries/" + number + "/actions/submit").status, 303);
        EXPECT_EQ(officer.post("/entries/" + number + "/actions/publish").status, 303);
        return number;
    }

    std::string owner_, reader_, officer_;

private:
    std::optional<test::TestApp> app_;
};
INSTANTIATE_TEST_SUITE_P(each, Pages, ::testing::Values("sqlite", "postgres"));

TEST_P(Pages, ALicenceShowsItsStateOfToday) {
    std::string const path = "/intermediaries/" + published();
    EXPECT_TRUE(app().visitor().get(path).contains("即将到期"));
    app().clock().advance_ms(std::int64_t{60} * 86'400'000);
    auto const late = app().as(reader_).get(path);
    EXPECT_TRUE(late.contains("已过期"));
    EXPECT_FALSE(late.contains("即将到期"));
    auto const list = app().as(reader_).get("/intermediaries");
    EXPECT_FALSE(list.contains("PG-1")) << "the list says nothing about licences";
}

TEST_P(Pages, LayersHoldForPricesAndContact) {
    std::string const path = "/intermediaries/" + published();
    auto const public_page = app().visitor().get(path);
    EXPECT_TRUE(public_page.contains("资产评估备案"));
    EXPECT_FALSE(public_page.contains("评估咨询"));
    EXPECT_FALSE(public_page.contains("0731-77777777"));
    auto const member_page = app().as(reader_).get(path);
    EXPECT_TRUE(member_page.contains("评估咨询"));
    EXPECT_TRUE(member_page.contains("0731-77777777"));
}

TEST_P(Pages, TheTrackRecordIsCountedFromThreads) {
    std::string const number = published(), path = "/intermediaries/" + number;
    EXPECT_TRUE(app().visitor().get(path).contains("还没有记录到已结束的洽谈"));
    auto reader = app().as(reader_);
    auto const opened =
        reader.post("/entries/" + number + "/interest", {{"text", "想做质押评估"}, {"wish", "nothing"}});
    ASSERT_EQ(opened.status, 303) << opened.body;
    EXPECT_TRUE(reader.get(path).contains("还没有记录到已结束的洽谈")) << "an open thread is no case";
    std::string thread{opened.header("location")};
    thread = thread.substr(0, thread.find('?'));
    EXPECT_EQ(app().as(owner_).post(thread + "/close", {{"outcome", "service"}}).status, 303);
    auto const page = reader.get(path);
    EXPECT_FALSE(page.contains("还没有记录到已结束的洽谈"));
    EXPECT_TRUE(page.contains("1 件，最近一件在")) << page.body;
}

TEST_P(Pages, NeedFewQueries) {
    std::string const path = "/intermediaries/" + published();
    auto visitor = app().visitor(), reader = app().as(reader_);
    for (test::Browser* browser : {&visitor, &reader})
        for (std::string const& page :
             {path, std::string{"/intermediaries"}, std::string{"/intermediaries?service=valuation"}}) {
            browser->get(page); // what is held is loaded
            EXPECT_LE(app().queries_during([&] { EXPECT_EQ(browser->get(page).status, 200) << page; }), 6U) << page;
        }
}

TEST_P(Pages, RefusesWhatCannotBe) {
    auto owner = app().as(owner_);
    auto const started = owner.post("/intermediaries", {{"title", "一家机构"}, {"place", "zhuzhou"}});
    std::string const edit{started.header("location")}, path = edit.substr(0, 30);
    for (auto const& [field, value] :
         std::vector<std::pair<std::string, std::string>>{{"licences-1-valid_from", "2027-02-01"}, // after its end
                                                          {"licences-1-valid_until", "soon"},
                                                          {"tariff-1-amount", "-5"},
                                                          {"tariff-1-percent", "150"},
                                                          {"tariff-1-basis", "share"}, // with an amount
                                                          {"since", "2999-01-01"},
                                                          {"industry", "Q9999"}}) {
        owner.get(edit);
        auto typed = form();
        std::erase_if(typed, [&](auto const& pair) { return pair.first == field; });
        typed.emplace_back(field, value);
        typed.emplace_back("version", owner.hidden_field("version"));
        auto const answer = owner.upload(path, std::move(typed), {});
        EXPECT_EQ(answer.status, 422) << field << " " << value;
        EXPECT_TRUE(answer.contains("资产评估备案")) << "what was typed is kept";
    }
}

TEST(Demonstration, HasIntermediariesThatSayWhatTheyAre) {
    config::Settings settings;
    settings.demo = true;
    test::TestApp app{modules(), "sqlite", settings};
    auto const reader = app.database().read();
    EXPECT_EQ(reader->integer("select count(*) from library_entry where kind = 'intermediary' and state = 'published'"),
              3);
    EXPECT_EQ(reader->integer("select count(*) from library_entry where title not like '%（演示）%'"), 0);
}

} // namespace
} // namespace sangu::intermediaries
