// Layers of disclosure hold in every outlet: an entry carries a marker in each layer, and every address is asked as
// everybody; a marker where it may not be is a leak.

#include "modules/all_modules.h"
#include "support/test_app.h"

namespace sangu::test {
namespace {

// One marker for each layer. The pairs of a kind carry them where people write.
constexpr std::string_view in_title = "markertitle", in_abstract = "markerabstract", in_body = "markerbody",
                           in_file = "markerfile", in_own = "markerown";

struct Sample {
    std::string_view path;
    http::Pairs form;
};

std::string words(std::string_view marker) {
    std::string text{marker};
    for (int i = 0; i < 12; ++i) text += " 一段足够长的文字用来说明";
    return text;
}

http::Pairs achievement() {
    return {{"title", std::string{in_title} + " 一项示例"},
            {"abstract", words(in_abstract)},
            {"form", "material"},
            {"stage", "pilot"},
            {"tech_field", "new_materials"},
            {"transfer", "true"},
            {"price_mode", "negotiation"},
            {"owners-1-name", std::string{in_abstract} + "单位"},
            {"owners-1-share", "100"},
            {"rights-1-number", std::string{in_abstract} + "1"},
            {"inventors", std::string{in_abstract} + "人"},
            {"description", words(in_body)},
            {"advantages", words(in_body)},
            {"conditions", words(in_body)}};
}

http::Pairs demand() {
    return {{"title", std::string{in_title} + " 一项需求"},
            {"abstract", words(in_abstract)},
            {"tech_field", "new_materials"},
            {"deadline", "2030-01-01"},
            {"confidentiality", "business_secret"},
            {"buy", "true"},
            {"budget_open", "true"},
            {"problem", words(in_body)},
            {"situation", words(in_body)},
            {"targets-1-name", std::string{in_body} + "噪声"},
            {"targets-1-bound", "at_most"},
            {"targets-1-figure", "60"},
            {"acceptance", words(in_body)}};
}

http::Pairs talent() {
    return {{"title", std::string{in_title} + " 一个岗位"},
            {"abstract", words(in_abstract)},
            {"direction", "wanted"},
            {"level", "leading"},
            {"engagement", "full_time"},
            {"tech_field", "aerospace"},
            {"duties", words(in_body)},
            {"requirements", words(in_body)},
            {"offer", words(in_body)}};
}

http::Pairs expert() {
    return {{"title", std::string{in_title} + " 一位专家"},
            {"abstract", words(in_abstract)},
            {"name", std::string{in_title} + "林远"},
            {"category", "technology"},
            {"employer", "一家研究所"},
            {"tech_field", "new_materials"},
            {"speciality", "高分子"},
            {"directions", "一段足够长的文字"},
            {"availability", "available"},
            {"consulting", "true"},
            {"evidence-1-kind", "project"},
            {"evidence-1-title", "一个项目"},
            {"avoidance-1-ground", "family"},
            {"avoidance-1-name", std::string{in_own}},
            {"experience", words(in_body)},
            {"phone", std::string{in_body} + "0731"}};
}

http::Pairs intermediary() {
    return {{"title", std::string{in_title} + " 一家机构"},
            {"abstract", words(in_abstract)},
            {"technology_transfer", "true"},
            {"coverage", words(in_abstract)},
            {"description", words(in_abstract)},
            {"tariff_terms", words(in_abstract)},
            {"licences-1-name", std::string{in_title} + "许可"},
            {"licences-1-number", "1"},
            {"licences-1-issuer", "一个部门"},
            {"tariff-1-service", std::string{in_abstract} + "服务"},
            {"tariff-1-basis", "agreed"},
            {"contact", std::string{in_body} + "人"}};
}

std::vector<Sample> samples() {
    return {{"achievements", achievement()},
            {"demands", demand()},
            {"talents", talent()},
            {"experts", expert()},
            {"intermediaries", intermediary()}};
}

enum class Sees { nothing, title, abstract, body, files, own };

class Leaks : public testing::TestWithParam<char const*> {
protected:
    void SetUp() override {
        if (std::string_view{GetParam()} == "postgres" && !has_postgres()) GTEST_SKIP() << "no PostgreSQL";
        config::Settings settings;
        settings.public_url = "https://zone.example";
        app_.emplace(all_modules(), GetParam(), settings);
        owner_ = app_->account("owner", {}, "李娜");
        member_ = app_->account("member", {}, "赵强");
        trusted_ = app_->account("trusted", {}, "孙丽");
        fully_ = app_->account("fully", {}, "周强");
        officer_ = app_->account("officer", {{"zone_officer", {"zone"}}}, "王伟");
        other_city_ = app_->account("other", {{"city_officer", {"zone/zhuzhou"}}}, "刘洋");
        system_ = app_->account("system", {{"system_administrator", {"zone"}}}, "管理员");
    }

