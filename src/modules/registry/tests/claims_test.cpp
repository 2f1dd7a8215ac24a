#include "modules/registry/claims.h"
#include "modules/registry/registry.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

class Claims : public ::testing::TestWithParam<char const*> {
protected:
    test::TestApp app{{registry_module()}, GetParam()};
    std::string officer_id = app.account("he.lan", {{"zone_officer", {"zone"}}});
    test::Browser officer = app.as(officer_id);
    std::string zhou_id = app.account("zhou.min", {}, "周敏");
    test::Browser zhou = app.as(zhou_id);
    std::string works;

    void SetUp() override {
        ASSERT_EQ(officer
                      .post("/organisations", {{"name", "麓谷精密机械有限公司"},
                                               {"kind", "enterprise"},
                                               {"industry_edition", "2017"},
                                               {"address", "麓谷大道627号"}})
                      .status,
                  303);
        works = find_organisation(*app.database().read(), "麓谷精密机械有限公司")->id.text;
    }
    static std::vector<http::Upload> licence(std::string data = "%PDF-1.4\n%licence\n") {
        std::vector<http::Upload> files(1);
        files[0].field = "files";
        files[0].file_name = "营业执照.pdf";
        files[0].size = data.size();
        files[0].data = std::move(data);
        return files;
    }
    std::string path() const { return "/organisations/" + works + "/claim"; }
    // Asks by document; the path of the claim.
    std::string ask(test::Browser& browser) {
        auto const answer = browser.upload(path(), {{"position", "总经理"}, {"way", "document"}}, licence());
        EXPECT_EQ(answer.status, 303) << answer.body.substr(0, 1500);
        auto const location = std::string{answer.header("location")};
        return location.substr(0, location.find('?'));
    }
    bool speaks(std::string const& account) {
        return speaks_for(*app.database().read(), account, works, *parse_date("2026-11-23"));
    }
    std::string make_member(std::string_view login) {
        auto const account = app.account(login);
        app.write([&](db::Transaction& transaction) {
            entity::insert(transaction, Membership{.id = new_id_of<Membership>(),
                                                   .account_id = {account},
                                                   .organisation_id = {works},
                                                   .position = "工程师",
                                                   .since = *parse_date("2026-01-01")});
        });
        return account;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Claims, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(Claims, by_document_are_checked_by_an_officer) {
    auto const claim = ask(zhou);
    EXPECT_FALSE(speaks(zhou_id));
    EXPECT_TRUE(officer.get("/claims").contains("麓谷精密机械有限公司"));
    auto const page = officer.get(claim);
    EXPECT_TRUE(page.contains("营业执照.pdf"));
    EXPECT_EQ(app.as(app.account("stranger")).get(claim).status, 404);
    EXPECT_EQ(zhou.post(claim + "/approve").status, 403) << "not oneself";
    ASSERT_EQ(officer.post(claim + "/return", {{"reason", "授权书没有盖章"}}).status, 303);
    EXPECT_TRUE(zhou.get(claim).contains("授权书没有盖章"));
    ASSERT_EQ(ask(zhou), claim) << "the same claim, completed";
    ASSERT_EQ(officer.post(claim + "/approve").status, 303);
    EXPECT_TRUE(speaks(zhou_id));
    EXPECT_EQ(officer.post(claim + "/approve").status, 409) << "once";
    EXPECT_TRUE(app.get("/organisations/" + works).contains("单位自行维护"));
}

TEST_P(Claims, files_are_seen_by_claimant_and_officers_only) {
    auto const claim = ask(zhou);
    auto const file = app.database().read()->text("select id from kernel_attachment").value();
    EXPECT_EQ(zhou.get(claim + "/files/" + file).status, 200);
    EXPECT_EQ(officer.get(claim + "/files/" + file).status, 200);
    EXPECT_EQ(app.as(app.account("stranger")).get(claim + "/files/" + file).status, 404);
    auto changsha = app.as(app.account("chen.jing", {{"city_officer", {"zone/changsha"}}}));
    EXPECT_EQ(changsha.get(claim + "/files/" + file).status, 404) << "the organisation is not of that city";
    EXPECT_EQ(app.get(claim + "/files/" + file).status, 303);
}

TEST_P(Claims, without_proof_or_with_a_lying_file_are_refused_and_nothing_typed_is_lost) {
    auto const bare =
        zhou.upload(path(), {{"position", "总经理"}, {"way", "document"}, {"statement", "原法定代表人"}}, {});
    EXPECT_EQ(bare.status, 422);
    EXPECT_TRUE(bare.contains("value=\"总经理\""));
    EXPECT_TRUE(bare.contains("原法定代表人"));
    EXPECT_EQ(zhou.upload(path(), {{"position", "总经理"}, {"way", "document"}}, licence("MZ\x90 program")).status, 422)
        << "a program that is called a PDF";
    EXPECT_EQ(zhou.upload(path(), {{"position", ""}, {"way", "document"}}, licence()).status, 422);
    EXPECT_EQ(zhou.upload(path(), {{"position", "x"}, {"way", "mail"}}, licence()).status, 422) << "no such way here";
    EXPECT_EQ(app.database().read()->integer("select count(*) from registry_claim"), 0);
}

TEST_P(Claims, by_letter_are_proved_with_the_code_and_few_guesses) {
    auto const answer = zhou.upload(path(), {{"position", "总经理"}, {"way", "letter"}}, {});
    ASSERT_EQ(answer.status, 303);
    auto const location = std::string{answer.header("location")};
    auto const claim = location.substr(0, location.find('?'));
    EXPECT_EQ(zhou.post(claim + "/enter", {{"code", "AAAA-AAAA-AAAA"}}).status, 422) << "no letter was sent yet";
    auto const sent = officer.post(claim + "/code");
    ASSERT_EQ(sent.status, 200);
    auto const at = sent.body.find("<strong>", sent.body.find("<p class=\"mono\">")) + 8;
    auto const code = sent.body.substr(at, sent.body.find("</strong>", at) - at);
    EXPECT_EQ(zhou.post(claim + "/enter", {{"code", "AAAA-AAAA-AAAA"}}).status, 422);
    EXPECT_FALSE(speaks(zhou_id));
    ASSERT_EQ(zhou.post(claim + "/enter", {{"code", " " + code + " "}}).status, 303) << code;
    EXPECT_TRUE(speaks(zhou_id));
}

TEST_P(Claims, guessing_codes_ends_after_five_attempts_and_old_codes_are_worth_nothing) {
    auto const answer = zhou.upload(path(), {{"position", "总经理"}, {"way", "letter"}}, {});
    auto const location = std::string{answer.header("location")};
    auto const claim = location.substr(0, location.find('?'));
    auto const code_of = [&] {
        auto const sent = officer.post(claim + "/code");
        auto const at = sent.body.find("<strong>", sent.body.find("<p class=\"mono\">")) + 8;
        return sent.body.substr(at, sent.body.find("</strong>", at) - at);
    };
    auto code = code_of();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(zhou.post(claim + "/enter", {{"code", "AAAA-AAAA-AAAA"}}).status, 422);
    EXPECT_EQ(zhou.post(claim + "/enter", {{"code", code}}).status, 429) << "even the right one";
    code = code_of();
    app.clock().advance_ms(31LL * 86'400'000);
    auto later = app.as(zhou_id);
    EXPECT_EQ(later.post(claim + "/enter", {{"code", code}}).status, 422) << "after thirty days";
    EXPECT_FALSE(speaks(zhou_id));
}

TEST_P(Claims, an_officer_does_not_decide_an_own_claim) {
    auto const claim = ask(officer);
    EXPECT_EQ(officer.post(claim + "/approve").status, 403);
    auto other = app.as(app.account("wang.fang", {{"zone_officer", {"zone"}}}));
    EXPECT_EQ(other.post(claim + "/approve").status, 303);
}

TEST_P(Claims, later_members_are_invited_by_a_link_that_works_once) {
    auto member = app.as(make_member("li.na"));
    auto const invited = member.post("/my-organisation/" + works + "/invitations", {{"position", "会计"}});
    ASSERT_EQ(invited.status, 200);
    auto const at = invited.body.find("/invitations/", invited.body.find("<p class=\"mono\">"));
    auto const link = invited.body.substr(at, invited.body.find('<', at) - at);
    EXPECT_TRUE(zhou.get(link).contains("麓谷精密机械有限公司"));
    EXPECT_FALSE(speaks(zhou_id)) << "looking is not accepting";
    ASSERT_EQ(zhou.post(link).status, 303);
    EXPECT_TRUE(speaks(zhou_id));
    auto late = app.as(app.account("late"));
    EXPECT_EQ(late.post(link).status, 404) << "once";
    EXPECT_EQ(zhou.post("/my-organisation/" + works + "/invitations", {{"position", ""}}).status, 422);
    EXPECT_EQ(late.post("/my-organisation/" + works + "/invitations", {{"position", "x"}}).status, 403)
        << "members only";
}

TEST_P(Claims, invitations_expire_and_end_with_the_member_who_made_them) {
    auto const li = make_member("li.na");
    Context context = app.context(li);
    auto const organisation = entity::find(context.reader(), Id<Organisation>{works}).value();
    auto const old = invite(context, organisation, "会计"), orphan = invite(context, organisation, "会计");
    ASSERT_TRUE(old && orphan);
    auto const membership = app.database().read()->text("select id from registry_membership").value();
    Context leaving = app.context(li);
    ASSERT_TRUE(end_membership(leaving, membership));
    Context joining = app.context(zhou_id);
    EXPECT_EQ(accept_invitation(joining, *orphan).error().refusal, Refusal::not_found);
    app.clock().advance_ms(8LL * 86'400'000);
    Context later = app.context(zhou_id);
    EXPECT_FALSE(open_invitation(later, *old));
}

TEST_P(Claims, members_keep_the_entry_and_an_officer_its_code_and_place) {
    auto member = app.as(make_member("li.na"));
    http::Pairs form{{"name", "麓谷精密机械有限公司"}, {"kind", "enterprise"}, {"industry_edition", "2017"},
                     {"introduction", "做精密主轴"},   {"industry", "铁路"},   {"version", "1"}};
    auto const unclear = member.post("/organisations/" + works, form);
    EXPECT_EQ(unclear.status, 422);
    EXPECT_TRUE(unclear.contains("C371")) << "the terms to choose from";
    form[4].second = "C3425";
    ASSERT_EQ(member.post("/organisations/" + works, form).status, 303);
    EXPECT_TRUE(app.get("/organisations/" + works).contains("做精密主轴"));
    form.back().second = "2";
    form.emplace_back("uscc", "914300007121944054");
    EXPECT_EQ(member.post("/organisations/" + works, form).status, 403);
    EXPECT_EQ(officer.post("/organisations/" + works, form).status, 303);
    EXPECT_EQ(zhou.post("/organisations/" + works, form).status, 403);
    EXPECT_TRUE(member.get("/my-organisation").contains("li.na"));
    EXPECT_TRUE(zhou.get("/my-organisation").contains("您还不代表任何单位"));
}

TEST_P(Claims, an_entry_says_who_stands_behind_it_and_how_fresh_it_is) {
    auto const page = app.get("/organisations/" + works);
    EXPECT_TRUE(page.contains("尚未认领"));
    EXPECT_TRUE(page.contains("无统一社会信用代码"));
    EXPECT_TRUE(page.contains("application/ld+json"));
    EXPECT_EQ(app.get("/organisations/nonsense").status, 404);
    EXPECT_EQ(app.get("/organisations/01JQN8X0000000000000000001").status, 404);
    auto member = app.as(make_member("li.na"));
    app.clock().advance_ms(200LL * 86'400'000);
    auto later = app.as(app.database().read()->text("select account_id from registry_membership").value());
    EXPECT_TRUE(later.get("/my-organisation").contains("请确认单位资料是否仍然正确"));
    ASSERT_EQ(later.post("/organisations/" + works + "/confirm").status, 303);
    EXPECT_FALSE(later.get("/my-organisation").contains("请确认单位资料是否仍然正确"));
}

} // namespace
} // namespace sangu::registry
