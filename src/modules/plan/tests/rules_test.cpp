#include "modules/plan/rules.h"

#include <gtest/gtest.h>

namespace sangu::plan {
namespace {

using Texts = std::vector<std::string>;

TEST(Lists, AreReadAsPeopleTypeThem) {
    EXPECT_EQ(parts_of("changsha;zhuzhou"), (Texts{"changsha", "zhuzhou"}));
    EXPECT_EQ(parts_of(" 长沙市科技局；株洲市科技局、湘潭市科技局\r\n省科技厅 "),
              (Texts{"长沙市科技局", "株洲市科技局", "湘潭市科技局", "省科技厅"}));
    EXPECT_EQ(parts_of(";;\n ；"), Texts{}) << "what is empty is left out";
    EXPECT_EQ(parts_of(""), Texts{});
    EXPECT_EQ(parts_of("“1+N”，省"), Texts{"“1+N”，省"}) << "other marks belong to the text";
}

} // namespace
} // namespace sangu::plan
