#include "kernel/imports/pages.h"
#include "kernel/resource/pages.h"

namespace sangu::imports {

using namespace html;

namespace {

constexpr int kept_shown = 100;

std::string count(Context const& context, std::int64_t number) {
    return i18n::format_number(context.language, static_cast<double>(number), 0);
}

void button_form(Out& out, Context const& context, std::string const& path, std::string_view label_text,
                 std::string_view style) {
    begin_form(out, context, path);
    out << button(cls(style), type("submit"), label_text);
    out.raw("</form>");
}

std::string counts(Context const& context, Import const& import) {
    return context.t("resource.import_counts",
                     {count(context, import.created + import.changed + import.unchanged + import.left_out),
                      count(context, import.created), count(context, import.changed),
                      count(context, import.unchanged)});
}

void progress_part(Out& out, Context const& context, std::string const& path, Import const& import) {
    std::string_view const title = import.state == State::checking  ? "imports.now.checking"
                                   : import.state == State::running ? "imports.now.running"
                                                                    : "imports.now.taking_back";
    std::int64_t const all = import.state == State::checking ? 0 : import.rows_total;
    out << h2(context.t(title))
        << p(role("status"), context.t("imports.rows_done", {count(context, import.rows_done)}));
    if (all > 0)
        out << progress(cls("import-progress"), aria_label(context.t(title)), value(import.rows_done),
                        html::attribute<"max">(all));
    out << p(cls("hint"), context.t("imports.goes_on"), " ", a(href(Url::local(path)), context.t("imports.reload")));
    if (import.state == State::checking || import.state == State::running)
        button_form(out, context, path + "/stop",
                    context.t(import.state == State::checking ? "imports.stop_check" : "imports.stop_run"), "button");
}

void checked_part(Out& out, Context const& context, std::string const& path, Import const& import) {
    out << div(cls("note good"), role("status"), h2(context.t("resource.import_checked")), p(counts(context, import)),
               when(import.left_out > 0, p(context.t("imports.left_out", {count(context, import.left_out)}))));
    button_form(out, context, path + "/run",
                context.t("imports.run", {count(context, import.created + import.changed + import.unchanged)}),
                "button primary");
}

void done_part(Out& out, Context const& context, resource::Resource const& resource, std::string const& path,
               Import const& import) {
    out << div(cls("note good"), role("status"), h2(context.t("resource.import_done")), p(counts(context, import)),
               when(import.left_out > 0, p(context.t("imports.left_out", {count(context, import.left_out)}))),
               p(a(href(Url::local(resource::base_path(resource))), plural_of(context, resource))));
    if (import.created + import.changed == 0) return;
    out << details(
        cls("import-undo"), summary(cls("button"), context.t("imports.undo_choose")), p(context.t("imports.undo_text")),
        [&](Out& inner) { button_form(inner, context, path + "/undo", context.t("imports.undo"), "button danger"); });
}

void taken_back_part(Out& out, Context& context, resource::Resource const& resource, Import const& import) {
    out << div(cls("note info"), role("status"),
               h2(context.t(import.state == State::undone ? "imports.undone" : "imports.stopped")),
               p(context.t("imports.taken_back", {count(context, import.taken_back)})));
    if (import.kept == 0) return;
    auto const rows = kept_rows(context.reader(), import.id.text, kept_shown);
    out << section(h2(context.t("imports.kept", {count(context, import.kept)})), p(context.t("imports.kept_text")),
                   ul(each(rows, [&](KeptRow const& row) {
                       return li(a(href(Url::local(resource::object_path(resource, row.object_id))),
                                   context.t("imports.kept_line", {count(context, row.line)})),
                                 " – ",
                                 context.t(row.reason == "edited" ? "imports.kept_edited" : "imports.kept_in_use"));
                   })));
}

} // namespace

http::Reply record_page(Context& context, resource::Resource const& resource, Import const& import,
                        Mapping const* typed, Problems const& mapping_problems, int status) {
    html::Page page = page_of(context, resource, import.file_name, true);
    page.status = status;
    std::string const path = import_path(resource, import.id.text);
    bool const has_form =
        import.state == State::mapping || import.state == State::refused || import.state == State::checked;
    std::optional<Preview> seen;
    if (has_form) {
        Mapping const mapping = typed ? *typed : mapping_from(import.mapping);
        auto const file = file_of(context.services.database, import);
        auto result = preview(context, resource, file->path(), import.source, &mapping);
        if (!result) return refusal(context, {}, result.error());
        seen = std::move(*result);
        seen->is_remembered = import.state == State::mapping && !typed &&
                              remembered(context.reader(), resource.path, import.source).has_value();
    }
    return render(context, page, [&](Out& out) {
        out << p(
            cls("import-state"), [&](Out& inner) { state_badge(inner, context, import.state); }, " ",
            context.t("imports.of", {import.source, import.account_name}));
        out << div(id("import-now"), data<"stream">("/events?topic=imports"), data<"events">("imports.moved"),
                   [&](Out& inner) {
                       if (is_working(import.state)) progress_part(inner, context, path, import);
                       if (import.state == State::checked) checked_part(inner, context, path, import);
                       if (import.state == State::done) done_part(inner, context, resource, path, import);
                       if (import.state == State::stopped || import.state == State::undone)
                           taken_back_part(inner, context, resource, import);
                       if (import.state == State::refused)
                           inner << div(cls("note bad"), role("alert"), h2(context.t("resource.import_refused")),
                                        p(context.t("imports.refused_text")));
                       if (mapping_problems.empty() && !is_working(import.state))
                           report_part(inner, context, resource, import);
                   });
        if (!mapping_problems.empty())
            out << div(cls("note bad"), role("alert"), h2(context.t("imports.mapping_refused")), [&](Out& inner) {
                problems_table(inner, context, *resource.meta, seen->mapping, mapping_problems);
            });
        if (seen) {
            auto const form = [&](Out& inner) { mapping_form(inner, context, resource, import, *seen); };
            if (import.state == State::checked && mapping_problems.empty())
                out << details(summary(context.t("imports.columns")), form);
            else {
                out << h2(context.t("imports.columns"));
                form(out);
            }
        }
    });
}

} // namespace sangu::imports
