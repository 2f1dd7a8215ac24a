#include "base/embedded.h"
#include "kernel/html/page.h"

#include <functional>
#include <map>

namespace sangu::embedded {
std::span<EmbeddedFile const> assets();
}

namespace sangu::html {

namespace {

constexpr std::size_t fingerprint_length = 12;

// "app-0123456789ab.css" → "app.css"; nothing for names without a fingerprint and for compressed twins.
std::string logical_name(std::string_view file) {
    std::size_t const dot = file.rfind('.');
    std::size_t const dash = file.rfind('-', dot);
    if (dot == std::string_view::npos || dash == std::string_view::npos || dot - dash - 1 != fingerprint_length)
        return {};
    return std::string{file.substr(0, dash)} + std::string{file.substr(dot)};
}

std::map<std::string, std::string, std::less<>> addresses() {
    std::map<std::string, std::string, std::less<>> result;
    for (EmbeddedFile const& file : embedded::assets())
        if (std::string logical = logical_name(file.name); !logical.empty())
            result.emplace(std::move(logical), "/assets/" + std::string{file.name});
    return result;
}

} // namespace

std::string_view asset(std::string_view name) {
    static auto const known = addresses();
    auto const found = known.find(name);
    return found == known.end() ? std::string_view{"/assets/not-built"} : std::string_view{found->second};
}

} // namespace sangu::html
