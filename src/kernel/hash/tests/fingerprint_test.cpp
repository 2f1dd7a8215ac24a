#include "kernel/hash/fingerprint.h"

#include <gtest/gtest.h>

#include <set>

namespace sangu::hash {
namespace {

TEST(Fingerprint, IsTheSameForTheSameTextOnEveryServer) {
    EXPECT_EQ(fingerprint("三谷"), fingerprint(std::string{"三谷"}));
    EXPECT_EQ(fingerprint("").size(), 32U);
}

TEST(Fingerprint, EveryByteAndTheLengthCount) {
    std::string const page(1000, 'x');
    std::set<std::string> seen{fingerprint(page)};
    for (std::size_t at = 0; at < page.size(); ++at) {
        std::string other = page;
        other[at] = 'y';
        seen.insert(fingerprint(other));
    }
    for (std::size_t size = 0; size < 100; ++size) seen.insert(fingerprint(std::string(size, '\0')));
    EXPECT_EQ(seen.size(), 1101U);
}

} // namespace
} // namespace sangu::hash
