#include "kernel/imports/pages.h"

#include "kernel/module.h"

namespace sangu::imports {

using html::refusal;

namespace {

constexpr std::int64_t small_file_pieces = 4; // of 256 KiB: checked while the page waits

// Does what was asked for as far as it can be done at once; the page shows the rest. A file that the check refuses is
// answered with its report.
http::Reply proceed(Context& context, resource::Resource const& resource, Import const& import) {
    auto const pieces =
        context.reader().integer("select count(*) from kernel_blob where sha256 = ?", {import.sha256}).value_or(0);
    auto const asked = find(context.reader(), resource.path, import.id.text);
    bool const waits = asked && (asked->state != State::checking || pieces <= small_file_pieces);
    if (!waits || !work(context.services, resource, import.id.text, at_once_ms)) leave_to_job(context.services, import);
    context.refresh();
    auto const now = find(context.reader(), resource.path, import.id.text);
    if (asked && asked->state == State::checking && now && now->state == State::refused)
        return record_page(context, resource, *now, nullptr, {}, 422);
    return http::see_other(import_path(resource, import.id.text));
}

http::Reply act_on(Context& context, resource::Resource const& resource, http::Request const& request,
                   FunctionRef<Result<void>(Import const&)> act) {
    auto const import = find(context.reader(), resource.path, request.parameter("id"));
    if (!import) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    if (auto const done = act(*import); !done) return refusal(context, request, done.error());
    return proceed(context, resource, *import);
}

} // namespace

http::Reply list_page(Context& context, resource::Resource const& resource, http::Request&) {
    return upload_page(context, resource, nullptr);
}

http::Reply upload_post(Context& context, resource::Resource const& resource, http::Request& request) {
    for (http::Upload const& upload : request.uploads) {
        if (upload.field != "file" || upload.size == 0) continue;
        auto const begun = begin(context, resource, upload, request.form_value("source").value_or(""));
        if (!begun) return upload_page(context, resource, &begun.error());
        Import const& import = begun->import;
        if (!begun->is_clear) return http::see_other(import_path(resource, import.id.text));
        if (auto const asked = ask_check(context, resource, import, mapping_from(import.mapping)); !asked)
            return refusal(context, request, asked.error());
        return proceed(context, resource, import);
    }
    Error const missing{Refusal::invalid, "error.invalid", {}, {{"file", "error.file.missing", {}, 0, 0}}};
    return upload_page(context, resource, &missing);
}

http::Reply import_page(Context& context, resource::Resource const& resource, http::Request& request) {
    auto const import = find(context.reader(), resource.path, request.parameter("id"));
    if (!import) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return record_page(context, resource, *import, nullptr, {}, 200);
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
            return record_page(context, resource, *import, &typed, error.problems, http::status_of(error.refusal));
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
