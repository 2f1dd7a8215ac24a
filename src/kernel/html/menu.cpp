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
            if (!item.group.empty() && may_open(context, item)) items.push_back(&item);
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

namespace {

// A page must also be shown when the database cannot be asked: the number is then left out.
std::int64_t count_of(Context const& context, MenuItem const& item) {
    try {
        return item.count ? item.count(context.reader(), context.actor.account_id) : 0;
    } catch (std::exception const&) {
        return 0;
    }
}

void write_count(Out& out, Context const& context, MenuItem const& item) {
    std::string const topic{item.renewed_by.substr(0, item.renewed_by.find('.'))};
    out << span(id("count-" + topic), data<"stream">("/events?topic=" + topic), data<"events">(item.renewed_by),
                [&](Out& inner) {
                    if (auto const number = count_of(context, item); number > 0)
                        inner << span(cls("badge info"), number,
                                      span(cls("visually-hidden"), " ", context.t("page.unread")));
                });
}

} // namespace

void write_own_links(Out& out, Context const& context) {
    if (context.actor.kind != auth::ActorKind::person) return;
    for (Module const& module : context.services.modules)
        for (MenuItem const& item : module.menu)
            if (item.group.empty() && may_open(context, item))
                out << a(cls("button quiet"), href(Url::local(item.path)), context.t(item.label), " ",
                         [&](Out& inner) { write_count(inner, context, item); });
}

void write_mark(Out& out) {
    out << svg(
        cls("mark"), view_box("0 0 32 32"), aria_hidden(true), focusable("false"),
        rect(width(32), height(32), rx(7), fill("currentColor")),
        path(d("M5 12c4 0 4-4 8-4s4 4 8 4 3-2 6-3M5 18c4 0 4-4 8-4s4 4 8 4 3-2 6-3M5 24c4 0 4-4 8-4s4 4 8 4 3-2 6-3"),
             fill("none"), stroke("#fff"), stroke_width("2.2"), stroke_linecap("round")));
}

} // namespace sangu::html
