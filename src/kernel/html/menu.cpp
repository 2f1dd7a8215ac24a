#include "kernel/html/menu.h"

#include "kernel/html/html.h"
#include "kernel/module.h"

#include <algorithm>

namespace sangu::html {

namespace {

bool may_open(Context const& context, MenuItem const& item) {
    if (item.permission == "public") return true;
    if (item.permission == "signed_in") return context.actor.signed_in();
    return context.services.permissions.allows_somewhere(context.actor, item.permission);
}

bool is_at(std::string_view path, std::string_view item) {
    path = path.substr(0, path.find('?'));
    return path == item || (item != "/" && path.starts_with(item) && path[item.size()] == '/');
}

} // namespace

std::vector<MenuGroup> menu_of(Context const& context) {
    std::vector<MenuItem const*> items;
    for (Module const& module : context.services.modules)
        for (MenuItem const& item : module.menu)
            if (may_open(context, item)) items.push_back(&item);
    std::ranges::stable_sort(items, {}, &MenuItem::order);

    std::vector<MenuGroup> groups;
    for (MenuItem const* item : items) {
        auto const label = context.t(item->group);
        auto group = std::ranges::find(groups, label, &MenuGroup::label);
        if (group == groups.end()) group = groups.insert(group, MenuGroup{label, {}, false});
        bool const current = is_at(context.path, item->path);
        group->links.push_back({context.t(item->label), item->path, current});
        group->current = group->current || current;
    }
    return groups;
}

void write_mark(Out& out) {
    out << svg(
        cls("mark"), view_box("0 0 32 32"), aria_hidden(true), focusable("false"),
        rect(width(32), height(32), rx(7), fill("currentColor")),
        path(d("M5 12c4 0 4-4 8-4s4 4 8 4 3-2 6-3M5 18c4 0 4-4 8-4s4 4 8 4 3-2 6-3M5 24c4 0 4-4 8-4s4 4 8 4 3-2 6-3"),
             fill("none"), stroke("#fff"), stroke_width("2.2"), stroke_linecap("round")));
}

} // namespace sangu::html
