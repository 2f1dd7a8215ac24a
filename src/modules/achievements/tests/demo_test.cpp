// The entries of the demonstration are whole: they pass every check that people's entries pass.

#include "kernel/module.h"
#include "support/test_app.h"

namespace sangu {
Module registry_module();
Module library_module();
Module achievements_module();
} // namespace sangu

namespace sangu::achievements {
namespace {

TEST(Demonstration, HasPublishedEntriesThatSayWhatTheyAre) {
    config::Settings settings;
    settings.demo = true;
    test::TestApp app{{registry_module(), library_module(), achievements_module()}, "sqlite", settings};
    auto const reader = app.database().read();
    EXPECT_EQ(reader->integer("select count(*) from library_entry where kind = 'achievement' and state = 'published'"),
              4);
    EXPECT_EQ(reader->integer("select count(*) from library_entry where title not like '%（演示）%'"), 0);
    EXPECT_TRUE(app.get("/achievements").contains("高速列车轮轨减振复合材料"));
}

TEST(Demonstration, IsNotThereOtherwise) {
    test::TestApp app{{registry_module(), library_module(), achievements_module()}};
    EXPECT_EQ(app.database().read()->integer("select count(*) from library_entry"), 0);
}

} // namespace
} // namespace sangu::achievements
