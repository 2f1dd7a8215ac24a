#include "kernel/html/statement.h"

#include "kernel/html/page.h"

namespace sangu::html {

http::Reply accessibility_page(Context& context, http::Request&) {
    Page const page{.title = std::string{context.t("page.accessibility")},
                    .lead = std::string{context.t("statement.lead")}};
    return render(context, page, [&](Out& out) {
        constexpr std::string_view done[] = {"statement.keyboard", "statement.scripts",   "statement.contrast",
                                             "statement.tables",   "statement.languages", "statement.forms"};
        out << h2(context.t("statement.what"))
            << ul(each(done, [&](std::string_view key) { return li(context.t(key)); }));
        out << h2(context.t("statement.how")) << p(context.t("statement.checked"));
        out << h2(context.t("statement.keys"))
            << dl(cls("facts"), dt(kbd("/")), dd(context.t("script.shortcut_search")), dt(kbd("?")),
                  dd(context.t("script.shortcut_help")));
        out << h2(context.t("statement.trouble")) << p(context.t("statement.contact"));
    });
}

} // namespace sangu::html
