#pragma once

// The main navigation: the menu items of all modules the actor may open, in groups.

#include "kernel/context.h"
#include "kernel/html/out.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::html {

struct MenuLink {
    std::string_view label, path;
    bool current = false; // the page itself or one below it
};

struct MenuGroup {
    std::string_view label;
    std::vector<MenuLink> links;
    bool current = false;
};

// Groups in the order of their first item, items by MenuItem::order.
std::vector<MenuGroup> menu_of(Context const& context);

// The items without a group, which stand beside the account, with their numbers.
void write_own_links(Out& out, Context const& context);

// The three valleys of the product's name as a small drawing.
void write_mark(Out& out);

} // namespace sangu::html
