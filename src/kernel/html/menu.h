#pragma once

// The main navigation: the menu items of all modules the actor may open, in groups.

#include "kernel/context.h"
#include "kernel/html/out.h"

namespace sangu::html {

// The groups with what the actor may open; a group of one item is that item. False: nothing, and nothing is written.
bool may_open_any(Context const& context);
void write_menu_groups(Out& out, Context const& context);

// The items without a group, which stand beside the account, with their numbers.
void write_own_links(Out& out, Context const& context);

// The three valleys of the product's name as a small drawing.
void write_mark(Out& out);

} // namespace sangu::html
