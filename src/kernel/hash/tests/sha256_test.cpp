#include "kernel/hash/sha256.h"

#include <gtest/gtest.h>

namespace sangu::hash {
namespace {

// FIPS 180-4 example values.
TEST(Sha256, MatchesTheStandardsExamples) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(Sha256{}.add("a").add("bc").finish(), sha256_hex("abc"));
}

TEST(Sha256, FieldsDoNotRunIntoEachOther) {
    EXPECT_NE(Sha256{}.add_field("ab").add_field("c").finish(), Sha256{}.add_field("a").add_field("bc").finish());
}

} // namespace
} // namespace sangu::hash
