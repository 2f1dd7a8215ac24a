#include "modules/registry/person_service.h"
#include "modules/registry/registry.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

class People : public ::testing::TestWithParam<char const*> {
protected:
    test::TestApp app{{registry_module()}, GetParam()};

    Id<Organisation> works(std::string_view name) {
        Organisation one{.id = new_id_of<Organisation>(), .name = std::string{name}};
        app.write([&](db::Transaction& transaction) { entity::insert(transaction, one); });
        return one.id;
    }
    void member(std::string const& account, Id<Organisation> const& organisation) {
        app.write([&](db::Transaction& transaction) {
            entity::insert(transaction, Membership{.id = new_id_of<Membership>(),
                                                   .account_id = {account},
                                                   .organisation_id = organisation,
                                                   .position = "工程师",
                                                   .since = *parse_date("2026-01-01")});
        });
    }
    static http::Pairs profile(std::string_view name, std::string_view orcid = "") {
        return {
            {"name", std::string{name}}, {"name_en", "Zhou Min"}, {"orcid", std::string{orcid}}, {"is_public", "true"}};
    }
    PersonCard card(std::string const& account) { return person_of(*app.database().read(), account).value(); }
};
INSTANTIATE_TEST_SUITE_P(databases, People, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(People, keep_their_own_profile_and_decide_whether_everybody_sees_it) {
    auto const account = app.account("zhou.min", {}, "周敏");
    auto zhou = app.as(account);
    EXPECT_TRUE(zhou.get("/profile").contains("周敏")) << "the name of the account is offered";
    ASSERT_EQ(zhou.post("/profile", profile("周敏", "0000-0002-1825-0097")).status, 303);
    auto const page = "/people/" + card(account).id.text;
    EXPECT_TRUE(app.get(page).contains("0000-0002-1825-0097"));
    auto hidden = profile("周敏");
    hidden.back().second = "false";
    hidden.emplace_back("version", "1");
    ASSERT_EQ(zhou.post("/profile", hidden).status, 303);
    EXPECT_EQ(app.get(page).status, 404) << "nobody learns that there is such a person";
    EXPECT_EQ(zhou.get(page).status, 200);
    EXPECT_EQ(app.as(app.account("he.lan", {{"zone_officer", {"zone"}}})).get(page).status, 200);
    EXPECT_EQ(app.get("/people").status, 303) << "the list is for officers";
}

TEST_P(People, a_wrong_orcid_is_refused_with_the_reason_and_nothing_typed_is_lost) {
    auto zhou = app.as(app.account("zhou.min"));
    auto const refused = zhou.post("/profile", profile("周敏", "0000-0002-1825-0098"));
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("最后一位校验码不对"));
    EXPECT_TRUE(refused.contains("value=\"0000-0002-1825-0098\""));
    EXPECT_TRUE(refused.contains("value=\"Zhou Min\""));
    ASSERT_EQ(zhou.post("/profile", profile("周敏", "0000-0002-1825-0097")).status, 303);
    auto other = app.as(app.account("zhou.min2"));
    EXPECT_EQ(other.post("/profile", profile("周敏", "0000-0002-1825-0097")).status, 409) << "one ORCID is one person";
}

TEST_P(People, tell_where_they_work_by_name_or_code_of_the_organisation) {
    auto const university = works("湘潭大学");
    works("湘潭市第一人民医院");
    works("湘潭市中心医院");
    auto const account = app.account("zhou.min");
    auto zhou = app.as(account);
    ASSERT_EQ(zhou.post("/profile", profile("周敏")).status, 303);
    auto const unclear = zhou.post("/profile/affiliations", {{"organisation", "湘潭市"}, {"position", "主任"}});
    EXPECT_EQ(unclear.status, 422);
    EXPECT_TRUE(unclear.contains("湘潭市中心医院")) << "those to choose from";
    EXPECT_TRUE(unclear.contains("value=\"主任\""));
    EXPECT_EQ(zhou.post("/profile/affiliations", {{"organisation", "无此单位"}, {"position", "主任"}}).status, 422);
    EXPECT_EQ(zhou.post("/profile/affiliations",
                        {{"organisation", "湘潭大学"}, {"position", "教授"}, {"since", "2099-01-01"}})
                  .status,
              422)
        << "not in the future";
    EXPECT_EQ(
        zhou.post(
                "/profile/affiliations",
                {{"organisation", "湘潭大学"}, {"position", "教授"}, {"since", "2020-09-01"}, {"until", "2019-01-01"}})
            .status,
        422);
    ASSERT_EQ(
        zhou.post("/profile/affiliations", {{"organisation", "湘潭大"}, {"position", "教授"}, {"since", "2020-09-01"}})
            .status,
        303)
        << "one name begins so";
    EXPECT_EQ(card(account).organisation, "湘潭大学");
    auto const reader = app.database().read();
    EXPECT_EQ(find_person(*reader, "周敏", university.text)->id, card(account).id);
    EXPECT_FALSE(find_person(*reader, "周敏", works("中南大学").text));
}

