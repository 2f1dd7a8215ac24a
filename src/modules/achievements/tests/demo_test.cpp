// The entries of the demonstration are whole: they pass every check that people's entries pass.

#include "kernel/module.h"
#include "modules/library/library.h"
#include "support/test_app.h"

namespace sangu {
Module registry_module();
Module reference_module();
Module rights_module();
Module library_module();
Module achievements_module();
namespace embedded {
std::span<EmbeddedFile const> achievements_files();
}
} // namespace sangu

namespace sangu::achievements {
namespace {

TEST(Demonstration, HasPublishedEntriesThatSayWhatTheyAre) {
    config::Settings settings;
    settings.demo = true;
    test::TestApp app{{reference_module(), registry_module(), rights_module(), library_module(), achievements_module()},
                      "sqlite",
                      settings};
    auto const reader = app.database().read();
    EXPECT_EQ(reader->integer("select count(*) from library_entry where kind = 'achievement' and state = 'published'"),
              4);
    EXPECT_EQ(reader->integer("select count(*) from library_entry where title not like '%（演示）%'"), 0);
    EXPECT_TRUE(app.get("/achievements").contains("高速列车轮轨减振复合材料"));
}

TEST(Demonstration, GoesOnWhenARowIsRefused) {
    config::Settings settings;
    settings.demo = true;
    test::TestApp app{{reference_module(), registry_module(), rights_module(), library_module(), achievements_module()},
                      "sqlite",
                      settings};
    app.write([](db::Transaction& transaction) { transaction.execute("delete from library_entry"); });
    library::Kind const& kind = *library::kind_named(app.services(), "achievement");
    std::string_view whole;
    for (EmbeddedFile const& file : embedded::achievements_files())
        if (file.name == "data/demo.jsonl") whole = file.data;
    std::string const good{whole.substr(0, whole.find('\n'))};
    EXPECT_EQ(library::seed_demo(app.services(), kind,
                                 "{\"title\": \"没有其余内容（演示）\", \"place\": \"changsha\"}\n"
                                 "not JSON\n{\"nonsense\": 1}\n" +
                                     good),
              1)
        << "three rows are reported, one is published";
}

TEST(Demonstration, IsNotThereOtherwise) {
    test::TestApp app{
        {reference_module(), registry_module(), rights_module(), library_module(), achievements_module()}};
    EXPECT_EQ(app.database().read()->integer("select count(*) from library_entry"), 0);
}

} // namespace
} // namespace sangu::achievements
