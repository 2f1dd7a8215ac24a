#include "kernel/files/kept_upload.h"
#include "kernel/http/temporary_file.h"
#include "kernel/resource/import_journal.h"
#include "kernel/resource/pages.h"

namespace sangu::resource {

using namespace html;

namespace {

std::string import_path(Resource const& resource) { return base_path(resource) + "/import"; }

// What an upload or the import of a kept one came to.
struct Outcome {
    ImportReport const* report = nullptr;
    Error const* error = nullptr;
    std::string kept; // the token of the checked file
};

http::Reply page_of(Context& context, Resource const& resource, Outcome const& outcome) {
    auto const& [report, error, kept] = outcome;
    html::Page page{.title = context.t("resource.import_title", {std::string{context.t(plural_key(resource))}}),
                    .lead = std::string{context.t("resource.import_lead")},
                    .crumbs = {{std::string{context.t(plural_key(resource))}, base_path(resource)}}};
    if (error)
        page.status = http::status_of(error->refusal);
    else if (report && !report->problems.empty())
        page.status = 422;
    return render(context, page, [&](Out& out) {
        if (error) import_problems(out, context, *resource.meta, *error);
        if (report) import_result(out, context, *resource.meta, *report);
        if (!kept.empty()) kept_import_form(out, context, import_path(resource), kept, report->rows);
        waiting_imports_part(out, context, import_path(resource), waiting_imports(context.reader(), resource.path));
        begin_form(out, context, import_path(resource), true);
        out << div(cls("field"), label(for_("file"), context.t("resource.import_file")),
                   p(cls("hint"), context.t("resource.import_hint")),
                   input(type("file"), id("file"), name("file"), required(true), accept(".csv,.xlsx,.txt")));
        out << p(context.t("resource.import_template"), " ",
                 a(href(Url::local(import_path(resource) + "/template.csv")), "CSV"), " · ",
                 a(href(Url::local(import_path(resource) + "/template.xlsx")), "XLSX"), "; ",
                 context.t("resource.import_present"), " ",
                 a(href(Url::local(base_path(resource) + "/download/xlsx")), "XLSX"), " · ",
                 a(href(Url::local(base_path(resource) + "/download/csv")), "CSV"));
        out << div(
            cls("button-row"),
            button(type("submit"), cls("button"), name("mode"), value("check"), context.t("resource.import_check")),
            button(type("submit"), cls("button primary"), name("mode"), value("store"),
                   context.t("resource.import_store")));
        out.raw("</form>");
    });
}

} // namespace

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

http::Reply import_page(Context& context, Resource const& resource, http::Request&) {
    return page_of(context, resource, {});
}

namespace {

Result<ImportReport> import_kept(Context& context, Resource const& resource, std::string_view token) {
    auto const kept = TRY(files::find_kept_upload(context.reader(), token, context.actor.account_id,
                                                  import_path(resource), context.now()));
    BegunImport const begun = begin_import(context, resource.path, kept);
    auto report = TRY(resume_begun<ImportReport>(context, begun, [&](std::string const& path) {
        return import_file(context, resource, path, ImportMode::store, begun.id);
    }));
    if (report.stored)
        context.services.database.write(
            [&](db::Transaction& transaction) { files::forget_kept_upload(transaction, token); });
    return report;
}

http::Reply resume(Context& context, Resource const& resource, std::string_view id) {
    auto const begun = own_waiting_import(context, id, resource.path);
    Result<ImportReport> report = refuse(Refusal::conflict, "error.import.finished");
    if (begun)
        report = resume_begun<ImportReport>(context, *begun, [&](std::string const& path) {
            return import_file(context, resource, path, ImportMode::store, begun->id);
        });
    context.refresh();
    if (!report) return page_of(context, resource, {.error = &report.error()});
    return page_of(context, resource, {.report = &*report});
}

Result<ImportReport> import_upload(Context& context, Resource const& resource, http::Upload const& upload,
                                   std::string const& path) {
    BegunImport const begun = begin_import(context, resource.path, upload);
    auto report = run_begun<ImportReport>(context, begun, path, [&](std::string const& file) {
        return import_file(context, resource, file, ImportMode::store, begun.id);
    });
    context.refresh();
    return report;
}

} // namespace

http::Reply import_post(Context& context, Resource const& resource, http::Request& request) {
    if (auto const id = request.form_value("resume")) return resume(context, resource, *id);
    if (auto const id = request.form_value("discard")) {
        if (own_waiting_import(context, *id, resource.path)) close_import(context, *id, "discarded");
        return http::see_other(import_path(resource));
    }
    if (auto const token = request.form_value("kept")) {
        auto const report = import_kept(context, resource, *token);
        context.refresh();
        if (!report) return page_of(context, resource, {.error = &report.error()});
        return page_of(context, resource, {.report = &*report});
    }
    for (http::Upload const& upload : request.uploads) {
        if (upload.field != "file" || upload.size == 0) continue;
        http::UploadedFile const file{upload};
        bool const check = request.form_value("mode").value_or("check") != "store";
        auto const report = check ? import_file(context, resource, file.path(), ImportMode::check)
                                  : import_upload(context, resource, upload, file.path());
        if (!report) return page_of(context, resource, {.error = &report.error()});
        std::string kept;
        if (check && report->problems.empty())
            kept = files::keep_upload(context.services.database, context.actor.account_id, import_path(resource),
                                      context.now(), upload);
        return page_of(context, resource, {.report = &*report, .kept = std::move(kept)});
    }
    Error const missing{Refusal::invalid, "error.invalid", {}, {{"file", "error.file.missing", {}, 0, 0}}};
    return page_of(context, resource, {.error = &missing});
}

} // namespace sangu::resource
