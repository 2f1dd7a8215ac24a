#pragma once

// The library with achievements in it, and the people who use it.

#include "kernel/module.h"
#include "support/test_app.h"

#include <array>

namespace sangu {
Module registry_module();
Module reference_module();
Module rights_module();
Module library_module();
Module achievements_module();
} // namespace sangu

namespace sangu::achievements {

class House : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP();
        app_.emplace(std::vector<Module>{reference_module(), registry_module(), rights_module(), library_module(),
                                         achievements_module()},
                     GetParam());
        university_ = "01jbh0000000000000000000an";
        app_->write([&](db::Transaction& transaction) {
            transaction.execute("insert into registry_organisation (id, name, kind, scope, version) values "
                                "(?, '湘江大学（演示）', 'university', 'zone/changsha', 1)",
                                {university_});
        });
        owner_ = app_->account("li_na", {{"unit_officer", {"org/" + university_}}}, "李娜");
        reader_ = app_->account("zhao", {}, "赵强");
        officer_ = app_->account("wang", {{"zone_officer", {"zone"}}}, "王伟");
        zhuzhou_ = app_->account("liu", {{"city_officer", {"zone/zhuzhou"}}}, "刘洋");
    }
    test::TestApp& app() { return *app_; }

    static http::Pairs whole_form(std::string title = "高速列车轮轨减振复合材料") {
        return {{"title", std::move(title)},
                {"abstract",
                 "一种用于高速列车的减振复合材料，可把轮轨噪声降低三成，已完成实验室与线路试验，寿命达到十年。"},
                {"form", "material"},
                {"stage", "pilot"},
                {"readiness", "trl6"},
                {"tech_field", "new_materials"},
                {"industry", "C3711"},
                {"completed_on", "2026-05-20"},
                {"ordinary_licence", "true"},
                {"co_development", "true"},
                {"price_mode", "negotiation"},
                {"owners-1-name", "湘江大学（演示）"},
                {"owners-1-share", "60"},
                {"owners-2-name", "株洲轨道研究所（演示）"},
                {"owners-2-share", "40"},
                {"inventors", "李娜\n陈明"},
                {"description", "基体为改性聚氨酯，加入纳米级阻尼相，配方与工艺参数见附件。在三十千米线路上连续运行两年"
                                "，损耗因子保持在零点三以上，未见开裂。"},
                {"abstract_for", "members"},
                {"body_for", "consent"},
                {"files_for", "consent"}};
    }
    // Writes an entry through the pages; gives its number.
    std::string draft(test::Browser& browser, http::Pairs form = whole_form()) {
        auto const started = browser.post(
            "/achievements", {{"title", form.front().second}, {"organisation_id", university_}, {"place", "changsha"}});
        EXPECT_EQ(started.status, 303) << started.body;
        std::string const number = number_in(started.header("location"));
        browser.get("/achievements/" + number + "/edit");
        form.emplace_back("version", browser.hidden_field("version"));
        form.emplace_back("next", "check");
        auto const saved = browser.upload("/achievements/" + number, std::move(form), {});
        EXPECT_EQ(saved.status, 303) << saved.body;
        return number;
    }
    std::string published(http::Pairs form = whole_form()) {
        auto owner = app().as(owner_), officer = app().as(officer_);
        std::string const number = draft(owner, std::move(form));
        EXPECT_EQ(owner.post("/entries/" + number + "/actions/submit").status, 303);
        EXPECT_EQ(officer.post("/entries/" + number + "/actions/publish").status, 303);
        return number;
    }
    static std::string number_in(std::string_view address) {
        auto const start = address.find("CG-");
        return std::string{address.substr(start, 14)};
    }
    std::string state_of(std::string const& number) {
        return app().database().read()->text("select state from library_entry where number = ?", {number}).value_or("");
    }
    void days_pass(int days) {
        app().clock().advance_ms(std::int64_t{days} * 86'400'000);
        app().host().run_background_once();
    }

    std::string university_, owner_, reader_, officer_, zhuzhou_;

private:
    std::optional<test::TestApp> app_;
};

} // namespace sangu::achievements
