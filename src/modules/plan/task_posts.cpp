#include "base/text.h"
#include "kernel/files/files.h"
#include "modules/plan/page_parts.h"

namespace sangu::plan {

namespace {

std::string typed(http::Request const& request, std::string_view field) {
    return std::string{trim(request.form_value(field).value_or(""))};
}

http::Reply back_to_task(http::Request const& request, std::string_view done) {
    return http::see_other("/tasks/" + http::percent_encode(request.parameter("id")) + "?done=" + std::string{done});
}

template <class T> http::Reply answer(Context& context, http::Request& request, Result<T> const& done) {
    if (!done) return task_page_with(context, request, done.error());
    return back_to_task(request, "done.saved");
}

// A date field: nothing typed is no date, something else is a problem.
Result<std::optional<Date>> typed_date(http::Request const& request, std::string_view field) {
    std::string const text = typed(request, field);
    if (text.empty()) return std::optional<Date>{};
    auto const parsed = entity::from_plain_text(*Task::meta.find("due"), text);
    auto const* shown = std::get_if<std::string>(&parsed.value);
    if (!shown) return refuse(Problems{{std::string{field}, "error.not_a_date", {}}});
    return parse_date(*shown);
}

Result<Task> assign_typed(Context& context, http::Request const& request) {
    Assignment const assignment {
        .lead_unit = typed(request, "lead_unit"), .coop_units = typed(request, "coop_units"),
        .due = TRY(typed_date(request, "due"))
    };
    return assign(context, request.parameter("id"), assignment, parse_integer(typed(request, "version")).value_or(-1));
}

Result<std::string> bulk_typed(Context& context, http::Request const& request) {
    BulkEdit edit;
    if (auto unit = typed(request, "lead_unit"); !unit.empty()) edit.lead_unit = std::move(unit);
    edit.due = TRY(typed_date(request, "due"));
    edit.assign = typed(request, "assign") == "true";
    std::vector<std::string> ids;
    for (auto const& [name, value] : request.form)
        if (name == "task") ids.push_back(value);
    return bulk_edit(context, ids, edit);
}

} // namespace

http::Reply bulk_post(Context& context, http::Request& request) {
    auto const done = bulk_typed(context, request);
    if (!done) {
        bool const again = done.error().refusal == Refusal::invalid || done.error().refusal == Refusal::conflict;
        if (again) context.refresh();
        return again ? tasks_page_with(context, request, done.error()) : html::refusal(context, request, done.error());
    }
    return http::see_other("/tasks?done=done.saved&bulk=" + *done);
}

http::Reply undo_post(Context& context, http::Request& request) {
    auto const done = undo(context, typed(request, "bulk"));
    if (!done) return html::refusal(context, request, done.error());
    return http::see_other("/tasks?done=done.undone");
}

http::Reply step_post(Context& context, http::Request& request) {
    return answer(context, request,
                  take_step(context, request.parameter("id"), request.parameter("action"), typed(request, "comment")));
}

http::Reply assign_post(Context& context, http::Request& request) {
    return answer(context, request, assign_typed(context, request));
}

http::Reply progress_post(Context& context, http::Request& request) {
    ProgressEntry entry;
    Problems problems = entity::from_form(entry, request.form);
    if (!problems.empty())
        return task_page_with(context, request, Error{Refusal::invalid, "error.invalid", {}, problems});
    return answer(context, request, report_progress(context, request.parameter("id"), entry, request.uploads));
}

http::Reply comment_post(Context& context, http::Request& request) {
    return answer(context, request, comment(context, request.parameter("id"), typed(request, "text")));
}

http::Reply follow_post(Context& context, http::Request& request) {
    return answer(context, request, follow(context, request.parameter("id"), typed(request, "on") == "true"));
}

http::Reply notice_post(Context& context, http::Request& request) {
    return answer(
        context, request,
        issue_notice(context, request.parameter("id"), typed(request, "text"), parse_integer(typed(request, "days"))));
}

http::Reply notice_step_post(Context& context, http::Request& request) {
    auto const done = step_notice(context, Id<SupervisionNotice>{std::string{request.parameter("id")}},
                                  request.parameter("action"), typed(request, "comment"));
    if (!done) return html::refusal(context, request, done.error());
    return http::see_other("/tasks/" + http::percent_encode(done->task) + "?done=done.saved");
}

http::Reply evidence_reply(Context& context, http::Request& request) {
    auto const file = files::find(context.reader(), request.parameter("file"));
    bool const ours = file && (file->owner_kind == progress_evidence || file->owner_kind == report_evidence);
    if (!ours || !context.may(file->permission, file->scope))
        return html::refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return http::download(files::open(context.services.database, file->sha256), file->content_type, file->name);
}

} // namespace sangu::plan
