#pragma once

// The library with demands and experts in it, and the people who use it.

#include "kernel/module.h"
#include "support/test_app.h"

namespace sangu {
Module reference_module();
Module registry_module();
Module rights_module();
Module library_module();
Module demands_module();
Module experts_module();
} // namespace sangu

namespace sangu::experts {

class House : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !test::has_postgres()) GTEST_SKIP();
        app_.emplace(std::vector<Module>{reference_module(), registry_module(), rights_module(), library_module(),
                                         demands_module(), experts_module()},
                     GetParam());
        app_->write([&](db::Transaction& transaction) {
            transaction.execute("insert into registry_organisation (id, name, kind, scope, version) values "
                                "(?, '株洲减振科技有限公司', 'enterprise', 'zone/zhuzhou', 1)",
                                {firm_});
        });
        owner_ = app_->account("lin", {}, "林远");
        firm_account_ = app_->account("firm", {{"unit_officer", {"org/" + firm_}}}, "陈明");
        reader_ = app_->account("reader", {}, "赵强");
        officer_ = app_->account("wang", {{"zone_officer", {"zone"}}}, "王伟");
    }
    test::TestApp& app() { return *app_; }

    static http::Pairs form(std::string title, std::string employer, std::string directions) {
        return {{"title", std::move(title)},
                {"abstract", "长期从事轨道交通车辆材料的配方、工艺和线路试验，可为企业诊断问题，也可参加评审。"},
                {"name", "林远"},
                {"category", "technology"},
                {"employer", std::move(employer)},
                {"tech_field", "new_materials"},
                {"industry", "C3711"},
                {"speciality", "高分子"},
                {"directions", std::move(directions)},
                {"availability", "available"},
                {"consulting", "true"},
                {"phone", "0731-88888888"},
                {"evidence-1-kind", "paper"},
                {"evidence-1-title", "聚氨酯阻尼"},
                {"evidence-1-reference", "10.1000/182"},
                {"body_for", "consent"},
                {"files_for", "consent"}};
    }
    std::string write(std::string const& base, std::string const& account, http::Pairs form,
                      std::string const& organisation = {}) {
        auto owner = app().as(account), officer = app().as(officer_);
        auto const started =
            owner.post(base, {{"title", form[0].second}, {"place", "zhuzhou"}, {"organisation_id", organisation}});
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
    std::string expert(http::Pairs form) { return write("/experts", owner_, std::move(form)); }

    std::string demand_of_firm() {
        return write(
            "/demands", firm_account_,
            {{"title", "寻找低噪声轨道扣件的减振降噪办法"},
             {"abstract", "城轨线路通过小半径曲线时噪声超标，需要不改动道床的减振降噪方案，请提供可验证的数据。"},
             {"tech_field", "new_materials"},
             {"deadline", "2030-01-01"},
             {"confidentiality", "business_secret"},
             {"buy", "true"},
             {"budget_open", "true"},
             {"problem", "小半径曲线路段夜间噪声超标，居民投诉较多，现有弹性扣件老化快，需要更耐久的材料，并能在不停"
                         "运的条件下更换安装施工。"},
             {"situation", "试过两种扣件"},
             {"targets-1-name", "噪声"},
             {"targets-1-bound", "at_most"},
             {"targets-1-figure", "60"},
             {"acceptance", "由第三方检测机构在同一线路上连续测试三个月后出具报告。"}},
            firm_);
    }

    std::string firm_ = "01jbh0000000000000000000an";
    std::string owner_, firm_account_, reader_, officer_;

private:
    std::optional<test::TestApp> app_;
};

} // namespace sangu::experts