    // Written, published, opened to two people, with an attachment.
    std::string publish(Sample const& sample) {
        auto owner = app_->as(owner_), officer = app_->as(officer_);
        std::string const base = "/" + std::string{sample.path};
        auto const started = owner.post(base, {{"title", sample.form[0].second}, {"place", "changsha"}});
        std::string const edit{started.header("location")};
        std::string const number = edit.substr(base.size() + 1, 14);
        owner.get(edit);
        auto form = sample.form;
        form.emplace_back("version", owner.hidden_field("version"));
        for (auto const& [field, audience] :
             {std::pair{"abstract_for", "members"}, {"body_for", "consent"}, {"files_for", "consent"}})
            form.emplace_back(field, audience);
        std::vector<http::Upload> files;
        files.emplace_back();
        files.back().field = "upload";
        files.back().file_name = std::string{in_file} + ".txt";
        files.back().data = in_file;
        files.back().size = files.back().data.size();
        auto const saved = owner.upload(base + "/" + number, std::move(form), std::move(files));
        EXPECT_EQ(saved.status, 303) << saved.body;
        drafts_.push_back(number);
        check(sample, number, false);
        EXPECT_EQ(owner.post("/entries/" + number + "/actions/submit").status, 303);
        check(sample, number, false);
        EXPECT_EQ(officer.post("/entries/" + number + "/actions/publish").status, 303);
        for (auto const& [account, layer] : {std::pair{trusted_, "body"}, {fully_, "files"}})
            EXPECT_EQ(owner.post("/entries/" + number + "/access", {{"account", account}, {"layer", layer}}).status,
                      303);
        app_->host().run_background_once();
        return number;
    }

    // Everywhere an entry may show itself.
    std::vector<std::string> outlets(Sample const& sample, std::string const& number) {
        std::string const base = "/" + std::string{sample.path}, one = base + "/" + number,
                          entry = "/entries/" + number;
        std::vector<std::string> all{"/",
                                     base,
                                     base + "?sort=confirmed",
                                     base + "/feed.atom",
                                     base + "/download/csv",
                                     base + "/download/json",
                                     one,
                                     one + "?lang=en",
                                     one + "/edit",
                                     one + "/check",
                                     entry + "/history",
                                     "/api/v1" + base,
                                     "/api/v1" + one,
                                     "/my/entries",
                                     "/library/review",
                                     "/inbox",
                                     "/feed.atom",
                                     "/events",
                                     "/oai?verb=ListRecords&metadataPrefix=oai_dc&set=" + std::string{sample.path},
                                     "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:zone.example:" +
                                         std::string{sample.path} + "/" + number,
                                     "/sitemap.xml",
                                     "/sitemaps/" + std::string{sample.path} + "-0.xml",
                                     "/data/catalog.jsonld",
                                     "/lists",
                                     "/threads",
                                     "/work"};
        all.push_back("/experts/finder?demand=" + number);
        all.push_back("/experts/finder?field=new_materials&text=%E4%B8%80%E6%AE%B5%E8%B6%B3%E5%A4%9F");
        for (std::string_view const marker : {in_title, in_abstract, in_body, in_file, in_own}) {
            all.push_back(base + "?q=" + std::string{marker});
            all.push_back("/search?q=" + std::string{marker});
            all.push_back("/api/v1/search?q=" + std::string{marker});
            all.push_back("/search?words=any&q=" + std::string{marker});
            all.push_back("/search?q=" + std::string{marker.substr(0, marker.size() - 1)});
            all.push_back("/api/v1/search/completions?q=" + std::string{marker.substr(0, 6)});
        }
        all.push_back("/matches/" + number);
        all.push_back("/api/v1/matches/" + number);
        all.emplace_back("/search?q=%E4%B8%80%E6%AE%B5%E8%B6%B3%E5%A4%9F%E9%95%BF");
        all.emplace_back("/api/v1/search?q=%E4%B8%80%E6%AE%B5%E8%B6%B3%E5%A4%9F%E9%95%BF");
        return all;
    }

