// What strangers' programs read: everything a harvester, a search engine or a feed reader finds opens for anybody, and
// nothing in it is hidden, personal or of a record that strangers may not know of.

#include "kernel/config/settings.h"
#include "kernel/module.h"
#include "modules/all_modules.h"
#include "support/test_app.h"

#include <set>

namespace sangu::test {
namespace {

constexpr std::string_view marker = "markerhidden", home = "https://zone.example";

std::vector<std::string> all_between(std::string_view text, std::string_view start, std::string_view end) {
    std::vector<std::string> found;
    for (std::size_t at = text.find(start); at != std::string_view::npos; at = text.find(start, at)) {
        at += start.size();
        found.emplace_back(text.substr(at, text.find(end, at) - at));
    }
    return found;
}

class Published : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !has_postgres()) GTEST_SKIP() << "no PostgreSQL";
        config::Settings settings;
        settings.anonymous_requests_per_minute = 1'000'000; // one visitor opens hundreds of addresses
        settings.public_url = home;
        app_.emplace(all_modules(), GetParam(), settings);
        officer_.emplace(app_->as(app_->account("markerhidden", {{"zone_officer", {"zone"}}}, "markerhidden 王伟")));
    }

    // A record of each sort, with the marker wherever strangers may not look.
    void fill() {
        for (auto const& typed : {right("一种公开的变流器", "open"), right("markerhidden 变流器", "undisclosed")}) {
            auto const registered = officer_->post("/rights", typed);
            EXPECT_EQ(registered.status, 303) << registered.body;
        }
        EXPECT_EQ(officer_->post("/organisations", {{"name", "麓谷精密有限公司"}, {"kind", "enterprise"}}).status, 303);
        app_->write([](db::Transaction& transaction) {
            transaction.execute("insert into registry_person (id, name, is_public, version) values (?, ?, ?, 1)",
                                {new_id(), std::string{"markerhidden 李娜"}, false});
        });
        mark_hidden_fields();
    }

    static http::Pairs right(std::string_view title, std::string_view disclosure) {
        return {{"kind", "invention"},
                {"country", "CN"},
                {"title", std::string{title}},
                {"application_date", "2020-12-18"},
                {"legal_status", "pending"},
                {"disclosure", std::string{disclosure}},
                {"docket", std::string{disclosure}},
                {"holder_name", "中南大学"},
                {"holder_share", "100"},
                {"inventors", "李明"}};
    }

    // In every public table: the hidden and personal texts that its constraints let be anything.
    void mark_hidden_fields() {
        int marked = 0;
        for (Module const& module : app_->services().modules)
            for (resource::Resource const& one : module.resources)
                for (entity::FieldMeta const& field : one.meta->fields) {
                    if (!(field.hidden || field.personal) || field.type->kind != entity::Kind::text) continue;
                    try {
                        app_->write([&](db::Transaction& transaction) {
                            transaction.execute("update " + one.meta->table() + " set " + std::string{field.name} +
                                                    " = ? where id = (select min(id) from " + one.meta->table() + ")",
                                                {std::string{marker}});
                            transaction.settle();
                        });
                        ++marked;
                    } catch (db::ConstraintViolation const&) {
                        // The table keeps such a text out itself.
                    }
                }
        EXPECT_GT(marked, 0);
    }

    void settle() {
        for (int i = 0; i < 3; ++i) {
            app_->clock().advance_ms(4 * 3'600'000);
            app_->host().run_background_once();
        }
    }

    // Reads as a stranger; the body of what opens.
    std::string opened(std::string const& target) {
        auto const answer = app_->visitor().get(target);
        EXPECT_EQ(answer.status, 200) << target;
        EXPECT_EQ(answer.body.find(marker), std::string::npos) << target;
        return answer.body;
    }
    static std::string path_of(std::string const& address) {
        EXPECT_EQ(address.find(home), 0u) << address;
        return address.substr(home.size());
    }

    std::optional<TestApp> app_;
    std::optional<Browser> officer_;
};
SANGU_ON_BOTH_DATABASES(Published);

TEST_P(Published, OpensForAnybodyAndHidesWhatStrangersMayNotKnow) {
    fill();
    settle();
    std::set<std::string> sets;
    std::string query = "metadataPrefix=oai_dc";
    for (int part = 0; part < 50; ++part) {
        std::string const records = opened("/oai?verb=ListRecords&" + query);
        for (std::string const& one : all_between(records, "<setSpec>", "<")) sets.insert(one);
        auto const token = all_between(records, "<resumptionToken", "/resumptionToken>");
        std::string const rest = token.empty() ? "" : token[0].substr(token[0].find('>') + 1);
        if (rest.size() < 2) break;
        query = "resumptionToken=" + rest.substr(0, rest.size() - 1);
    }
    for (std::string const name : {"organisations", "rights", "tasks"})
        EXPECT_TRUE(sets.contains(name)) << name << " is published";
    EXPECT_FALSE(sets.contains("people"));
    EXPECT_NE(opened("/oai?verb=ListRecords&metadataPrefix=oai_dc&set=rights").find("一种公开的变流器"),
              std::string::npos);

    int pages = 0;
    for (std::string const& part : all_between(opened("/sitemap.xml"), "<loc>", "<")) {
        auto const addresses = all_between(opened(path_of(part)), "<loc>", "<");
        EXPECT_FALSE(addresses.empty()) << part;
        for (std::size_t i = 0; i < addresses.size(); i += 1 + addresses.size() / 8, ++pages)
            opened(path_of(addresses[i]));
    }
    EXPECT_GT(pages, 20);

    auto const downloads = all_between(opened("/data/catalog.jsonld"), "\"dcat:downloadURL\":{\"@id\":\"", "\"");
    EXPECT_GT(downloads.size(), 20u);
    for (std::string const& one : downloads) opened(path_of(one));
    for (std::string const& name : sets) {
        auto const feed = app_->visitor().get("/" + name + "/feed.atom");
        EXPECT_EQ(feed.body.find(marker), std::string::npos) << name;
        EXPECT_TRUE(feed.status == 200 || name == "rights") << name << " has a feed";
    }
}

} // namespace
} // namespace sangu::test
