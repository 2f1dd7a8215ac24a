// Runs a fuzz target over the files of a corpus, each also cut short at many places.

#include "base/result.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size);

namespace {

void run(std::string const& text, std::size_t size) {
    LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(text.data()), size);
}

} // namespace

int main(int count, char** arguments) {
    constexpr std::size_t cuts_max = 200;
    SANGU_ASSERT(count == 2);
    int files = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{arguments[1]}) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file{entry.path(), std::ios::binary};
        std::string const text{std::istreambuf_iterator<char>{file}, {}};
        run(text, text.size());
        std::size_t const stride = std::max<std::size_t>(1, text.size() / cuts_max);
        for (std::size_t size = 0; size < text.size(); size += stride) run(text, size);
        ++files;
    }
    std::printf("%d files\n", files);
    return files == 0 ? 1 : 0;
}
