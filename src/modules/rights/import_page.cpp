#include "kernel/files/kept_upload.h"
#include "kernel/http/temporary_file.h"
#include "modules/rights/import.h"
#include "modules/rights/pages.h"

namespace sangu::rights {

using namespace html;

namespace {

constexpr std::string_view path = "/rights/import";

// What an upload or the import of a kept one came to.
struct Outcome {
    std::string mapping = {};
    RightsReport const* report = nullptr;
    Error const* error = nullptr;
    std::string kept = {}; // the token of the checked file
};

void mapping_field(Out& out, Context& context, std::string const& chosen) {
    auto const mappings = entity::where<Mapping>(context.reader(), "order by name limit 200");
    out << div(cls("field"), label(for_("mapping"), context.t("rights.mapping.choose")),
               p(cls("hint"), id("mapping-hint"), context.t("rights.mapping.choose_hint")),
               select(id("mapping"), name("mapping"), aria_describedby("mapping-hint"),
                      option(value(""), selected(chosen.empty()), context.t("rights.mapping.none")), [&] {
                          for (Mapping const& one : mappings)
                              out << option(value(one.code), selected(one.code == chosen), one.name);
                      }));
}

void upload_form(Out& out, Context& context, std::string const& mapping) {
    begin_form(out, context, path, true);
    mapping_field(out, context, mapping);
    out << div(cls("field"), label(for_("file"), context.t("resource.import_file")),
               p(cls("hint"), id("file-hint"), context.t("resource.import_hint")),
               input(type("file"), id("file"), name("file"), required(true), accept(".csv,.xlsx,.txt"),
                     aria_describedby("file-hint")));
    out << div(
        cls("form-actions"),
        button(cls("button primary"), type("submit"), name("mode"), value("check"), context.t("resource.import_check")),
        button(cls("button"), type("submit"), name("mode"), value("store_all"), context.t("resource.import_store")),
        button(cls("button"), type("submit"), name("mode"), value("store_good"),
               context.t("rights.import.store_good")));
    out.raw("</form>");
    out << p(context.t("resource.import_template"), " ", a(href("/rights/import/template/csv"), "CSV"), " · ",
             a(href("/rights/import/template/xlsx"), "XLSX"));
}

// Every row that was not taken, with the reason.
void wrong_rows(Out& out, Context const& context, RightsReport const& report) {
    auto const heading = [&](std::string_view key) { return th(scope("col"), context.t(key)); };
    out << div(cls("table-wrap"), role("region"), tabindex(0), aria_label(context.t("rights.import.reasons")),
               table(cls("table dense"),
                     thead(tr(heading("resource.line"), heading("resource.field"), heading("resource.problem"))),
                     tbody(each(report.problems, [&](Problem const& problem) {
                         entity::FieldMeta const* field = Right::meta.find(problem.field);
                         return tr(th(scope("row"), problem.line),
                                   td(field ? context.t(resource::field_key(Right::meta, *field)) : std::string_view{}),
                                   td(i18n::format(context.language, problem)));
                     }))));
    if (report.more_problems) out << p(context.t("resource.import_more"));
}

std::string_view heading_of(RightsReport const& report) {
    if (report.stored) return "resource.import_done";
    return report.problems.empty() ? "resource.import_checked" : "rights.import.some_wrong";
}

void result_part(Out& out, Context const& context, RightsReport const& report) {
    auto const number = [&](std::int64_t n) { return number_text(context, n); };
    bool const good = report.problems.empty();
    out << div(cls(report.stored && good ? "note good"
                   : good                ? "note info"
                                         : "note warn"),
               role("status"), h2(context.t(heading_of(report))),
               p(context.t("resource.import_counts", {number(report.rows), number(report.created),
                                                      number(report.changed), number(report.unchanged)})),
               when(report.left_out > 0, [&] {
                   return p(context.t(report.stored ? "rights.import.left_out" : "rights.import.wrong_rows",
                                      {number(report.left_out)}));
               }));
    if (!good) wrong_rows(out, context, report);
}

void kept_form(Out& out, Context const& context, Outcome const& outcome) {
    begin_form(out, context, path);
    out << input(type("hidden"), name("kept"), value(outcome.kept))
        << input(type("hidden"), name("mapping"), value(outcome.mapping));
    RightsReport const& report = *outcome.report;
    bool const all_good = report.problems.empty();
    out << button(cls("button primary"), type("submit"), name("mode"), value(all_good ? "store_all" : "store_good"),
                  context.t(all_good ? "resource.import_kept_rows" : "rights.import.kept_good",
                            {number_text(context, report.rows - report.left_out)}))
        << p(cls("hint"), context.t("resource.import_kept_hint"));
    out.raw("</form>");
}

http::Reply page_of(Context& context, Outcome const& outcome) {
    html::Page page{.title = context.t("resource.import_title", {std::string{context.t("rights.right.plural")}}),
                    .lead = std::string{context.t("rights.import.lead")},
                    .crumbs = {{std::string{context.t("rights.right.plural")}, "/rights"}},
                    .actions =
                        markup(a(cls("button quiet"), href("/right-mappings"), context.t("rights.mapping.plural")))};
    if (outcome.error)
        page.status = http::status_of(outcome.error->refusal);
    else if (outcome.report && !outcome.report->problems.empty() && !outcome.report->stored)
        page.status = 422;
    return render(context, page, [&](Out& out) {
        if (outcome.error) resource::import_problems(out, context, Right::meta, *outcome.error);
        if (outcome.report) result_part(out, context, *outcome.report);
        if (!outcome.kept.empty()) kept_form(out, context, outcome);
        upload_form(out, context, outcome.mapping);
    });
}

ImportMode mode_of(http::Request const& request) {
    std::string_view const mode = request.form_value("mode").value_or("check");
    if (mode == "store_all") return ImportMode::store_all;
    return mode == "store_good" ? ImportMode::store_good : ImportMode::check;
}

Result<RightsReport> import_kept(Context& context, http::Request const& request, std::string_view token,
                                 std::string const& mapping) {
    auto const kept =
        TRY(files::find_kept_upload(context.reader(), token, context.actor.account_id, path, context.now()));
    auto const file = files::file_of(context.services.database, kept);
    auto report = TRY(import_rights(context, file->path(), mapping, mode_of(request)));
    if (report.stored)
        context.services.database.write(
            [&](db::Transaction& transaction) { files::forget_kept_upload(transaction, token); });
    return report;
}

} // namespace

http::Reply import_page(Context& context, http::Request&) { return page_of(context, {}); }

http::Reply import_post(Context& context, http::Request& request) {
    std::string const mapping{request.form_value("mapping").value_or("")};
    if (auto const token = request.form_value("kept")) {
        auto const report = import_kept(context, request, *token, mapping);
        if (!report) return page_of(context, {.mapping = mapping, .error = &report.error()});
        return page_of(context, {.mapping = mapping, .report = &*report});
    }
    for (http::Upload const& upload : request.uploads) {
        if (upload.field != "file" || upload.size == 0) continue;
        http::UploadedFile const file{upload};
        auto const report = import_rights(context, file.path(), mapping, mode_of(request));
        if (!report) return page_of(context, {.mapping = mapping, .error = &report.error()});
        std::string kept;
        if (!report->stored && report->rows > report->left_out)
            kept = files::keep_upload(context.services.database, context.actor.account_id, path, context.now(), upload);
        return page_of(context, {.mapping = mapping, .report = &*report, .kept = std::move(kept)});
    }
    Error const missing{Refusal::invalid, "error.invalid", {}, {{"file", "error.file.missing", {}, 0, 0}}};
    return page_of(context, {.mapping = mapping, .error = &missing});
}

http::Reply import_template(Context& context, http::Request& request) {
    std::string_view const format = request.parameter("format");
    if (format != "csv" && format != "xlsx")
        return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return resource::template_reply("rights", import_columns(), format == "xlsx");
}

} // namespace sangu::rights
