#include "gallery.h"
#include "kernel/entity/entity.h"

#include <gtest/gtest.h>

namespace sangu::html {
namespace {

using i18n::Language;

enum class Kind { company, university, institute, other };
constexpr auto choices_of(Kind) {
    return choices<Kind>({{Kind::company, "company"},
                          {Kind::university, "university"},
                          {Kind::institute, "institute"},
                          {Kind::other, "other"}});
}

struct Body {
    Id<Body> id;
    std::string name;
    std::string note;
    Money budget;
    bool listed_company = false;
    Kind kind = Kind::company;
    std::int64_t version = 0;
    static entity::EntityMeta const meta;
};
constinit entity::EntityMeta const Body::meta = entity::entity<Body>("page.body", [] {
    using entity::field;
    return entity::fields(field<&Body::id>().key(), field<&Body::name>().required().max_length(80),
                          field<&Body::note>().max_length(500).multiline(), field<&Body::budget>(),
                          field<&Body::listed_company>(), field<&Body::kind>(), field<&Body::version>().version());
});

std::string field_html(Context const& context, std::string_view name, std::string_view text,
                       Problems const& problems = {}, FieldView const& view = {}) {
    Out out;
    form_field(out, context, Body::meta, *Body::meta.find(name), text, problems, view);
    return out.take();
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

TEST(Page, HasLandmarksLanguageAndOneHeading) {
    Gallery gallery;
    auto const context = gallery.context(Language::zh_hant);
    std::string const text = text_of(
        render(context, {.title = "任務 <1>", .crumbs = {{"計畫", "/plans"}}}, [](Out& out) { out << p("x"); }));
    EXPECT_TRUE(has(text, "<html lang=\"zh-Hant\">"));
    EXPECT_TRUE(has(text, "<h1>任務 &lt;1&gt;</h1>"));
    EXPECT_TRUE(has(text, "<a class=\"skip\" href=\"#main\">"));
    EXPECT_TRUE(has(text, "<main id=\"main\""));
    EXPECT_TRUE(has(text, "長株潭國家自主創新示範區"));
    EXPECT_TRUE(has(text, "class=\"demo-ribbon\""));
    EXPECT_TRUE(has(text, "href=\"/tasks?lang=en\""));
    EXPECT_FALSE(has(text, "style="));
}

TEST(Page, LanguageSwitchKeepsFiltersButNotTheFlash) {
    Gallery gallery;
    auto context = gallery.context(Language::en);
    context.path = "/tasks?q=%E9%95%BF&done=done.saved&state=late";
    std::string const text = text_of(render(context, {.title = "x"}, [](Out&) {}));
    EXPECT_TRUE(has(text, "href=\"/tasks?q=%E9%95%BF&amp;state=late&amp;lang=zh-Hant\""));
    EXPECT_TRUE(has(text, "role=\"status\"><p>Saved.</p>"));
}

TEST(Page, MenuShowsOnlyWhatTheActorMayOpen) {
    Gallery gallery;
    auto const context = gallery.context(Language::en);
    std::string const text = text_of(render(context, {.title = "x"}, [](Out&) {}));
    EXPECT_TRUE(has(text, "<a href=\"/tasks\" aria-current=\"page\">"));
    EXPECT_TRUE(has(text, "<a href=\"/tasks/late\">"));
    EXPECT_FALSE(has(text, "/secret"));
    EXPECT_TRUE(has(text, "href=\"/sign-in?next=%2Ftasks\""));
}

TEST(Page, SignedInPeopleGetTheirNameAndAFormToSignOut) {
    Gallery gallery;
    auto const context = gallery.context(Language::en, officer());
    std::string const text = text_of(render(context, {.title = "x"}, [](Out&) {}));
    EXPECT_TRUE(has(text, "周敏"));
    EXPECT_TRUE(
        has(text, "<form method=\"post\" action=\"/sign-out\"><input type=\"hidden\" name=\"csrf\" value=\"token\">"));
}

TEST(Page, FlashComesOnlyFromDoneMessages) {
    Gallery gallery;
    auto context = gallery.context(Language::en);
    context.path = "/tasks?done=error.forbidden";
    EXPECT_FALSE(has(text_of(render(context, {.title = "x"}, [](Out&) {})), "role=\"status\""));
    context.path = "/tasks?done=done.no_such_message";
    EXPECT_FALSE(has(text_of(render(context, {.title = "x"}, [](Out&) {})), "role=\"status\""));
}

TEST(Forms, LabelHintErrorAndTypedTextBelongToTheControl) {
    Gallery gallery;
    auto const context = gallery.context(Language::en);
    std::string const text = field_html(context, "name", "A \"b\"", {{"name", "error.required", {}}},
                                        {.label_key = "page.account", .hint_key = "page.home"});
    EXPECT_TRUE(has(text, "<label for=\"name\">My account"));
    EXPECT_TRUE(has(text, "aria-invalid=\"true\" aria-describedby=\"name-hint name-error\""));
    EXPECT_TRUE(has(text, "value=\"A &quot;b&quot;\" required maxlength=\"80\""));
    EXPECT_TRUE(has(text, "<p class=\"field-error\" id=\"name-error\">"));
    EXPECT_FALSE(has(text, "class=\"optional\""));
}

TEST(Forms, KindsGetFittingControls) {
    Gallery gallery;
    auto const context = gallery.context(Language::en);
    EXPECT_TRUE(has(field_html(context, "note", "two\nlines"),
                    "<textarea id=\"note\" name=\"note\" rows=\"5\" maxlength=\"500\""));
    EXPECT_TRUE(has(field_html(context, "budget", "12.50"), "inputmode=\"decimal\""));
    EXPECT_TRUE(has(field_html(context, "listed_company", "true"),
                    "<input type=\"radio\" id=\"listed_company-true\" name=\"listed_company\" value=\"true\" checked"));
    EXPECT_TRUE(has(field_html(context, "kind", "university"), "<option value=\"university\" selected>"));
    EXPECT_EQ(field_html(context, "version", "3"), "<input type=\"hidden\" name=\"version\" value=\"3\">");
    EXPECT_EQ(field_html(context, "id", "x"), "");
}

TEST(Forms, SummaryLinksToTheFields) {
    Gallery gallery;
    auto const context = gallery.context(Language::en);
    Out out;
    error_summary(out, context, {Refusal::invalid, "error.invalid", {}, {{"name", "error.required", {}}}}, "page.body");
    EXPECT_TRUE(has(out.view(), "role=\"alert\""));
    EXPECT_TRUE(has(out.view(), "<a href=\"#name\">"));
}

TEST(Forms, EveryFormHasATokenAndAFreshKey) {
    Gallery gallery;
    auto const context = gallery.context(Language::en);
    Out first, second;
    begin_form(first, context, "/tasks");
    begin_form(second, context, "https://evil.example/");
    EXPECT_TRUE(has(first.view(), "action=\"/tasks\"><input type=\"hidden\" name=\"csrf\" value=\"token\">"));
    EXPECT_TRUE(has(second.view(), "action=\"#\""));
    EXPECT_NE(first.view().substr(first.view().find("once")), second.view().substr(second.view().find("once")));
}

TEST(Charts, SparklineBridgesGapsAndIsNothingWithoutValues) {
    Out out;
    std::optional<double> const gap[] = {1.0, std::nullopt, 3.0};
    sparkline(out, gap, "rising");
    EXPECT_TRUE(has(out.view(), "points=\"3.0,29.0 237.0,3.0\""));
    out.take();
    std::optional<double> const nothing[] = {std::nullopt};
    sparkline(out, nothing, "none");
    EXPECT_EQ(out.view(), "");
}

TEST(Errors, PageSaysWhatHappenedAndWhatToDoNext) {
    Gallery gallery;
    auto const context = gallery.context(Language::en);
    auto const reply = error_page(context, {Refusal::not_found, "error.not_found", {}, {}});
    EXPECT_EQ(reply.status, 404);
    EXPECT_TRUE(has(text_of(reply), "<h1>Page not found</h1>"));
    EXPECT_TRUE(has(text_of(reply), "01jexample"));
}

} // namespace
} // namespace sangu::html
