#include "kernel/host.h"
#include "kernel/module.h"
#include "modules/indicators/store.h"
#include "support/database.h"
#include "support/kernel_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace sangu {
Module registry_module();
Module indicators_module();
} // namespace sangu

namespace sangu::indicators {
namespace {

// The application without its socket, with the plan's own data, asked by an anonymous reader.
class PublicPages : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        i18n::load_catalogues();
        directory_ = new test::TemporaryDirectory;
        clock_ = new SetClock{test::test_start};
        config::Settings settings;
        settings.database = "sqlite:" + (directory_->path() / "pages.db").string();
        host_ = new Host{settings, {registry_module(), indicators_module()}, *clock_};
    }
    static void TearDownTestSuite() {
        delete host_;
        delete clock_;
        delete directory_;
    }

    static http::Reply get(std::string const& target, std::string const& language = "zh-Hans") {
        http::Request request;
        request.target = target;
        auto const mark = target.find('?');
        request.path = target.substr(0, mark);
        if (mark != std::string::npos) request.query = *http::parse_form(target.substr(mark + 1));
        request.headers = {{"host", "127.0.0.1:8080"}, {"accept-language", language}};
        request.remote = "127.0.0.1";
        return host_->handle(request);
    }
    static std::string body_of(http::Reply const& reply) {
        std::string all;
        if (auto const* text = std::get_if<std::string>(&reply.body)) all = *text;
        if (auto const* shared = std::get_if<std::shared_ptr<std::string const>>(&reply.body)) all = **shared;
        if (auto const* view = std::get_if<std::string_view>(&reply.body)) all = *view;
        if (auto const* source = std::get_if<http::BodySource>(&reply.body))
            for (std::string chunk; (*source)(chunk);) all += chunk;
        return all;
    }
    static bool shows(std::string const& page, std::string_view text) { return page.find(text) != std::string::npos; }

    static inline test::TemporaryDirectory* directory_ = nullptr;
    static inline SetClock* clock_ = nullptr;
    static inline Host* host_ = nullptr;
};

TEST_F(PublicPages, OpenInEveryLanguageAndNameEveryMessage) {
    auto const observation = [] {
        auto const session = host_->services().database.read();
        return session
            ->text("select id from indicators_observation where indicator = 'patent_density' and place = "
                   "'three_cities' and period = '2020-11'")
            .value();
    }();
    std::string const paths[]{"/",
                              "/indicators",
                              "/indicators/I04",
                              "/indicators/I04?place=changsha",
                              "/indicators/I05",
                              "/indicators/I08",
                              "/indicators/I16",
                              "/indicators/htz_rank",
                              "/cities/changsha",
                              "/cities/zhuzhou",
                              "/cities/xiangtan",
                              "/data",
                              "/?plan=czt-2024",
                              "/indicators/I04/figures/" + observation,
                              "/targets",
                              "/sources",
                              "/indicators/I04?on=2020-12-31"};
    for (std::string const& path : paths)
        for (std::string const lang : {"zh-Hans", "zh-Hant", "en"}) {
            SCOPED_TRACE(path + " " + lang);
            auto const reply = get(path, lang);
            ASSERT_EQ(reply.status, 200);
            std::string const page = body_of(reply);
            EXPECT_TRUE(shows(page, "<h1"));
            for (std::string_view const raw :
                 {">indicators.", ">event.", ">audit.action.", ">permission.", "\"indicators.", ">menu."})
                EXPECT_FALSE(shows(page, raw)) << raw << " " << page.substr(page.find(raw), 80);
            if (char const* folder = std::getenv("SANGU_KEEP_PAGES")) {
                std::string name = path + "." + lang;
                for (char& c : name) c = c == '/' || c == '?' || c == '&' || c == '=' ? '_' : c;
                std::ofstream{std::string{folder} + "/" + name + ".html"} << page;
            }
        }
}

