#include "kernel/module.h"
#include "support/test_app.h"

namespace sangu {
Module registry_module();
Module rights_module();
} // namespace sangu

namespace sangu::rights {
namespace {

TEST(Demonstration, HasLabelledRightsWithTheirState) {
    config::Settings settings;
    settings.demo = true;
    test::TestApp app{{registry_module(), rights_module()}, "sqlite", settings};
    auto const reader = app.database().read();
    EXPECT_EQ(reader->integer("select count(*) from rights_right"), 3);
    EXPECT_EQ(reader->integer("select count(*) from rights_right where title not like '%（演示）'"), 0);
    EXPECT_EQ(reader->integer("select count(*) from rights_right where encumbrance = 'ordinary_licence'"), 1);
}

TEST(Demonstration, IsNotThereOtherwise) {
    test::TestApp app{{registry_module(), rights_module()}};
    EXPECT_EQ(app.database().read()->integer("select count(*) from rights_right"), 0);
}

} // namespace
} // namespace sangu::rights