    static Sees deepest(std::string const& body, std::string_view target) {
        auto const has = [&](std::string_view marker) {
            // What was searched for stands in the search box.
            bool const own = target.find(marker) != std::string_view::npos;
            auto const first = body.find(marker);
            if (!own) return first != std::string::npos;
            std::string rest = body;
            for (std::string const& echo : {"value=\"" + std::string{marker} + "\"", "q=" + std::string{marker},
                                            "q%3D" + std::string{marker}, "value=\"?q=" + std::string{marker}})
                for (auto at = rest.find(echo); at != std::string::npos; at = rest.find(echo))
                    rest.erase(at, echo.size());
            return rest.find(marker) != std::string::npos;
        };
        if (has(in_own)) return Sees::own;
        if (has(in_file)) return Sees::files;
        if (has(in_body)) return Sees::body;
        if (has(in_abstract)) return Sees::abstract;
        return has(in_title) ? Sees::title : Sees::nothing;
    }

    void expect_at_most(Browser browser, std::string_view who, Sees most, Sample const& sample,
                        std::string const& number) {
        for (std::string const& target : outlets(sample, number)) {
            auto const answer = browser.get(target, {{"last-event-id", "0"}});
            EXPECT_LT(answer.status, 500) << who << " " << target;
            EXPECT_LE(deepest(answer.body, target), most)
                << who << " sees layer " << static_cast<int>(deepest(answer.body, target)) << " at " << target;
        }
        std::string const file = app_->database().read()->text("select id from kernel_attachment").value_or("");
        EXPECT_EQ(browser.get("/entries/" + number + "/files/" + file).status == 200, most == Sees::files) << who;
        // Refusals say nothing either.
        for (std::string const& target :
             {"/entries/" + number + "/actions/publish", "/entries/" + number + "/actions/nonsense",
              "/entries/" + number + "/undertaking", "/entries/" + number + "/access",
              "/" + std::string{sample.path} + "/" + number}) {
            if (most == Sees::files) continue;
            auto const answer = browser.post(target, {{"version", "1"}});
            EXPECT_GE(answer.status, 300) << who << " " << target;
            EXPECT_LE(deepest(answer.body, target), most) << who << " posts to " << target;
        }
        // A search finds what it may look into.
        auto const found = browser.get("/" + std::string{sample.path} + "?q=" + std::string{in_body});
        EXPECT_FALSE(found.contains(number)) << who << ": the whole text is not searched";
    }

