#include "kernel/i18n/i18n.h"
#include "modules/rights/rule_entities.h"
#include "modules/rights/tests/rights_fixture.h"
#include "support/schema.h"

namespace sangu::rights {
namespace {

class Register : public OnBothRegisters {};
SANGU_ON_BOTH_DATABASES(Register);

TEST_P(Register, tables_and_descriptions_agree) {
    auto const reader = app.database().read();
    for (entity::EntityMeta const* meta : rights_module().entities)
        EXPECT_EQ(test::schema_differences(*reader, *meta), std::vector<std::string>{}) << meta->name;
}

TEST_P(Register, a_member_registers_and_everybody_reads) {
    auto const id = registered();
    Right const stored = right(id);
    EXPECT_EQ(stored.application_number, "201310699744.2");
    EXPECT_EQ(stored.main_class, "H02M 7/487");
    EXPECT_EQ(stored.section, "H");
    EXPECT_EQ(stored.city, "zhuzhou");
    EXPECT_EQ(stored.scope, "zone/zhuzhou");
    EXPECT_EQ(to_text(stored.expires_on.value()), "2033-12-18");
    EXPECT_EQ(to_text(stored.next_fee_due.value()), "2026-12-18");
    EXPECT_EQ(stored.encumbrance, EncumbranceState::free);
    for (std::string const language : {"zh-Hans", "zh-Hant", "en"}) {
        auto reader = app.visitor();
        EXPECT_EQ(reader.get("/rights", {{"accept-language", language}}).status, 200);
        auto const page = reader.get("/rights/" + id, {{"accept-language", language}});
        EXPECT_EQ(page.status, 200);
        EXPECT_TRUE(page.contains("201310699744.2"));
    }
    EXPECT_TRUE(app.get("/rights").contains("一种高速动车组牵引变流器"));
    EXPECT_TRUE(app.get("/rights?encumbrance=free&kind=invention").contains("一种高速动车组牵引变流器"));
    EXPECT_FALSE(app.get("/rights?kind=design").contains("一种高速动车组牵引变流器"));
    EXPECT_TRUE(app.get("/rights?q=%E7%89%B5%E5%BC%95").contains("一种高速动车组牵引变流器"));
    EXPECT_EQ(app.get("/rights?q=ZL201310699744.2").header("location"), "/rights/" + id)
        << "a whole number leads there";
    EXPECT_EQ(app.get("/rights/download/csv").status, 200);
    EXPECT_EQ(app.get("/api/v1/rights").status, 200);
    auto const json = app.get("/api/v1/rights/" + id);
    EXPECT_TRUE(json.contains(R"("share_ppm":1000000)"));
    EXPECT_TRUE(json.contains("李明"));
}

TEST_P(Register, a_member_of_another_organisation_may_not_write) {
    auto const id = registered();
    auto other = app.as(professor_id);
    EXPECT_EQ(other.post("/rights", form("95115608.X")).status, 422);
    EXPECT_EQ(other.get("/rights/" + id + "/edit").status, 403);
    auto const edit = with(with(form(), "title", "别人的"), "version", "1");
    EXPECT_EQ(other.post("/rights/" + id, edit).status, 403);
    EXPECT_EQ(other.post("/rights/" + id + "/confirm").status, 403);
    EXPECT_EQ(other
                  .post("/rights/" + id + "/encumbrances",
                        {{"kind", "pledge"}, {"holder_name", "x"}, {"reason", "y"}, {"since", "2026-01-01"}})
                  .status,
              403);
    app.post("/rights", form("95115608.X")); // visitors are asked to sign in
    EXPECT_EQ(count("rights_right"), 1);
    auto city = app.as(app.account("chen.jing", {{"city_officer", {"zone/changsha"}}}));
    EXPECT_EQ(city.post("/rights/" + id, edit).status, 403) << "an officer of another city";
    auto own_city = app.as(app.account("zhou.min", {{"city_officer", {"zone/zhuzhou"}}}));
    EXPECT_EQ(own_city.post("/rights/" + id, edit).status, 303);
}

TEST_P(Register, wrong_entries_keep_what_was_typed_and_say_why) {
    auto browser = app.as(member_id);
    struct Case {
        std::string_view field, value, message;
    };
    for (Case const& one :
         {Case{"application_number", "201310699744.3", "校验位“3”不正确"},
          Case{"application_date", "2026-11-24", "日期不能晚于今天"}, Case{"holder_share", "99.9", "份额合计为 99.9%"},
          Case{"holder_share", "一半", "不是份额"}, Case{"main_class", "不是分类", "分类号应如"},
          Case{"grant_date", "2001-01-01", "授权日不能早于申请日"}, Case{"grant_date", "31.31.2001", ""},
          Case{"country", "中", ""}, Case{"kind", "no_such", ""}, Case{"title", "  ", "必填"},
          Case{"holder_name", "", ""}, Case{"fee_year_paid", "99", ""}}) {
        auto const page = browser.post("/rights", with(with(form(), "summary", "保留我"), one.field, one.value));
        EXPECT_EQ(page.status, 422) << one.field << "=" << one.value;
        EXPECT_TRUE(page.contains(one.message)) << one.field << ": " << one.message;
        EXPECT_TRUE(page.contains("保留我")) << one.field;
        EXPECT_TRUE(page.contains("李明")) << one.field;
    }
    EXPECT_EQ(count("rights_right"), 0);
    EXPECT_EQ(count("rights_holder"), 0);
}

TEST_P(Register, shares_of_several_holders_make_the_whole) {
    auto two = form();
    two.emplace_back("holder_name", "中南大学");
    two.emplace_back("holder_share", "1/3");
    auto browser = app.as(member_id);
    EXPECT_EQ(browser.post("/rights", with(two, "holder_share", "60")).status, 422) << "60 % and a third";
    auto const id = registered(with(two, "holder_share", "2/3"));
    auto const holders = holders_of(*app.database().read(), id);
    ASSERT_EQ(holders.size(), 2u);
    EXPECT_EQ(holders[0].share_ppm, 666'667);
    EXPECT_EQ(holders[0].organisation_id, maker);
    EXPECT_EQ(holders[1].share_ppm, 333'333);
    EXPECT_EQ(holders[1].organisation_id, university);
    EXPECT_EQ(app.as(professor_id).get("/rights/" + id + "/edit").status, 200) << "a co-owner edits too";
}

TEST_P(Register, one_number_is_registered_once) {
    registered();
    auto browser = app.as(member_id);
    auto const again = browser.post("/rights", with(form(), "title", "又一次"));
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(again.contains("已在库中登记"));
    EXPECT_EQ(count("rights_right"), 1);
}

TEST_P(Register, a_stale_form_shows_both_versions) {
    auto const id = registered();
    auto browser = app.as(member_id);
    auto const edit = with(form(), "version", "1");
    EXPECT_EQ(browser.post("/rights/" + id, with(edit, "title", "先保存的")).status, 303);
    auto const late = browser.post("/rights/" + id, with(edit, "title", "后保存的"));
    EXPECT_EQ(late.status, 412);
    EXPECT_TRUE(late.contains("先保存的"));
    EXPECT_TRUE(late.contains("后保存的"));
    EXPECT_EQ(right(id).title, "先保存的");
}

TEST_P(Register, naughty_text_is_stored_listed_searched_and_exported_unchanged) {
    for (std::string_view const title :
         {"<script>alert(1)</script>", "𠮷野家の特許 👩‍🔬", "'; drop table rights_right; --",
          "=cmd|' /C calc'!A0", "%s%n {1} \\\"", "\u202Ertl\u202C"}) {
        http::Pairs typed = with(with(form(""), "title", title), "application_number", "");
        auto const id = registered(typed);
        EXPECT_EQ(right(id).title, title);
        EXPECT_EQ(app.get("/rights/" + id).status, 200);
        EXPECT_FALSE(app.get("/rights/" + id).contains("<script>alert"));
        auto const found = app.get("/rights?q=" + http::percent_encode(title));
        EXPECT_TRUE(found.contains(id)) << title;
    }
    auto const page = app.get("/rights/download/json");
    EXPECT_TRUE(app.get("/rights").contains("𠮷野家の特許"));
    EXPECT_EQ(page.status, 200);
}

TEST_P(Register, odd_addresses_never_fail) {
    for (std::string_view const path :
         {"/rights/nothing", "/rights/01jbh0000000000000000000zz", "/rights?after=x", "/rights?sort=nothing",
          "/rights?kind=%00", "/rights?rows=-1", "/rights/%F0%A0%AE%B7", "/rights/download/exe",
          "/api/v1/rights/x/encumbrances"}) {
        auto const status = app.get(path).status;
        EXPECT_TRUE(status >= 200 && status < 500) << path << " " << status;
    }
}

// What a reader gets from every outlet, as one text: lists and files, and what is asked for by its id.
std::string outlets(test::Browser& browser) {
    std::string all;
    for (std::string_view const path :
         {"/rights", "/rights?q=%E7%A7%98%E5%AF%86", "/rights?q=201310699744.2", "/rights?disclosure=undisclosed",
          "/rights?encumbrance=free&sort=title", "/rights/mine", "/rights/fees", "/rights/fees.ics",
          "/rights/download/csv", "/rights/download/json", "/rights/download/xlsx",
          "/api/v1/rights?disclosure=undisclosed", "/api/v1/rights", "/api/v1/events", "/events", "/feed.atom",
          "/sitemap.xml", "/organisations/01jbh0000000000000000000an"})
        all += browser.get(path).body;
    return all;
}
std::string asked_for(test::Browser& browser, std::string const& id) {
    return browser.get("/rights/" + id).body + browser.get("/rights/" + id + "/edit").body +
           browser.get("/rights/" + id + "/encumbrances").body + browser.get("/api/v1/rights/" + id).body +
           browser.get("/api/v1/rights/" + id + "/encumbrances").body;
}

TEST_P(Register, an_undisclosed_right_leaks_nowhere) {
    auto pending =
        with(with(with(form(), "title", "秘密的变流器"), "legal_status", "pending"), "disclosure", "undisclosed");
    pending = with(pending, "grant_date", "");
    auto const id = registered(pending);
    auto const city = app.account("chen.jing", {{"city_officer", {"zone/changsha"}}});
    for (auto browser : {app.visitor(), app.as(professor_id), app.as(city)}) {
        auto const lists = outlets(browser), all = lists + asked_for(browser, id);
        EXPECT_EQ(all.find("秘密的变流器"), std::string::npos);
        EXPECT_EQ(all.find("李明"), std::string::npos);
        EXPECT_EQ(lists.find(id), std::string::npos);
    }
    EXPECT_EQ(app.get("/rights/" + id).status, 404);
    std::string events;
    for (auto const& event : events::after(*app.database().read(), 0, 100))
        if (event.visibility == "public") events += events::to_json(event);
    EXPECT_EQ(events.find(id), std::string::npos);
    EXPECT_EQ(count("rights_tally"), 0) << "nor is it counted";

    auto const own_city = app.account("zhou.min", {{"city_officer", {"zone/zhuzhou"}}});
    for (auto const& account : {member_id, officer_id, own_city}) {
        EXPECT_TRUE(app.as(account).get("/rights").contains("秘密的变流器"));
        EXPECT_EQ(app.as(account).get("/rights/" + id).status, 200);
    }
    Context stranger = app.context(professor_id), insider = app.context(member_id);
    EXPECT_TRUE(cards(stranger, std::vector{id}).empty());
    EXPECT_FALSE(find_right(stranger, "201310699744.2"));
    EXPECT_EQ(cards(insider, std::vector{id}).size(), 1u);

    auto browser = app.as(member_id);
    auto open = with(with(pending, "disclosure", "open"), "version", "1");
    ASSERT_EQ(browser.post("/rights/" + id, open).status, 303);
    EXPECT_TRUE(app.get("/rights").contains("秘密的变流器")) << "published";
    auto const back =
        with(with(with(pending, "version", "2"), "publication_date", "2015-01-01"), "legal_status", "published");
    EXPECT_EQ(browser.post("/rights/" + id, back).status, 422) << "what was published cannot be hidden";
}

TEST_P(Register, counts_are_those_of_the_rows) {
    auto browser = app.as(member_id);
    auto const first = registered(),
               second = registered(
                   with(with(form("95115608.X"), "application_date", "1995-05-05"), "grant_date", "1998-01-01"));
    registered(with(with(with(form(""), "application_number", ""), "kind", "software"), "main_class", ""));
    EXPECT_EQ(right(second).legal_status, LegalStatus::expired) << "its twenty years are over";
    ASSERT_TRUE(take(wish(first, EncumbranceKind::ordinary_licence)));
    ASSERT_EQ(browser
                  .post("/rights/" + second,
                        with(with(with(form("95115608.X"), "application_date", "1995-05-05"), "title", "改名"),
                             "version", "1"))
                  .status,
              303);
    std::map<std::string, std::int64_t> rows, tally;
    app.database().read()->query("select kind, legal_status, encumbrance, city, section from rights_right", {},
                                 [&](db::Row const& row) {
                                     std::string key;
                                     for (int i = 0; i < 5; ++i) key += std::string{row.text(i)} + "/";
                                     ++rows[key];
                                 });
    for (Tally const& one : tallies(*app.database().read()))
        tally[one.kind + "/" + one.legal_status + "/" + one.encumbrance + "/" + one.city + "/" + one.section + "/"] =
            one.rights;
    EXPECT_EQ(rows, tally);
    EXPECT_EQ(rows.size(), 3u);
}

TEST_P(Register, the_api_writes_and_reads_parts_and_guards_versions) {
    auto browser = app.as(member_id);
    auto const made = browser.json(http::Method::post, "/api/v1/rights",
                                   R"({"kind":"software","title":"牵引控制软件","legal_status":"granted",
        "grant_number":"2026SR0123456","holder_shares":[{"name":"株洲中车时代电气股份有限公司","share_ppm":750000},{"name":"中南大学","share_ppm":250000}],
        "inventor_names":["李明"]})");
    ASSERT_EQ(made.status, 201) << made.body;
    std::string const path{made.header("location")};
    auto const got = browser.get(path);
    EXPECT_TRUE(got.contains(R"("share_ppm":750000)"));
    std::string const etag{got.header("etag")};
    EXPECT_EQ(browser.json(http::Method::patch, path, R"({"title":"x"})").status, 412);
    EXPECT_EQ(browser
                  .json(http::Method::patch, path, R"({"holder_shares":[{"name":"中南大学","share_ppm":1}]})",
                        {{"if-match", etag}})
                  .status,
              422);
    EXPECT_EQ(browser.json(http::Method::patch, path, R"({"holder_shares":"x"})", {{"if-match", etag}}).status, 422);
    EXPECT_EQ(browser.json(http::Method::patch, path, R"({"no_field":1})", {{"if-match", etag}}).status, 422);
    EXPECT_EQ(browser.json(http::Method::patch, path, "[]", {{"if-match", etag}}).status, 422);
    EXPECT_EQ(browser.json(http::Method::patch, path, R"({"title":"新名"})", {{"if-match", etag}}).status, 200);
    EXPECT_EQ(browser.json(http::Method::patch, path, R"({"title":"旧名"})", {{"if-match", etag}}).status, 412);
    EXPECT_EQ(app.json(http::Method::post, "/api/v1/rights", "{}").status, 401);
}

TEST_P(Register, fees_are_recorded_and_the_calendar_follows) {
    auto const id = registered();
    EXPECT_TRUE(app.get("/rights/fees").contains("一种高速动车组牵引变流器"));
    EXPECT_TRUE(app.get("/rights/fees.ics").contains("DTSTART;VALUE=DATE:20261218"));
    auto browser = app.as(member_id);
    auto const typed =
        http::Pairs{{"fee_year", "14"}, {"paid_on", "2026-11-20"}, {"amount", "6000"}, {"surcharge", "0"}};
    EXPECT_EQ(browser.post("/rights/" + id + "/fees", with(typed, "paid_on", "2026-12-01")).status, 422)
        << "the future";
    auto const wrong = browser.post("/rights/" + id + "/fees", with(with(typed, "fee_year", "2"), "receipt", "票 7"));
    EXPECT_EQ(wrong.status, 422) << "the year before the grant";
    EXPECT_TRUE(wrong.contains("票 7"));
    EXPECT_EQ(browser.post("/rights/" + id + "/fees", typed).status, 303);
    EXPECT_EQ(right(id).fee_year_paid, 14);
    EXPECT_EQ(to_text(right(id).next_fee_due.value()), "2027-12-20") << "18 December 2027 is a Saturday";
    EXPECT_EQ(browser.post("/rights/" + id + "/fees", typed).status, 409) << "once a year";
}

} // namespace
} // namespace sangu::rights
