#include "kernel/http/temporary_file.h"
#include "kernel/resource/pages.h"

namespace sangu::resource {

using namespace html;

namespace {

http::Reply page_of(Context& context, Resource const& resource, ImportReport const* report, Error const* error) {
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
        begin_form(out, context, base_path(resource) + "/import", true);
        out << div(cls("mb-3"), label(for_("file"), context.t("resource.import_file")),
                   input(type("file"), id("file"), name("file"), required(true), accept(".csv,.xlsx,.txt")),
                   p(cls("hint"), context.t("resource.import_hint")));
        out << p(
            a(href(Url::local(base_path(resource) + "/download/csv?rows=1")), context.t("resource.import_template")));
        out << button(type("submit"), cls("button"), name("mode"), value("check"), context.t("resource.import_check"))
            << " "
            << button(type("submit"), cls("button primary"), name("mode"), value("store"),
                      context.t("resource.import_store"));
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

http::Reply import_page(Context& context, Resource const& resource, http::Request&) {
    return page_of(context, resource, nullptr, nullptr);
}

http::Reply import_post(Context& context, Resource const& resource, http::Request& request) {
    for (http::Upload const& upload : request.uploads) {
        if (upload.field != "file" || upload.size == 0) continue;
        http::UploadedFile const file{upload};
        bool const check = request.form_value("mode").value_or("check") != "store";
        auto const report = import_file(context, resource, file.path(), check ? ImportMode::check : ImportMode::store);
        if (!report) return page_of(context, resource, nullptr, &report.error());
        return page_of(context, resource, &*report, nullptr);
    }
    Error const missing{Refusal::invalid, "error.invalid", {}, {{"file", "error.file.missing", {}, 0, 0}}};
    return page_of(context, resource, nullptr, &missing);
}

} // namespace sangu::resource
