// bench_search <data folder> quality | speed [documents] | standing [needs]: kernel/search beside its peers in one run.

#include "parts.h"

#include <cstdio>
#include <filesystem>
#include <string>

int main(int count, char** arguments) {
    std::string const what = count > 2 ? arguments[2] : "";
    if (what != "quality" && what != "speed" && what != "standing") {
        std::fprintf(stderr, "bench_search <data folder> quality | speed [documents] | standing [needs]\n");
        return 2;
    }
    std::string const data = arguments[1];
    if (!std::filesystem::exists(data + "/zh-sci-csl")) {
        std::fprintf(stderr, "no collection in %s\n", data.c_str());
        return 1;
    }
    std::size_t const size = count > 3 ? std::stoul(arguments[3]) : 100'000;
    if (what == "quality") sangu::bench::quality(data);
    if (what == "speed") sangu::bench::speed(data, size);
    if (what == "standing") sangu::bench::standing(data, size);
    return 0;
}