TEST_P(People, show_contact_details_only_to_those_they_allow) {
    auto const university = works("湘潭大学");
    auto const account = app.account("zhou.min");
    auto zhou = app.as(account);
    ASSERT_EQ(zhou.post("/profile", profile("周敏")).status, 303);
    ASSERT_EQ(zhou.post("/profile/affiliations", {{"organisation", "湘潭大学"}, {"position", "教授"}}).status, 303);
    auto const page = "/people/" + card(account).id.text;
    auto const colleague_account = app.account("li.na");
    member(colleague_account, university);
    auto colleague = app.as(colleague_account), stranger = app.as(app.account("wang.wei"));
    auto officer = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));
    auto const sees = [&](test::Answer const& answer) { return answer.contains("zhou@xtu.example"); };
    struct Line {
        char const* audience;
        bool visitor, stranger, colleague, officer;
    };
    int version = 0;
    for (Line const& line :
         {Line{"nobody", false, false, false, false}, Line{"organisation", false, false, true, false},
          Line{"signed_in", false, true, true, true}, Line{"everyone", true, true, true, true}}) {
        http::Pairs form{{"email", "zhou@xtu.example"}, {"audience", line.audience}};
        if (version > 0) form.emplace_back("version", std::to_string(version));
        ++version;
        ASSERT_EQ(zhou.post("/profile/contact", form).status, 303) << line.audience;
        EXPECT_EQ(sees(app.get(page)), line.visitor) << line.audience;
        EXPECT_EQ(sees(stranger.get(page)), line.stranger) << line.audience;
        EXPECT_EQ(sees(colleague.get(page)), line.colleague) << line.audience;
        EXPECT_EQ(sees(officer.get(page)), line.officer) << line.audience;
        EXPECT_TRUE(sees(zhou.get(page)));
    }
}

TEST_P(People, take_their_data_with_them_and_have_it_erased) {
    works("湘潭大学");
    auto const account = app.account("zhou.min");
    auto zhou = app.as(account);
    ASSERT_EQ(zhou.post("/profile", profile("周敏", "0000-0002-1825-0097")).status, 303);
    ASSERT_EQ(zhou.post("/profile/affiliations", {{"organisation", "湘潭大学"}, {"position", "教授"}}).status, 303);
    ASSERT_EQ(zhou.post("/profile/contact", {{"phone", "0731-58290000"}, {"audience", "everyone"}}).status, 303);
    member(account, find_organisation(*app.database().read(), "湘潭大学")->id);
    auto const data = zhou.get("/profile/export.json");
    for (char const* part : {"周敏", "0000-0002-1825-0097", "教授", "0731-58290000", "registry.membership", "工程师"})
        EXPECT_TRUE(data.contains(part)) << part;
    EXPECT_EQ(app.as(app.account("li.na")).get("/profile/export.json").status, 404) << "nobody else's";

    auto const page = "/people/" + card(account).id.text;
    EXPECT_EQ(zhou.post("/profile/erase", {{"name", "周"}}).status, 422) << "the name must be repeated";
    ASSERT_EQ(zhou.post("/profile/erase", {{"name", "周敏"}}).status, 303);
    EXPECT_FALSE(person_of(*app.database().read(), account));
    auto officer = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));
    auto const left = officer.get(page);
    EXPECT_EQ(left.status, 200);
    EXPECT_FALSE(left.contains("周敏"));
    EXPECT_TRUE(left.contains("个人信息已删除"));
    EXPECT_FALSE(speaks_for(*app.database().read(), account,
                            find_organisation(*app.database().read(), "湘潭大学")->id.text, *parse_date("2026-11-23")));
    EXPECT_EQ(app.database().read()->integer("select count(*) from registry_affiliation"), 0);
    EXPECT_EQ(app.database().read()->integer("select count(*) from registry_contact"), 0);
    EXPECT_EQ(zhou.post("/profile", profile("周敏")).status, 303) << "and may begin anew";
}

TEST_P(People, of_nobody_are_kept_by_officers_and_an_owned_profile_by_its_owner_alone) {
    auto officer = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));
    ASSERT_EQ(officer.post("/people", {{"name", "李国庆"}, {"is_public", "false"}}).status, 303);
    auto const id = find_person(*app.database().read(), "李国庆")->id.text;
    EXPECT_EQ(officer.post("/people/" + id, {{"name", "李国慶"}, {"is_public", "false"}, {"version", "1"}}).status,
              303);
    auto zhou = app.as(app.account("zhou.min"));
    ASSERT_EQ(zhou.post("/profile", profile("周敏")).status, 303);
    auto const own = find_person(*app.database().read(), "周敏")->id.text;
    EXPECT_EQ(officer.post("/people/" + own, {{"name", "别人"}, {"is_public", "false"}, {"version", "1"}}).status, 403);
    EXPECT_EQ(zhou.post("/people/" + id, {{"name", "别人"}, {"version", "2"}}).status, 403);
}

TEST_P(People, with_characters_of_any_plane_are_stored_and_shown_unchanged) {
    auto const account = app.account("rare");
    auto rare = app.as(account);
    for (char const* name :
         {"𠮷野家", "𡃁仔", "李\xF0\xAA\x9A\xA5", "O'Neil <b>&amp;", "שלום", "'; drop table registry_person; --"}) {
        auto form = profile(name);
        if (auto const own = person_of(*app.database().read(), account))
            form.emplace_back(
                "version",
                std::to_string(app.database()
                                   .read()
                                   ->integer("select version from registry_person where id = ?", {own->id.text})
                                   .value()));
        ASSERT_EQ(rare.post("/profile", form).status, 303) << name;
        EXPECT_EQ(card(account).name, name);
        EXPECT_TRUE(rare.get("/profile/export.json").status == 200);
    }
    EXPECT_EQ(rare.post("/profile", profile("a\x01"
                                            "b"))
                  .status,
              422)
        << "control characters are no name";
    EXPECT_EQ(rare.post("/profile", profile("")).status, 422);
}

} // namespace
} // namespace sangu::registry
