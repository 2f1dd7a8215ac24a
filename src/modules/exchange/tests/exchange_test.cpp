#include "modules/exchange/harvest.h"
#include "modules/exchange/records.h"
#include "support/files.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

namespace sangu {
Module registry_module();
Module exchange_module();
} // namespace sangu

namespace sangu::exchange {
namespace {

class Exchange : public ::testing::TestWithParam<char const*> {
protected:
    static config::Settings settings() {
        config::Settings settings;
        settings.public_url = "https://zone.example";
        return settings;
    }
    test::TestApp app{{registry_module(), exchange_module()}, GetParam(), settings()};
    test::Browser officer = app.as(app.account("he.lan", {{"zone_officer", {"zone"}}}));

    std::string organisation(std::string const& name) {
        auto const answer = officer.post("/organisations", {{"name", name}, {"kind", "enterprise"}});
        EXPECT_EQ(answer.status, 303);
        std::string const place{answer.header("location")};
        return place.substr(15, 26);
    }
    // What the jobs do after a while.
    void settle() {
        app.clock().advance_ms(30'000);
        app.host().run_background_once();
        app.host().run_background_once();
    }
    std::string oai(std::string const& query) { return app.get("/oai?" + query).body; }
    static std::string between(std::string const& text, std::string const& start, std::string const& end) {
        auto const at = text.find(start);
        if (at == std::string::npos) return {};
        auto const from = at + start.size();
        return text.substr(from, text.find(end, from) - from);
    }
    static int occurrences(std::string const& text, std::string const& part) {
        int count = 0;
        for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
        return count;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Exchange, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(Exchange, serves_public_records_in_dublin_core) {
    auto const id = organisation("岳麓𠮷 <精密> & 有限公司");
    settle();
    auto const records = oai("verb=ListRecords&metadataPrefix=oai_dc");
    EXPECT_NE(records.find("<dc:title>岳麓𠮷 &lt;精密&gt; &amp; 有限公司</dc:title>"), std::string::npos) << records;
    EXPECT_NE(records.find("<dc:identifier>https://zone.example/organisations/" + id), std::string::npos);
    auto const identifier = "oai:zone.example:organisations/" + id;
    EXPECT_NE(oai("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + identifier).find("<GetRecord>"),
              std::string::npos);
    EXPECT_NE(oai("verb=Identify").find("<deletedRecord>persistent</deletedRecord>"), std::string::npos);
    EXPECT_NE(oai("verb=ListSets").find("<setSpec>organisations</setSpec>"), std::string::npos);
    EXPECT_NE(oai("verb=ListMetadataFormats&identifier=" + identifier).find("oai_dc"), std::string::npos);
}

TEST_P(Exchange, says_every_error_of_the_protocol) {
    organisation("甲公司");
    settle();
    auto const code = [&](std::string const& query) { return between(oai(query), "<error code=\"", "\""); };
    EXPECT_EQ(code("verb=Nonsense"), "badVerb");
    EXPECT_EQ(code("verb=GetRecord"), "badArgument");
    EXPECT_EQ(code("verb=ListRecords&metadataPrefix=marc"), "cannotDisseminateFormat");
    EXPECT_EQ(code("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:zone.example:organisations/x"),
              "idDoesNotExist");
    EXPECT_EQ(code("verb=ListRecords&metadataPrefix=oai_dc&until=2001-01-01"), "noRecordsMatch");
    EXPECT_EQ(code("verb=ListRecords&metadataPrefix=oai_dc&set=nothing"), "noRecordsMatch");
    EXPECT_EQ(code("verb=ListRecords&resumptionToken=x"), "badResumptionToken");
    EXPECT_EQ(code("verb=ListMetadataFormats&identifier=x"), "idDoesNotExist");
}

TEST_P(Exchange, answers_posted_requests_of_programs_without_a_form_token) {
    organisation("甲公司");
    settle();
    auto const answer =
        app.visitor().post("/oai", {{"verb", "ListIdentifiers"}, {"metadataPrefix", "oai_dc"}, {"csrf", ""}});
    EXPECT_EQ(answer.status, 200);
}

TEST_P(Exchange, keeps_deletions_for_ever_and_datestamps_follow_changes) {
    auto const id = organisation("甲公司");
    settle();
    auto const first = find_stamp(*app.database().read(), "organisations", id);
    ASSERT_TRUE(first);
    app.clock().advance_ms(3'600'000);
    settle();
    EXPECT_EQ(find_stamp(*app.database().read(), "organisations", id)->datestamp, first->datestamp) << "unchanged";
    app.write([&](db::Transaction& transaction) {
        transaction.execute("delete from registry_organisation where id = ?", {id});
    });
    reconcile(app.services(), *source_named(app.services(), "organisations"));
    auto const gone = find_stamp(*app.database().read(), "organisations", id);
    ASSERT_TRUE(gone);
    EXPECT_TRUE(gone->deleted);
    EXPECT_GT(gone->datestamp, first->datestamp);
    auto const records = oai("verb=ListRecords&metadataPrefix=oai_dc&set=organisations");
    EXPECT_NE(records.find("<header status=\"deleted\">"), std::string::npos);
    EXPECT_EQ(records.find("<metadata>"), std::string::npos);
}

TEST_P(Exchange, gives_long_lists_in_parts_each_record_once) {
    app.write([&](db::Transaction& transaction) {
        for (int i = 0; i < 250; ++i)
            transaction.execute(
                "insert into registry_organisation (id, name, kind, scope, version) values (?, ?, 'bank', 'zone', 1)",
                {new_id(), "机构" + std::to_string(i)});
    });
    reconcile(app.services(), *source_named(app.services(), "organisations"));
    std::string query = "verb=ListIdentifiers&metadataPrefix=oai_dc";
    int records = 0, parts = 0;
    for (; parts < 10; ++parts) {
        auto const answer = oai(query);
        records += occurrences(answer, "<header>");
        auto const token = between(between(answer, "<resumptionToken", "/resumptionToken>"), ">", "<");
        if (parts == 0) {
            EXPECT_NE(answer.find("completeListSize=\"250\" cursor=\"0\""), std::string::npos);
        }
        if (token.empty()) break;
        query = "verb=ListIdentifiers&resumptionToken=" + token;
    }
    EXPECT_EQ(records, 250);
    EXPECT_EQ(parts, 2);
}

TEST_P(Exchange, tells_search_engines_what_there_is_and_keeps_them_off_facets) {
    auto const id = organisation("甲公司");
    settle();
    EXPECT_TRUE(app.get("/robots.txt").contains("Sitemap: https://zone.example/sitemap.xml"));
    EXPECT_TRUE(app.get("/robots.txt").contains("Disallow: /*?"));
    EXPECT_TRUE(app.get("/sitemap.xml").contains("/sitemaps/organisations-0.xml"));
    EXPECT_TRUE(app.get("/sitemaps/organisations-0.xml").contains("https://zone.example/organisations/" + id));
    EXPECT_TRUE(app.get("/sitemaps/pages-0.xml").contains("<loc>https://zone.example/organisations</loc>"));
    EXPECT_FALSE(app.get("/sitemaps/pages-0.xml").contains("/repositories"));
    for (char const* wrong : {"organisations-1.xml", "organisations--1.xml", "x-0.xml", "organisations-0",
                              "organisations-99999999999999999999.xml"})
        EXPECT_EQ(app.get(std::string{"/sitemaps/"} + wrong).status, 404) << wrong;
    auto const page = app.get("/organisations/" + id);
    EXPECT_NE(page.header("link").find("https://zone.example/organisations/" + id), std::string::npos);
    EXPECT_TRUE(page.contains("<script type=\"application/ld+json\">"));
    auto const feed = app.get("/organisations/feed.atom?kind=enterprise");
    EXPECT_TRUE(feed.contains("<title>甲公司</title>")) << feed.body;
    EXPECT_FALSE(app.get("/organisations/feed.atom?kind=bank").contains("甲公司"));
    EXPECT_TRUE(app.get("/data/catalog.jsonld").contains("dcat:Dataset"));
}

TEST_P(Exchange, harvests_only_servers_the_system_administrator_names) {
    EXPECT_TRUE(may_harvest("https://repository.example/oai"));
    for (char const* wrong : {"ftp://repository.example/", "file:///etc/passwd", "https://x@repository.example/",
                              "gopher://x/", "https://", "https://repository.example/ x"})
        EXPECT_FALSE(may_harvest(wrong)) << wrong;
    http::Pairs const form{
        {"name", "某机构库"}, {"address", "https://repository.example/oai"}, {"every_hours", "24"}, {"active", "true"}};
    EXPECT_EQ(officer.post("/repositories", form).status, 403);
    auto administrator = app.as(app.account("ops", {{"system_administrator", {"zone"}}}));
    EXPECT_EQ(administrator.post("/repositories", form).status, 303);
    EXPECT_EQ(officer.get("/repositories").status, 200);
    EXPECT_EQ(app.get("/repositories").status, 303) << "not for everybody";
}

TEST_P(Exchange, stages_harvested_records_until_an_officer_takes_or_dismisses_them) {
    Repository repository{
        .id = new_id_of<Repository>(), .name = "某机构库", .address = "https://repository.example/oai"};
    app.write([&](db::Transaction& transaction) { entity::insert(transaction, repository); });
    oai::Document document;
    document.records.push_back({.identifier = "oai:r:1",
                                .datestamp = "2026-01-01",
                                .titles = {"一种方法"},
                                .creators = {"甲", "乙"},
                                .descriptions = {"摘要"},
                                .links = {"javascript:alert(1)", "https://repository.example/1"}});
    document.records.push_back({.identifier = "oai:r:2", .datestamp = "2026-01-01", .deleted = true});
    auto const store = [&] {
        std::int64_t stored = 0;
        app.write([&](db::Transaction& transaction) {
            stored = store_records(transaction, app.clock().now(), repository, document);
        });
        return stored;
    };
    EXPECT_EQ(store(), 1) << "what was never seen is not deleted";
    EXPECT_EQ(store(), 0) << "the same again";
    auto const one = entity::first<Harvested>(*app.database().read(), "where identifier = ?", {std::string{"oai:r:1"}});
    ASSERT_TRUE(one);
    EXPECT_EQ(one->link, "https://repository.example/1");
    auto const page = officer.get("/harvested/" + one->id.text);
    EXPECT_TRUE(page.contains("一种方法"));
    EXPECT_EQ(officer.post("/harvested/" + one->id.text + "/dismiss").status, 303);
    document.records[0].datestamp = "2026-02-01";
    document.records[0].deleted = true;
    EXPECT_EQ(store(), 1);
    EXPECT_TRUE(entity::find(*app.database().read(), one->id)->deleted);
    EXPECT_EQ(entity::find(*app.database().read(), one->id)->title, "一种方法") << "what was known stays readable";
}

TEST_P(Exchange, asks_from_the_last_harvest_on_and_goes_on_by_the_token) {
    Repository repository{.address = "https://repository.example/oai"};
    EXPECT_EQ(next_address(repository), "https://repository.example/oai?verb=ListRecords&metadataPrefix=oai_dc");
    repository.harvested_until = "2026-01-02T03:04:05Z";
    repository.set_spec = "a:b";
    EXPECT_EQ(next_address(repository),
              "https://repository.example/oai?verb=ListRecords&metadataPrefix=oai_dc&set=a%3Ab&from=2026-01-02");
    repository.token = "t&1";
    EXPECT_EQ(next_address(repository), "https://repository.example/oai?verb=ListRecords&resumptionToken=t%261");
}

TEST_P(Exchange, shows_what_went_wrong_with_a_harvest) {
    Repository repository{.id = new_id_of<Repository>(), .name = "关着的机构库", .address = "http://127.0.0.1:1/oai"};
    app.write([&](db::Transaction& transaction) { entity::insert(transaction, repository); });
    officer.post("/repositories/" + repository.id.text + "/harvest");
    app.host().run_background_once();
    auto const after = entity::find(*app.database().read(), repository.id);
    EXPECT_EQ(after->state, RepositoryState::failed);
    ASSERT_TRUE(after->last_error);
    EXPECT_TRUE(officer.get("/repositories/" + repository.id.text).contains("连不上对方"));
}

} // namespace
} // namespace sangu::exchange
