#include "base/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace sangu {
namespace {

TEST(Real, IsWrittenAsItReads) {
    EXPECT_EQ(to_text(1800.0), "1800");
    EXPECT_EQ(to_text(0.1), "0.1");
    EXPECT_EQ(to_text(-0.000001), "-0.000001");
    EXPECT_EQ(to_text(1e15), "1e+15");
    for (double const number : {5e-324, -1e-300, 1e-50, 1.7976931348623157e308, 123456789012345.67, 0.0}) {
        std::string const text = to_text(number);
        EXPECT_EQ(parse_real(text), number) << text;
    }
}

} // namespace
} // namespace sangu
