#include "kernel/imports/pages.h"
#include "kernel/resource/pages.h"
#include "kernel/resource/service.h"

namespace sangu::imports {

using namespace html;

namespace {

constexpr int listed_imports = 20;

void upload_form(Out& out, Context const& context, resource::Resource const& resource) {
    std::string const path = import_path(resource), present = resource::base_path(resource) + "/download/";
    begin_form(out, context, path, true);
    out << div(cls("field"), label(for_("file"), context.t("resource.import_file")),
               p(cls("hint"), id("file-hint"), context.t("imports.file_hint")),
               input(type("file"), id("file"), name("file"), required(true), aria_describedby("file-hint"),
                     accept(".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson")));
    out << div(
        cls("field"),
        label(for_("source"), context.t("imports.source"), " ", span(cls("optional"), context.t("form.optional"))),
        p(cls("hint"), id("source-hint"), context.t("imports.source_hint")),
        input(type("text"), id("source"), name("source"), maxlength(60), aria_describedby("source-hint")));
    auto const file_link = [](std::string const& address, std::string_view format) {
        return a(href(Url::local(address)), format);
    };
    out << p(context.t("resource.import_template"), " ", file_link(path + "/template.xlsx", "XLSX"), " · ",
             file_link(path + "/template.csv", "CSV"))
        << p(context.t("resource.import_present"), " ", file_link(present + "xlsx", "XLSX"), " · ",
             file_link(present + "csv", "CSV"));
    end_form(out, context.t("imports.upload"));
}

void earlier_imports(Out& out, Context& context, resource::Resource const& resource) {
    auto const imports = latest(context.reader(), resource.path, listed_imports);
    if (imports.empty()) return;
    out << section(
        h2(context.t("imports.earlier")),
        div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("imports.earlier")),
            table(cls("table dense"), caption(cls("visually-hidden"), context.t("imports.earlier")),
                  thead(tr(th(scope("col"), context.t("resource.import_file")),
                           th(scope("col"), context.t("imports.state")), th(scope("col"), context.t("imports.rows")),
                           th(scope("col"), context.t("imports.by")), th(scope("col"), context.t("imports.at")))),
                  tbody(each(imports, [&](Import const& one) {
                      return tr(
                          th(scope("row"), a(href(Url::local(import_path(resource, one.id.text))), one.file_name)),
                          td([&, state = one.state](Out& cell) { state_badge(cell, context, state); }),
                          td(cls("num"), i18n::format_number(context.language, static_cast<double>(one.rows_total), 0)),
                          td(one.account_name), td(cls("nowrap"), i18n::format_time(context.language, one.created_at)));
                  })))));
}

} // namespace

std::string import_path(resource::Resource const& resource, std::string_view id) {
    std::string path = resource::base_path(resource) + "/import";
    if (!id.empty()) path.append("/").append(id);
    return path;
}

std::string plural_of(Context const& context, resource::Resource const& resource) {
    return std::string{context.t(resource::plural_key(resource))};
}

html::Page page_of(Context const& context, resource::Resource const& resource, std::string title, bool is_below) {
    html::Page page{.title = std::move(title),
                    .crumbs = {{plural_of(context, resource), resource::base_path(resource)}},
                    .wide = true};
    if (is_below) page.crumbs.push_back({std::string{context.t("list.import")}, import_path(resource)});
    return page;
}

void state_badge(Out& out, Context const& context, State state) {
    std::string_view tone = "muted";
    if (state == State::done || state == State::checked) tone = "good";
    if (state == State::refused) tone = "bad";
    if (is_working(state)) tone = "info";
    badge(out, context.t("imports.state." + std::string{sangu::name_of(state)}), tone);
}

http::Reply upload_page(Context& context, resource::Resource const& resource, Error const* error) {
    html::Page page =
        page_of(context, resource, context.t("resource.import_title", {plural_of(context, resource)}), false);
    page.lead = context.t("imports.lead");
    if (error) page.status = http::status_of(error->refusal);
    return render(context, page, [&](Out& out) {
        if (error)
            out << div(cls("note bad"), role("alert"), h2(context.t("imports.file_refused")), [&](Out& inner) {
                if (error->problems.empty()) inner << p(i18n::format(context.language, *error));
                for (Problem const& problem : error->problems) inner << p(i18n::format(context.language, problem));
            });
        upload_form(out, context, resource);
        earlier_imports(out, context, resource);
    });
}

} // namespace sangu::imports
