// The entries of the demonstration are whole: they pass every check that people's entries pass.

#include "kernel/module.h"
#include "support/test_app.h"

namespace sangu {
Module registry_module();
Module reference_module();
Module library_module();
Module demands_module();
} // namespace sangu

namespace sangu::demands {
namespace {

TEST(Demonstration, HasPublishedEntriesThatSayWhatTheyAre) {
    config::Settings settings;
    settings.demo = true;
    test::TestApp app{{reference_module(), registry_module(), library_module(), demands_module()}, "sqlite", settings};
    auto const reader = app.database().read();
    EXPECT_EQ(reader->integer("select count(*) from library_entry where kind = 'demand' and state = 'published'"), 3);
    EXPECT_EQ(reader->integer("select count(*) from library_entry where title not like '%（演示）%'"), 0);
    EXPECT_EQ(reader->integer("select count(*) from demands_target"), 7);
    EXPECT_TRUE(app.get("/demands").contains("寻找城轨车辆低噪声轨道扣件"));
    EXPECT_TRUE(app.get("/talents?direction=offered").contains("可来湘工作"));
}

TEST(Demonstration, IsNotThereOtherwise) {
    test::TestApp app{{reference_module(), registry_module(), library_module(), demands_module()}};
    EXPECT_EQ(app.database().read()->integer("select count(*) from library_entry"), 0);
}

} // namespace
} // namespace sangu::demands
