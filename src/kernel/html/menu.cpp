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
    return path == item || (item != "/" && path.starts_with(item) && path[item.size()] == '/');
}

void write_group(Out& out, Context const& context, std::string_view path, std::span<MenuItem const* const> items) {
    auto const link = [&](MenuItem const* one) {
        std::optional<std::string_view> const current =
            is_at(path, one->path) ? std::optional<std::string_view>{"page"} : std::nullopt;
        return li(a(href(Url::local(one->path)), aria_current(current), context.t(one->label)));
    };
    if (items.size() == 1) {
        out << link(items.front());
        return;
    }
    bool const current = std::ranges::any_of(items, [&](MenuItem const* one) { return is_at(path, one->path); });
    out << li(details(cls(current ? "menu-group current" : "menu-group"), name("menu"),
                      summary(context.t(items.front()->group)), ul(each(items, link))));
}

bool is_in_group(MenuItem const* item) { return !item->group.empty(); }

} // namespace

bool may_open_any(Context const& context) {
    return std::ranges::any_of(context.services.menu,
                               [&](MenuItem const* item) { return is_in_group(item) && may_open(context, *item); });
}

void write_menu_groups(Out& out, Context const& context) {
    auto const& all = context.services.menu;
    std::string_view const path = std::string_view{context.path}.substr(0, context.path.find('?'));
    std::vector<MenuItem const*> open;
    open.reserve(all.size());
    for (auto first = all.begin(); first != all.end() && is_in_group(*first);) {
        auto const last =
            std::find_if(first, all.end(), [&](MenuItem const* item) { return item->group != (*first)->group; });
        open.clear();
        std::copy_if(first, last, std::back_inserter(open),
                     [&](MenuItem const* item) { return may_open(context, *item); });
        if (!open.empty()) write_group(out, context, path, open);
        first = last;
    }
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
    for (MenuItem const* item : context.services.menu)
        if (!is_in_group(item) && may_open(context, *item))
            out << a(cls("button quiet"), href(Url::local(item->path)), context.t(item->label), " ",
                     [&](Out& inner) { write_count(inner, context, *item); });
}

void write_mark(Out& out) {
    out << svg(
        cls("mark"), view_box("0 0 32 32"), aria_hidden(true), focusable("false"),
        rect(width(32), height(32), rx(7), fill("currentColor")),
        path(d("M5 12c4 0 4-4 8-4s4 4 8 4 3-2 6-3M5 18c4 0 4-4 8-4s4 4 8 4 3-2 6-3M5 24c4 0 4-4 8-4s4 4 8 4 3-2 6-3"),
             fill("none"), stroke("#fff"), stroke_width("2.2"), stroke_linecap("round")));
}

} // namespace sangu::html