    // What is published by others too follows a while after the act.
    void settle() {
        app_->host().run_background_once(); // the listener hears of it
        app_->clock().advance_ms(30'000);
        app_->host().run_background_once();
    }

    void check(Sample const& sample, std::string const& number, bool is_published) {
        settle();
        Sees const title = is_published ? Sees::title : Sees::nothing;
        expect_at_most(app_->visitor(), "a visitor", title, sample, number);
        Sees const abstract = is_published ? Sees::abstract : Sees::nothing;
        expect_at_most(app_->as(member_), "a member", abstract, sample, number);
        expect_at_most(app_->as(other_city_), "another city's officer", abstract, sample, number);
        expect_at_most(app_->as(system_), "the administrator", abstract, sample, number);
        if (!is_published) return;
        expect_at_most(app_->as(trusted_), "a reader with consent", Sees::body, sample, number);
        expect_at_most(app_->as(fully_), "a reader of everything", Sees::files, sample, number);
        auto const search = "/" + std::string{sample.path} + "?q=" + std::string{in_abstract};
        EXPECT_FALSE(app_->visitor().get(search).contains(number)) << "a visitor cannot find by the abstract";
        EXPECT_TRUE(app_->as(member_).get(search).contains(number));
        std::string const harvested =
            app_->visitor().get("/oai?verb=ListRecords&metadataPrefix=oai_dc&set=" + std::string{sample.path}).body;
        EXPECT_NE(harvested.find("<dc:title>" + sample.form[0].second), std::string::npos) << "a title is published";
        EXPECT_NE(harvested.find("https://zone.example/" + std::string{sample.path} + "/" + number), std::string::npos);
        EXPECT_TRUE(app_->visitor().get("/sitemaps/" + std::string{sample.path} + "-0.xml").contains(number));
        // And what may be seen is seen: the markers stand where they are looked for.
        std::string const page = "/" + std::string{sample.path} + "/" + number;
        EXPECT_EQ(deepest(app_->visitor().get(page).body, page), Sees::title);
        EXPECT_EQ(deepest(app_->as(member_).get(page).body, page), Sees::abstract);
        EXPECT_EQ(deepest(app_->as(trusted_).get(page).body, page), Sees::body);
        EXPECT_EQ(deepest(app_->as(fully_).get(page).body, page), Sees::files);
        Sees const innermost = sample.path == "experts" ? Sees::own : Sees::files;
        EXPECT_EQ(deepest(app_->as(officer_).get(page).body, page), innermost);
        EXPECT_EQ(deepest(app_->as(owner_).get(page).body, page), innermost);
        EXPECT_EQ(deepest(app_->as(fully_).get("/api/v1" + page).body, page), Sees::body);
    }

    std::optional<TestApp> app_;
    std::string owner_, member_, trusted_, fully_, officer_, other_city_, system_;
    std::vector<std::string> drafts_;
};
SANGU_ON_BOTH_DATABASES(Leaks);

TEST_P(Leaks, EveryOutletKeepsTheLayers) {
    for (Sample const& sample : samples()) {
        app_.reset(); // a house for each kind, so that no marker is another's
        SetUp();
        std::string const number = publish(sample);
        check(sample, number, true);
        auto owner = app_->as(owner_);
        EXPECT_EQ(owner.post("/entries/" + number + "/access", {{"account", trusted_}, {"layer", ""}}).status, 303);
        expect_at_most(app_->as(trusted_), "a reader whose consent was taken back", Sees::abstract, sample, number);
        EXPECT_EQ(owner.post("/entries/" + number + "/actions/withdraw").status, 303);
        std::string const page = "/" + std::string{sample.path} + "/" + number;
        EXPECT_EQ(app_->visitor().get(page).status, 404);
        EXPECT_EQ(app_->as(fully_).get(page).status, 404) << "withdrawn";
        settle();
        auto const harvested =
            app_->visitor().get("/oai?verb=ListRecords&metadataPrefix=oai_dc&set=" + std::string{sample.path});
        EXPECT_TRUE(harvested.contains("<header status=\"deleted\">")) << harvested.body;
        EXPECT_FALSE(harvested.contains(in_title)) << "withdrawn";
        EXPECT_FALSE(app_->visitor().get("/sitemaps/" + std::string{sample.path} + "-0.xml").contains(number));
    }
}

} // namespace
} // namespace sangu::test
