#include "base/text_pool.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sangu {

TEST(TextPool, keeps_texts_beyond_its_first_block_and_when_it_is_moved) {
    TextPool pool{16};
    std::vector<std::string> originals;
    std::vector<std::string_view> kept;
    for (int i = 0; i < 200; ++i) {
        originals.push_back(std::string(static_cast<std::size_t>(i), 'x') + std::to_string(i));
        kept.push_back(pool.keep(std::string{originals.back()}));
    }
    TextPool const moved = std::move(pool);
    for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(kept[i], originals[i]);
}

TEST(TextPool, keeps_nothing_of_an_empty_text) { EXPECT_TRUE(TextPool{}.keep("").empty()); }

} // namespace sangu
