#pragma once

// A register with two organisations, their members and officers.

#include "modules/registry/registry.h"
#include "modules/rights/service.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
Module rights_module();
} // namespace sangu

namespace sangu::rights {

class OnBothRegisters : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        for (auto const& [id, name, scope] : {std::tuple{maker, "株洲中车时代电气股份有限公司", "zone/zhuzhou"},
                                              std::tuple{university, "中南大学", "zone/changsha"}})
            app.write([&](db::Transaction& transaction) {
                transaction.execute("insert into registry_organisation (id, name, kind, scope, version) values "
                                    "(?, ?, 'enterprise', ?, 1)",
                                    {std::string{id}, std::string{name}, std::string{scope}});
            });
        member_id = member("liu.yang", maker);
        professor_id = member("hu.ping", university);
        officer_id = app.account("he.lan", {{"zone_officer", {"zone"}}});
    }

    std::string member(std::string_view login, std::string_view organisation) {
        std::string const account = app.account(login);
        app.write([&](db::Transaction& transaction) {
            transaction.execute("insert into registry_membership (id, account_id, organisation_id, position, since, "
                                "version) values (?, ?, ?, '专利工程师', '2020-01-01', 1)",
                                {new_id(), account, std::string{organisation}});
        });
        return account;
    }

    // A granted invention of the maker.
    static http::Pairs form(std::string_view number = "201310699744.2") {
        return {{"kind", "invention"},
                {"country", "CN"},
                {"title", "一种高速动车组牵引变流器"},
                {"application_number", std::string{number}},
                {"application_date", "2013-12-18"},
                {"grant_date", "2016-08-10"},
                {"legal_status", "granted"},
                {"main_class", "h02m7/487"},
                {"holder_name", "株洲中车时代电气股份有限公司"},
                {"holder_share", "100"},
                {"inventors", "李明\n王芳"}};
    }
    static http::Pairs with(http::Pairs form, std::string_view field, std::string_view value) {
        for (auto& [name, text] : form)
            if (name == field) {
                text = value;
                return form;
            }
        form.emplace_back(field, value);
        return form;
    }
    // Registers as the member; gives the id.
    std::string registered(http::Pairs const& typed) {
        auto browser = app.as(member_id);
        auto const answer = browser.post("/rights", typed);
        EXPECT_EQ(answer.status, 303) << answer.body.substr(0, 4000);
        auto const location = answer.header("location");
        return std::string{location.substr(8, 26)};
    }
    std::string registered() { return registered(form()); }
    Right right(std::string const& id) { return right_with(*app.database().read(), id).value(); }
    std::int64_t count(std::string const& table) {
        return app.database().read()->integer("select count(*) from " + table).value();
    }
    Result<std::string> take(EncumbranceRequest request) {
        Context context = app.context(member_id);
        return context.change<std::string>([&](Change& change) { return take_encumbrance(context, change, request); });
    }
    static EncumbranceRequest wish(std::string const& id, EncumbranceKind kind, std::string source_id = new_id()) {
        return {.right_id = id,
                .kind = kind,
                .holder_id = {},
                .holder_name = "湘江银行",
                .reason = "合同 2026-01",
                .source = "test.act",
                .source_id = std::move(source_id),
                .since = {},
                .until = {},
                .consent = {}};
    }

    static constexpr std::string_view maker = "01jbh0000000000000000000an", university = "01jbh0000000000000000000bn";
    test::TestApp app{{registry_module(), rights_module()}, GetParam()};
    std::string member_id, professor_id, officer_id;
};

} // namespace sangu::rights
