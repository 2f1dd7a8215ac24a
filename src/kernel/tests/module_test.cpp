#include "kernel/module.h"

#include <gtest/gtest.h>

namespace sangu {
namespace {

std::string shown(std::vector<MenuItem const*> const& items) {
    std::string text;
    for (MenuItem const* item : items) text += std::string{item->group} + ":" + std::string{item->path} + " ";
    return text;
}

TEST(Menu, KeepsAGroupTogetherWhereItsFirstItemStandsAndPutsWhatHasNoGroupLast) {
    std::vector<Module> modules(2);
    modules[0].menu = {
        {"b", "label", "/b2", "public", 30}, {"", "label", "/inbox", "public", 1}, {"a", "label", "/a", "public", 20}};
    modules[1].menu = {
        {"b", "label", "/b1", "public", 10}, {"c", "label", "/c", "public", 25}, {"b", "label", "/b3", "public", 30}};
    EXPECT_EQ(shown(in_menu_order(modules)), "b:/b1 b:/b2 b:/b3 a:/a c:/c :/inbox ");
    EXPECT_TRUE(in_menu_order({}).empty());
}

} // namespace
} // namespace sangu
