#include "kernel/module.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace sangu {

std::vector<Module> in_order(std::vector<Module> modules) {
    std::vector<Module> sorted;
    auto const is_sorted = [&](std::string_view name) {
        return std::ranges::find(sorted, name, &Module::name) != sorted.end();
    };
    auto const is_ready = [&](Module const& module) { return std::ranges::all_of(module.uses, is_sorted); };
    while (!modules.empty()) {
        auto const next = std::ranges::find_if(modules, is_ready);
        if (next == modules.end())
            throw std::logic_error{std::string{modules.front().name} + " uses a missing module, or there is a cycle"};
        sorted.push_back(std::move(*next));
        modules.erase(next);
    }
    return sorted;
}

} // namespace sangu