TEST_F(PublicPages, CockpitSaysWhatIsReachedAndWhatHasNoData) {
    std::string const page = body_of(get("/"));
    EXPECT_TRUE(shows(page, "21,200"));
    EXPECT_TRUE(shows(page, "完成度 118%"));
    EXPECT_TRUE(shows(page, "完成度 250%"));
    EXPECT_TRUE(shows(page, "暂无数据"));
    EXPECT_FALSE(shows(page, "完成度 0%"));
    EXPECT_FALSE(shows(page, "1.98")) << "the province's share must not stand for the zone";
    EXPECT_TRUE(shows(page, "/cities/xiangtan"));
    EXPECT_LT(page.size(), 100'000u);
}

TEST_F(PublicPages, ReceiptRecomputesThePooledRatio) {
    std::string const list = body_of(get("/indicators/I04", "en"));
    EXPECT_TRUE(shows(list, "15.12"));
    EXPECT_TRUE(shows(list, "17.39"));
    EXPECT_TRUE(shows(list, "13.15"));
    auto const session = host_->services().database.read();
    auto const id = session
                        ->text("select id from indicators_observation where indicator = 'patent_density' and place = "
                               "'three_cities' and period = '2020-11'")
                        .value();
    std::string const page = body_of(get("/indicators/I04/figures/" + id, "en"));
    for (std::string_view const text :
         {"43,767", "1,530.5", "28.5965", "28.6 per 10,000 residents", "https://amr.hunan.gov.cn"})
        EXPECT_TRUE(shows(page, text)) << text;
    EXPECT_EQ(get("/indicators/I08/figures/" + id).status, 404) << "a figure of another series";
}

TEST_F(PublicPages, ForecastNamesItsMethodOrWhyThereIsNone) {
    EXPECT_TRUE(shows(body_of(get("/indicators/I04?place=changsha", "en")),
                      "least squares on the logarithm of 5 observations"));
    EXPECT_TRUE(shows(body_of(get("/indicators/I04?place=xiangtan", "en")), "has 3 observations"));
}

TEST_F(PublicPages, DownloadsAreTheImportersColumns) {
    std::string const csv = body_of(get("/data/observations/csv?indicator=patent_density&place=changsha"));
    EXPECT_TRUE(shows(csv, "indicator,place,period_kind,period,"));
    EXPECT_EQ(std::ranges::count(csv, '\n'), 6);
    std::string const json = body_of(get("/data/observations/json"));
    EXPECT_TRUE(json.starts_with("[\n{"));
    EXPECT_TRUE(json.ends_with("}\n]\n"));
    EXPECT_EQ(body_of(get("/data/targets/xlsx")).substr(0, 2), "PK");
    EXPECT_EQ(get("/data/accounts/csv").status, 404);
}

TEST_F(PublicPages, ApiFiltersAndPagesObservations) {
    std::string const first = body_of(get("/api/v1/observations?indicator=patent_density&limit=5"));
    EXPECT_TRUE(shows(first, "\"next\":\"/api/v1/observations?")) << first.substr(first.size() - 300);
    EXPECT_EQ(get("/api/v1/observations?colour=red").status, 422);
    EXPECT_EQ(get("/api/v1/observations?as_on=2020-02-30").status, 422);
    std::string const cockpit = body_of(get("/api/v1/cockpit"));
    EXPECT_TRUE(shows(cockpit, "\"rating\":\"reached\""));
}

TEST_F(PublicPages, WorkingPagesAreForOfficers) {
    for (std::string const path : {"/figures", "/figures/new", "/figures/import"}) {
        auto const reply = get(path);
        EXPECT_TRUE(reply.status == 303 || reply.status == 401) << path << " " << reply.status;
    }
}

TEST_F(PublicPages, FeedIsAtom) {
    std::string const xml = body_of(get("/feed.atom"));
    EXPECT_TRUE(shows(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\""));
    EXPECT_TRUE(shows(xml, "<entry><title>导入数据：plan-2017-2019/observations.csv</title>"));
}

} // namespace
} // namespace sangu::indicators
