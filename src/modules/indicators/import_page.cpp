#include "kernel/files/kept_upload.h"
#include "kernel/http/temporary_file.h"
#include "kernel/resource/pages.h"
#include "modules/indicators/import.h"
#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"
#include "modules/indicators/store.h"

namespace sangu::indicators {

using namespace html;

namespace {

constexpr std::string_view path = "/figures/import";

entity::EntityMeta const& meta_of(TableKind kind) {
    switch (kind) {
    case TableKind::sources: return Source::meta;
    case TableKind::indicators: return Indicator::meta;
    case TableKind::targets: return Target::meta;
    case TableKind::observations: return Observation::meta;
    }
    return Observation::meta;
}

void report_part(Out& out, Context const& context, ImportReport const& report) {
    auto const number = [&](std::int64_t n) {
        return i18n::format_number(context.language, static_cast<double>(n), 0);
    };
    if (report.earlier) {
        out << div(
            cls("note warn"), role("status"),
            p(context.t("indicators.import_earlier",
                        {report.earlier->imported_by, i18n::format_time(context.language, report.earlier->imported_at),
                         number(report.earlier->rows)})));
        return;
    }
    if (!report.problems.empty()) {
        resource::import_problems(out, context, meta_of(report.kind),
                                  Error{Refusal::invalid, "error.invalid", {}, report.problems});
        if (report.more_problems) out << p(context.t("indicators.import_more"));
        return;
    }
    out << div(cls(report.stored ? "note good" : "note info"), role("status"),
               h2(context.t(report.stored ? "indicators.import_done" : "indicators.import_checked")),
               p(context.t("indicators.import_counts", {number(report.rows), number(report.inserted),
                                                        number(report.updated), number(report.unchanged)})),
               when(report.awaits_approval, [&] { return p(context.t("indicators.import_awaits")); }),
               p(cls("hint mono"), "SHA-256 ", report.sha256));
}

void upload_form(Out& out, Context const& context, TableKind chosen) {
    begin_form(out, context, path, true);
    out << div(cls("field"), label(for_("kind"), context.t("indicators.import.kind")),
               select(id("kind"), name("kind"), [&] {
                   for (Choice const& one : choices_of(TableKind{})) {
                       std::string const key = "indicators.import.kind." + std::string{one.name};
                       out << option(value(one.name), selected(one.value == static_cast<std::int64_t>(chosen)),
                                     context.t(key));
                   }
               }));
    out << div(cls("field"), label(for_("file"), context.t("indicators.import_file")),
               p(cls("hint"), id("file-hint"), context.t("indicators.import_hint")),
               input(type("file"), id("file"), name("file"), required(true), accept(".csv,.xlsx,.txt"),
                     aria_describedby("file-hint")));
    out << div(
        cls("form-actions"),
        button(cls("button primary"), type("submit"), name("mode"), value("check"),
               context.t("indicators.import_check")),
        button(cls("button"), type("submit"), name("mode"), value("store"), context.t("indicators.import_store")));
    out.raw("</form>");
}

void earlier_imports(Out& out, Context& context) {
    auto const all = waiting_imports(context.reader());
    if (all.empty()) return;
    out << h2(context.t("indicators.import.plural"));
    out << ul(cls("card-list"), [&] {
        for (WaitingImport const& one : all) {
            std::string const key = "indicators.import.kind." + std::string{sangu::name_of(one.import.kind)};
            out << li(strong(context.t(key)), " ", one.import.file_name, " · ", one.import.imported_by, " · ",
                      i18n::format_time(context.language, one.import.imported_at), " · ", one.import.rows, [&] {
                          if (one.waiting == 0) return;
                          out << " ";
                          badge(out, context.t("indicators.import_waiting", {std::to_string(one.waiting)}), "warn");
                          begin_form(out, context, "/figures/import/" + one.import.id.text + "/approve");
                          end_form(out, context.t("indicators.observation.action.approve"));
                      });
        }
    });
}

// The list whose download is the file to fill in; "" for figures, of which an import makes new ones.
std::string_view list_of(TableKind kind) {
    switch (kind) {
    case TableKind::sources: return "/sources";
    case TableKind::indicators: return "/indicator-definitions";
    case TableKind::targets: return "/targets";
    case TableKind::observations: return "";
    }
    return "";
}

void template_links(Out& out, Context const& context) {
    out << h2(context.t("indicators.import_templates")) << ul([&] {
        for (Choice const& one : choices_of(TableKind{})) {
            std::string const address = std::string{path} + "/template/" + std::string{one.name};
            out << li(context.t("indicators.import.kind." + std::string{one.name}), " ",
                      a(href(Url::local(address + "/csv")), "CSV"), " · ",
                      a(href(Url::local(address + "/xlsx")), "XLSX"), [&] {
                          std::string const list{list_of(static_cast<TableKind>(one.value))};
                          if (list.empty()) return;
                          out << "; " << context.t("resource.import_present") << " "
                              << a(href(Url::local(list + "/download/csv")), "CSV") << " · "
                              << a(href(Url::local(list + "/download/xlsx")), "XLSX");
                      });
        }
    });
}

void interrupted(Out& out, Context& context) {
    for (Choice const& one : choices_of(TableKind{}))
        resource::waiting_imports_part(out, context, path, resource::waiting_imports(context.reader(), one.name),
                                       {{"kind", std::string{one.name}}});
}

// What an upload or the import of a kept one came to.
struct Outcome {
    ImportReport const* report = nullptr;
    Error const* error = nullptr;
    std::string kept; // the token of the checked file
};

http::Reply page_of(Context& context, TableKind kind, Outcome const& outcome) {
    auto const& [report, error, kept] = outcome;
    html::Page page{.title = std::string{context.t("indicators.import_title")},
                    .lead = std::string{context.t("indicators.import_lead")},
                    .crumbs = {{std::string{context.t("indicators.work")}, "/figures"}}};
    if (error)
        page.status = http::status_of(error->refusal);
    else if (report && !report->problems.empty())
        page.status = 422;
    return render(context, page, [&](Out& out) {
        if (error) resource::import_problems(out, context, meta_of(kind), *error);
        if (report) report_part(out, context, *report);
        if (!kept.empty())
            resource::kept_import_form(out, context, path, kept, report->rows,
                                       {{"kind", std::string{sangu::name_of(kind)}}});
        interrupted(out, context);
        upload_form(out, context, kind);
        template_links(out, context);
        earlier_imports(out, context);
    });
}

std::optional<TableKind> kind_named(std::optional<std::string_view> name) {
    for (Choice const& one : choices_of(TableKind{}))
        if (name == one.name) return static_cast<TableKind>(one.value);
    return {};
}

Result<ImportReport> import_kept(Context& context, TableKind kind, std::string_view token) {
    auto const kept =
        TRY(files::find_kept_upload(context.reader(), token, context.actor.account_id, path, context.now()));
    auto const begun = resource::begin_import(context, sangu::name_of(kind), kept);
    auto report = TRY(resource::resume_begun<ImportReport>(context, begun, [&](std::string const& file) {
        return import_file(context, kind, file, kept.file_name, ImportMode::store, begun.id);
    }));
    if (report.stored)
        context.services.database.write(
            [&](db::Transaction& transaction) { files::forget_kept_upload(transaction, token); });
    return report;
}

http::Reply resume(Context& context, TableKind kind, std::string_view id) {
    auto const begun = resource::own_waiting_import(context, id, sangu::name_of(kind));
    Result<ImportReport> report = refuse(Refusal::conflict, "error.import.finished");
    if (begun)
        report = resource::resume_begun<ImportReport>(context, *begun, [&](std::string const& file) {
            return import_file(context, kind, file, begun->file_name, ImportMode::store, begun->id);
        });
    context.refresh();
    if (!report) return page_of(context, kind, {.error = &report.error()});
    return page_of(context, kind, {.report = &*report});
}

Result<ImportReport> import_upload(Context& context, TableKind kind, http::Upload const& upload,
                                   std::string const& file) {
    auto const begun = resource::begin_import(context, sangu::name_of(kind), upload);
    auto report = resource::run_begun<ImportReport>(context, begun, file, [&](std::string const& own) {
        return import_file(context, kind, own, upload.file_name, ImportMode::store, begun.id);
    });
    context.refresh();
    return report;
}

} // namespace

http::Reply import_page(Context& context, http::Request& request) {
    return page_of(context, kind_named(request.query_value("kind")).value_or(TableKind::observations), {});
}

http::Reply import_post(Context& context, http::Request& request) {
    TableKind const kind = kind_named(request.form_value("kind")).value_or(TableKind::observations);
    if (auto const id = request.form_value("resume")) return resume(context, kind, *id);
    if (auto const id = request.form_value("discard")) {
        if (resource::own_waiting_import(context, *id, sangu::name_of(kind)))
            resource::close_import(context, *id, "discarded");
        return http::see_other(std::string{path});
    }
    if (auto const token = request.form_value("kept")) {
        auto const report = import_kept(context, kind, *token);
        context.refresh();
        if (!report) return page_of(context, kind, {.error = &report.error()});
        return page_of(context, kind, {.report = &*report});
    }
    for (http::Upload const& upload : request.uploads) {
        if (upload.field != "file" || upload.size == 0) continue;
        http::UploadedFile const file{upload};
        bool const store = request.form_value("mode") == "store";
        auto const report = store ? import_upload(context, kind, upload, file.path())
                                  : import_file(context, kind, file.path(), upload.file_name, ImportMode::check);
        if (!report) return page_of(context, kind, {.error = &report.error()});
        std::string kept;
        if (!store && !report->earlier && report->problems.empty())
            kept = files::keep_upload(context.services.database, context.actor.account_id, path, context.now(), upload);
        return page_of(context, kind, {.report = &*report, .kept = std::move(kept)});
    }
    Error const missing{Refusal::invalid, "error.invalid", {}, {{"file", "error.file.empty", {}, 0, 0}}};
    return page_of(context, kind, {.error = &missing});
}

http::Reply import_template(Context& context, http::Request& request) {
    auto const kind = kind_named(request.parameter("kind"));
    std::string_view const format = request.parameter("format");
    if (!kind || (format != "csv" && format != "xlsx"))
        return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return resource::template_reply(sangu::name_of(*kind), resource::import_columns(meta_of(*kind)), format == "xlsx");
}

http::Reply approve_import_post(Context& context, http::Request& request) {
    auto const done = approve_import(context, {std::string{request.parameter("id")}});
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/figures/import");
}

} // namespace sangu::indicators
