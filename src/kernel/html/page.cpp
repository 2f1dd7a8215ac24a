#include "kernel/html/page.h"

#include "kernel/config/settings.h"
#include "kernel/html/frame.h"

namespace sangu::html {

namespace {

using i18n::Language;

void write_head(Out& out, Context const& context, Page const& page) {
    auto const style = Url::local(asset("app.css"));
    out << meta(charset("utf-8")) << title(page.title, " · ", context.t("page.product"));
    out << meta(name("viewport"), content("width=device-width, initial-scale=1"));
    out << meta(name("color-scheme"), content("light dark"));
    // Blocking and tiny: the remembered colours must be known before the first paint.
    out.raw("<script src=\"");
    out.text(asset("theme.js"));
    out.raw("\"></script>");
    out << link(rel("stylesheet"), href(style));
    out << link(rel("icon"), type("image/svg+xml"), href(Url::local(asset("favicon.svg"))));
    if (!page.feed.empty())
        out << link(rel("alternate"), type("application/atom+xml"), title_(page.title), href(Url::local(page.feed)));
    out << script_file(Url::local(asset("app.js")));
    auto const drawings = static_cast<std::uint8_t>(Feature::chart) | static_cast<std::uint8_t>(Feature::map);
    if (page.features & drawings) out << script_file(Url::local(asset("chart.js")));
}

void write_crumbs(Out& out, Context const& context, Page const& page) {
    if (page.crumbs.empty()) return;
    out << nav(
        cls("crumbs"), aria_label(context.t("page.crumbs")),
        ol(each(page.crumbs, [](Crumb const& crumb) { return li(a(href(Url::local(crumb.path)), crumb.label)); }),
           li(aria_current("page"), page.title)));
}

void write_heading(Out& out, Page const& page) {
    out << div(cls("page-head"), div(h1(page.title), when(!page.lead.empty(), p(cls("lead"), page.lead))),
               when(!page.actions.empty(), div(cls("page-actions"), Trusted{page.actions})));
}

} // namespace

http::Reply render(Context const& context, Page const& page, FunctionRef<void(Out&)> content_of_main) {
    Out out{std::size_t{1} << 16};
    out.raw("<!doctype html>\n");
    auto const main_part = [&](Out& inner) {
        write_crumbs(inner, context, page);
        write_flash(inner, context);
        write_heading(inner, page);
        content_of_main(inner);
    };
    out << html(lang(i18n::tag_of(context.language)), head([&](Out& inner) { write_head(inner, context, page); }),
                body(
                    cls(page.wide ? "wide" : "narrow"), a(cls("skip"), href("#main"), context.t("page.skip")),
                    [&](Out& inner) { write_header(inner, context); },
                    main(id("main"), cls("container"), tabindex(-1), main_part),
                    [&](Out& inner) { write_footer(inner, context); }));
    return http::html_reply(out.take(), page.status);
}

} // namespace sangu::html
