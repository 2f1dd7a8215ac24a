#include "kernel/imports/pages.h"

#include "kernel/module.h"
#include "kernel/resource/pages.h"
#include "kernel/resource/service.h"

namespace sangu::imports {

using namespace html;

namespace {

constexpr int listed_imports = 20, kept_shown = 100;
constexpr std::int64_t small_file_pieces = 4; // of 256 KiB: checked while the page waits

std::string count(Context const& context, std::int64_t number) {
    return i18n::format_number(context.language, static_cast<double>(number), 0);
}

std::string plural(Context const& context, resource::Resource const& resource) {
    return std::string{context.t(resource::plural_key(resource))};
}

html::Page page_of(Context const& context, resource::Resource const& resource, std::string title, bool is_below) {
    html::Page page{.title = std::move(title),
                    .crumbs = {{plural(context, resource), resource::base_path(resource)}},
                    .wide = true};
    if (is_below) page.crumbs.push_back({std::string{context.t("list.import")}, import_path(resource)});
    return page;
}

void upload_form(Out& out, Context const& context, resource::Resource const& resource) {
    std::string const path = import_path(resource);
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
    out << p(
        context.t("resource.import_template"), " ", a(href(Url::local(path + "/template.csv")), "CSV"), " · ",
        a(href(Url::local(path + "/template.xlsx")), "XLSX"), " · ",
        a(href(Url::local(resource::base_path(resource) + "/download/csv")), context.t("resource.import_present")));
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
                          td(cls("num"), count(context, one.rows_total)), td(one.account_name),
                          td(cls("nowrap"), i18n::format_time(context.language, one.created_at)));
                  })))));
}

http::Reply listing(Context& context, resource::Resource const& resource, Error const* error) {
    html::Page page =
        page_of(context, resource, context.t("resource.import_title", {plural(context, resource)}), false);
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
               p(a(href(Url::local(resource::base_path(resource))), plural(context, resource))));
    if (import.created + import.changed == 0) return;
    out << details(
        summary(cls("button"), context.t("imports.undo")), p(context.t("imports.undo_text")),
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

http::Reply show(Context& context, resource::Resource const& resource, Import const& import, Mapping const* typed,
                 Error const* error) {
    html::Page page = page_of(context, resource, import.file_name, true);
    if (error) page.status = http::status_of(error->refusal);
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
                       if (!error && !is_working(import.state)) report_part(inner, context, resource, import);
                   });
        if (error)
            out << div(cls("note bad"), role("alert"), h2(context.t("imports.mapping_refused")), [&](Out& inner) {
                problems_table(inner, context, *resource.meta, seen->mapping, error->problems);
            });
        if (seen) {
            out << h2(context.t("imports.columns"));
            mapping_form(out, context, resource, import, *seen);
        }
    });
}

// Finds the import, does `act` and then what can be done at once; the page shows the rest.
http::Reply act_on(Context& context, resource::Resource const& resource, http::Request const& request,
                   FunctionRef<Result<void>(Import const&)> act) {
    auto const import = find(context.reader(), resource.path, request.parameter("id"));
    if (!import) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    if (auto const done = act(*import); !done) return refusal(context, request, done.error());
    auto const pieces =
        context.reader().integer("select count(*) from kernel_blob where sha256 = ?", {import->sha256}).value_or(0);
    auto const now = find(context.reader(), resource.path, import->id.text);
    bool const waits = now && (now->state != State::checking || pieces <= small_file_pieces);
    if (!waits || !work(context.services, resource, import->id.text, at_once_ms))
        leave_to_job(context.services, *import);
    return http::see_other(import_path(resource, import->id.text));
}

} // namespace

std::string import_path(resource::Resource const& resource, std::string_view id) {
    std::string path = resource::base_path(resource) + "/import";
    if (!id.empty()) path.append("/").append(id);
    return path;
}

void state_badge(Out& out, Context const& context, State state) {
    std::string_view tone = "muted";
    if (state == State::done || state == State::checked) tone = "good";
    if (state == State::refused) tone = "bad";
    if (is_working(state)) tone = "info";
    badge(out, context.t("imports.state." + std::string{sangu::name_of(state)}), tone);
}

http::Reply list_page(Context& context, resource::Resource const& resource, http::Request&) {
    return listing(context, resource, nullptr);
}

http::Reply upload_post(Context& context, resource::Resource const& resource, http::Request& request) {
    for (http::Upload const& upload : request.uploads) {
        if (upload.field != "file" || upload.size == 0) continue;
        auto const import = begin(context, resource, upload, request.form_value("source").value_or(""));
        if (!import) return listing(context, resource, &import.error());
        return http::see_other(import_path(resource, import->id.text));
    }
    Error const missing{Refusal::invalid, "error.invalid", {}, {{"file", "error.file.missing", {}, 0, 0}}};
    return listing(context, resource, &missing);
}

http::Reply import_page(Context& context, resource::Resource const& resource, http::Request& request) {
    auto const import = find(context.reader(), resource.path, request.parameter("id"));
    if (!import) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return show(context, resource, *import, nullptr, nullptr);
}

http::Reply check_post(Context& context, resource::Resource const& resource, http::Request& request) {
    auto const import = find(context.reader(), resource.path, request.parameter("id"));
    if (!import) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    if (!import->has_file) return refusal(context, request, Error{Refusal::conflict, "error.import.moved_on", {}, {}});
    Mapping typed = typed_mapping(*resource.meta, mapping_from(import->mapping), request);
    {
        auto const file = file_of(context.services.database, *import);
        auto const seen = preview(context, resource, file->path(), import->source, &typed);
        if (!seen) return refusal(context, request, seen.error());
        Problems problems = check_mapping(*resource.meta, typed);
        problems.insert(problems.end(), seen->ambiguous.begin(), seen->ambiguous.end());
        if (!problems.empty()) {
            Error const error{Refusal::invalid, "error.invalid", {}, std::move(problems)};
            return show(context, resource, *import, &typed, &error);
        }
        typed = seen->mapping;
    }
    return act_on(context, resource, request,
                  [&](Import const& one) { return ask_check(context, resource, one, typed); });
}

http::Reply run_post(Context& context, resource::Resource const& resource, http::Request& request) {
    return act_on(context, resource, request, [&](Import const& one) { return ask_run(context, resource, one); });
}

http::Reply stop_post(Context& context, resource::Resource const& resource, http::Request& request) {
    return act_on(context, resource, request, [&](Import const& one) { return ask_stop(context, resource, one); });
}

http::Reply undo_post(Context& context, resource::Resource const& resource, http::Request& request) {
    return act_on(context, resource, request, [&](Import const& one) { return ask_undo(context, resource, one); });
}

} // namespace sangu::imports
