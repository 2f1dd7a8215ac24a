#include "kernel/html/frame.h"

#include "base/text.h"
#include "kernel/config/settings.h"
#include "kernel/html/menu.h"
#include "kernel/version.h"

#include <algorithm>

namespace sangu::html {

namespace {

using i18n::Language;

struct LanguageName {
    Language language;
    std::string_view name; // in its own language, so that its readers find it
};
constexpr LanguageName language_names[] = {
    {Language::zh_hans, "简体中文"}, {Language::zh_hant, "繁體中文"}, {Language::en, "English"}};

std::string zone_name(Context const& context) {
    auto const& settings = context.services.settings;
    if (context.language == Language::en) return settings.zone_name_en;
    return context.language == Language::zh_hant ? i18n::to_traditional(settings.zone_name_zh) : settings.zone_name_zh;
}

// The address of the page as asked for, without the flash message.
std::string here(Context const& context) {
    std::string_view const all = context.path.empty() ? std::string_view{"/"} : std::string_view{context.path};
    std::size_t const mark = all.find('?');
    std::string result{all.substr(0, mark)};
    if (mark == std::string_view::npos) return result;
    char separator = '?';
    for (std::string_view const part : split_text(all.substr(mark + 1), '&')) {
        if (part.empty() || part.starts_with("done=") || part.starts_with("lang=")) continue;
        (result += separator) += part;
        separator = '&';
    }
    return result;
}

void write_brand(Out& out, Context const& context) {
    out << a(
        cls("brand"), href("/"), [](Out& inner) { write_mark(inner); },
        span(cls("brand-text"), strong(context.t("page.product")), span(cls("brand-zone"), zone_name(context))));
}

void write_navigation(Out& out, Context const& context) {
    if (!may_open_any(context)) return;
    out << button(cls("menu-button"), type("button"), attribute<"popovertarget">("menu"), context.t("page.menu"));
    out << nav(id("menu"), cls("menu"), popover("auto"), aria_label(context.t("page.menu")),
               ul([&](Out& inner) { write_menu_groups(inner, context); }));
}

void write_languages(Out& out, Context const& context) {
    std::string const address = here(context);
    auto const one = [&](LanguageName const& named) {
        auto const current =
            named.language == context.language ? std::optional<std::string_view>{"true"} : std::nullopt;
        auto const tag = i18n::tag_of(named.language);
        return li(a(href(Url::local(address).query("lang", tag)), rel("nofollow"), lang(tag), hreflang(tag),
                    aria_current(current), named.name));
    };
    auto const spoken = std::ranges::find(language_names, context.language, &LanguageName::language);
    out << details(
        cls("drop"), name("menu"),
        summary(span(cls("visually-hidden"), context.t("page.language"), context.t("form.colon")), spoken->name),
        ul(each(language_names, one)));
}

// Hidden until the script that makes it work has loaded; without it the system's setting holds.
void write_theme_switch(Out& out, Context const& context) {
    out << div(cls("theme"), role("group"), aria_label(context.t("page.theme")), hidden(true),
               data<"theme-switch">("1"),
               button(type("button"), data<"theme-set">("auto"), context.t("page.theme.auto")),
               button(type("button"), data<"theme-set">("light"), context.t("page.theme.light")),
               button(type("button"), data<"theme-set">("dark"), context.t("page.theme.dark")));
}

void write_account(Out& out, Context const& context) {
    if (!context.actor.signed_in()) {
        out << a(cls("button quiet"), href(Url{"/sign-in"}.query("next", here(context))), context.t("page.sign_in"));
        return;
    }
    auto const sign_out =
        form(method("post"), action("/sign-out"), input(type("hidden"), name("csrf"), value(context.csrf_token)),
             button(type("submit"), context.t("page.sign_out")));
    out << details(cls("drop account"), name("menu"), summary(context.actor.name),
                   ul(li(a(href("/account"), context.t("page.account"))), li(sign_out)));
}

// What scripts say to people, in the page's language.
constexpr std::string_view script_texts[] = {
    "script.close",         "script.draft_discard", "script.draft_found",     "script.offline",   "script.sending",
    "script.shortcut_help", "script.shortcut_on",   "script.shortcut_search", "script.shortcuts", "script.unsaved"};

} // namespace

void write_header(Out& out, Context const& context) {
    auto const row = [&](Out& inner) {
        write_brand(inner, context);
        write_navigation(inner, context);
        inner << div(cls("tools"), [&] {
            write_languages(inner, context);
            write_own_links(inner, context);
            write_account(inner, context);
        });
    };
    auto const ribbon = [&] {
        return div(cls("demo-ribbon"), strong(context.t("page.demo")), " ", context.t("page.demo.text"));
    };
    out << header(cls("site-header"), when(context.services.settings.demo, ribbon),
                  div(cls("container header-row"), row));
}

void write_footer(Out& out, Context const& context) {
    out << footer(cls("site-footer"), div(
                                          cls("container footer-row"),
                                          ul(li(a(href("/accessibility"), context.t("page.accessibility"))),
                                             li(a(href("/api"), context.t("page.interfaces")))),
                                          [&](Out& inner) { write_theme_switch(inner, context); },
                                          p(context.t("page.product"), " ", version)));
    out << element<"template">(id("texts"), each(script_texts, [&](std::string_view key) {
                                   return p(data<"key">(key.substr(sizeof "script")), context.t(key));
                               }));
}

void write_flash(Out& out, Context const& context) {
    std::size_t const at = context.path.find("done=done.");
    if (at == std::string::npos || at == 0 || (context.path[at - 1] != '?' && context.path[at - 1] != '&')) return;
    std::string_view key = std::string_view{context.path}.substr(at + 5);
    key = key.substr(0, key.find_first_of("&#"));
    if (i18n::has_message(context.language, key)) out << div(cls("note good"), role("status"), p(context.t(key)));
}

} // namespace sangu::html
