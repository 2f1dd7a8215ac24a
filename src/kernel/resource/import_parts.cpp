#include "kernel/resource/import_journal.h"
#include "kernel/resource/pages.h"

namespace sangu::resource {

using namespace html;

void import_problems(Out& out, Context const& context, entity::EntityMeta const& meta, Error const& error) {
    out << div(
        cls("note bad"), role("alert"), h2(context.t("resource.import_refused")), p(context.t("resource.import_kept")),
        div(cls("table-wrap"),
            table(cls("table"),
                  thead(tr(th(scope("col"), context.t("resource.line")), th(scope("col"), context.t("resource.column")),
                           th(scope("col"), context.t("resource.field")),
                           th(scope("col"), context.t("resource.problem")))),
                  tbody([&](Out& rows) {
                      if (error.problems.empty())
                          rows << tr(td(), td(), td(), td(i18n::format(context.language, error)));
                      for (Problem const& problem : error.problems) {
                          entity::FieldMeta const* field = meta.find(problem.field);
                          rows << tr(td([&](Out& cell) {
                                         if (problem.line) cell << problem.line;
                                     }),
                                     td([&](Out& cell) {
                                         if (problem.column) cell << problem.column;
                                     }),
                                     td(field ? context.t(field_key(meta, *field)) : std::string_view{problem.field}),
                                     td(i18n::format(context.language, problem)));
                      }
                  }))));
}

void import_result(Out& out, Context const& context, entity::EntityMeta const& meta, ImportReport const& report) {
    if (!report.problems.empty()) {
        import_problems(out, context, meta, Error{Refusal::invalid, "error.invalid", {}, report.problems});
        if (report.more_problems) out << p(context.t("resource.import_more"));
        return;
    }
    auto const number = [&](std::int64_t n) {
        return i18n::format_number(context.language, static_cast<double>(n), 0);
    };
    out << div(cls(report.stored ? "note good" : "note info"), role("status"),
               h2(context.t(report.stored ? "resource.import_done" : "resource.import_checked")),
               p(context.t("resource.import_counts", {number(report.rows), number(report.created),
                                                      number(report.changed), number(report.unchanged)})));
}

void kept_import_form(Out& out, Context const& context, std::string_view path, std::string_view token,
                      std::int64_t rows, http::Pairs const& fields) {
    begin_form(out, context, path);
    out << input(type("hidden"), name("kept"), value(token));
    for (auto const& [field, text] : fields) out << input(type("hidden"), name(field), value(text));
    std::string const number = i18n::format_number(context.language, static_cast<double>(rows), 0);
    out << button(type("submit"), cls("button primary"), name("mode"), value("store"),
                  context.t("resource.import_kept_rows", {number}))
        << p(cls("hint"), context.t("resource.import_kept_hint"));
    out.raw("</form>");
}

void waiting_imports_part(Out& out, Context const& context, std::string_view path,
                          std::vector<BegunImport> const& waiting, http::Pairs const& fields) {
    if (waiting.empty()) return;
    auto const button_form = [&](BegunImport const& one, std::string_view field, std::string_view look,
                                 std::string_view text) {
        begin_form(out, context, path);
        out << input(type("hidden"), name(field), value(one.id));
        for (auto const& [also, content] : fields) out << input(type("hidden"), name(also), value(content));
        out << button(type("submit"), cls(look), text);
        out.raw("</form>");
    };
    out << div(cls("note warn"), h2(context.t("resource.import_interrupted")),
               p(context.t("resource.import_interrupted_hint")), ul(cls("card-list"), [&] {
                   for (BegunImport const& one : waiting) {
                       out << li(strong(one.file_name), " · ", one.begun_by_name, " · ",
                                 i18n::format_time(context.language, one.begun_at), [&] {
                                     if (one.begun_by != context.actor.account_id) return;
                                     out << div(cls("flow"), [&] {
                                         button_form(one, "resume", "button primary",
                                                     context.t("resource.import_resume"));
                                         button_form(one, "discard", "button", context.t("resource.import_discard"));
                                     });
                                 });
                   }
               }));
}

std::optional<BegunImport> own_waiting_import(Context& context, std::string_view id, std::string_view target) {
    auto found = find_import(context.reader(), id);
    if (!found || found->target != target || found->begun_by != context.actor.account_id) return {};
    return found;
}

} // namespace sangu::resource
