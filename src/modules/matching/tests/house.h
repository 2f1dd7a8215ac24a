#pragma once

// The libraries with an index over them, and the people who use it.

#include "kernel/module.h"
#include "support/test_app.h"

namespace sangu {
Module reference_module();
Module registry_module();
Module rights_module();
Module standards_module();
Module library_module();
Module achievements_module();
Module demands_module();
Module experts_module();
Module matching_module();
} // namespace sangu

namespace sangu::matching {

class House : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP();
        app_.emplace(std::vector<Module>{reference_module(), registry_module(), rights_module(), standards_module(),
                                         library_module(), achievements_module(), demands_module(), experts_module(),
                                         matching_module()},
                     GetParam());
        owner_ = app_->account("owner", {}, "李娜");
        member_ = app_->account("member", {}, "赵强");
        trusted_ = app_->account("trusted", {}, "孙丽");
        officer_ = app_->account("wang", {{"zone_officer", {"zone"}}}, "王伟");
        other_city_ = app_->account("liu", {{"city_officer", {"zone/changsha"}}}, "刘洋");
    }
    test::TestApp& app() { return *app_; }

    static http::Pairs achievement(std::string title, std::string abstract, std::string text) {
        std::string const long_text = text + "。本成果已经完成样件试验，可以提供全部试验记录，并安排技术人员到现场"
                                             "说明安装、维护和检测的办法。";
        return {{"title", std::move(title)},
                {"abstract", abstract + "。已在三家企业试用，运行稳定，可以现场查看并提供检测报告。"},
                {"form", "material"},
                {"stage", "pilot"},
                {"readiness", "trl6"},
                {"tech_field", "new_materials"},
                {"industry", "C3711"},
                {"transfer", "true"},
                {"price_mode", "range"},
                {"price_from", "200000"},
                {"price_to", "400000"},
                {"owners-1-name", "株洲减振科技有限公司"},
                {"owners-1-share", "100"},
                {"inventors", "林远"},
                {"description", long_text},
                {"advantages", long_text},
                {"conditions", long_text},
                {"abstract_for", "members"},
                {"body_for", "consent"},
                {"files_for", "consent"}};
    }

    static http::Pairs demand(std::string title, std::string abstract, std::string problem) {
        return {{"title", std::move(title)},
                {"abstract", abstract + "，需要不改动道床的减振降噪方案，请提供可验证的数据。"},
                {"tech_field", "new_materials"},
                {"industry", "C3711"},
                {"deadline", "2030-01-01"},
                {"confidentiality", "business_secret"},
                {"buy", "true"},
                {"budget_to", "500000"},
                {"problem", problem + "，小半径曲线路段夜间噪声超标，居民投诉较多，现有弹性扣件老化快，需要更耐久的材"
                                      "料，并能在不停运的条件下更换。"},
                {"situation", "试过两种扣件"},
                {"targets-1-name", "噪声"},
                {"targets-1-bound", "at_most"},
                {"targets-1-figure", "60"},
                {"acceptance", "由第三方检测机构在同一线路上连续测试三个月后出具报告。"},
                {"abstract_for", "members"},
                {"body_for", "consent"},
                {"files_for", "consent"}};
    }

    // Written, submitted and published; gives its number.
    std::string publish(std::string const& base, http::Pairs form, std::string const& account = {}) {
        auto owner = app().as(account.empty() ? owner_ : account), officer = app().as(officer_);
        auto const started = owner.post(base, {{"title", form[0].second}, {"place", "zhuzhou"}});
        EXPECT_EQ(started.status, 303) << started.body;
        std::string const edit{started.header("location")};
        std::string const number = edit.substr(base.size() + 1, 14);
        owner.get(edit);
        form.emplace_back("version", owner.hidden_field("version"));
        auto const saved = owner.upload(base + "/" + number, std::move(form), {});
        EXPECT_EQ(saved.status, 303) << saved.body;
        EXPECT_EQ(owner.post("/entries/" + number + "/actions/submit").status, 303);
        EXPECT_EQ(officer.post("/entries/" + number + "/actions/publish").status, 303);
        return number;
    }

    std::string owner_, member_, trusted_, officer_, other_city_;

private:
    std::optional<test::TestApp> app_;
};

} // namespace sangu::matching
