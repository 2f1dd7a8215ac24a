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

std::vector<MenuItem const*> in_menu_order(std::span<Module const> modules) {
    std::vector<MenuItem const*> items;
    for (Module const& module : modules)
        for (MenuItem const& item : module.menu) items.push_back(&item);
    std::ranges::stable_sort(items, {}, &MenuItem::order);
    std::vector<std::string_view> groups;
    for (MenuItem const* item : items)
        if (!item->group.empty() && std::ranges::find(groups, item->group) == groups.end())
            groups.push_back(item->group);
    groups.emplace_back();
    std::ranges::stable_sort(items, {}, [&](MenuItem const* item) { return std::ranges::find(groups, item->group); });
    return items;
}

} // namespace sangu
