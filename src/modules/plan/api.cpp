#include "modules/plan/api.h"

#include "kernel/json/json.h"
#include "modules/plan/page_parts.h"

namespace sangu::plan {

namespace {

// The body as an object; an empty body is an empty one.
Result<json::Document> body_of(http::Request const& request) {
    return json::Document::parse(request.body.empty() ? std::string_view{"{}"} : std::string_view{request.body});
}

template <class E> http::Reply answer(Context& context, http::Request& request, Result<E> const& done) {
    if (!done) return html::refusal(context, request, done.error());
    return http::json_reply(entity::to_json(*done));
}

Result<std::string> comment_in(http::Request const& request) {
    auto const body = TRY(body_of(request));
    return std::string{body.root().text_of("comment")};
}

http::Reply task_action(Context& context, http::Request& request) {
    auto const comment = comment_in(request);
    if (!comment) return html::refusal(context, request, comment.error());
    return answer(context, request, take_step(context, request.parameter("id"), request.parameter("action"), *comment));
}

http::Reply task_progress(Context& context, http::Request& request) {
    ProgressEntry entry;
    entry.day = context.today();
    if (auto problems = entity::from_json(entry, request.body); !problems.empty())
        return html::refusal(context, request, Error{Refusal::invalid, "error.invalid", {}, std::move(problems)});
    auto const done = report_progress(context, request.parameter("id"), entry, {});
    if (!done) return html::refusal(context, request, done.error());
    return http::json_reply(entity::to_json(*entity::find(context.reader(), *done)), 201);
}

http::Reply notice_action(Context& context, http::Request& request) {
    auto const comment = comment_in(request);
    if (!comment) return html::refusal(context, request, comment.error());
    return answer(context, request,
                  step_notice(context, Id<SupervisionNotice>{std::string{request.parameter("id")}},
                              request.parameter("action"), *comment));
}

http::Reply report_action(Context& context, http::Request& request) {
    auto const comment = comment_in(request);
    if (!comment) return html::refusal(context, request, comment.error());
    return answer(
        context, request,
        step_report(context, Id<Report>{std::string{request.parameter("id")}}, request.parameter("action"), *comment));
}

http::Reply restatement_asked(Context& context, http::Request& request) {
    Restatement typed;
    if (auto problems = entity::from_json(typed, request.body); !problems.empty())
        return html::refusal(context, request, Error{Refusal::invalid, "error.invalid", {}, std::move(problems)});
    auto const done = ask_restatement(context, Id<Report>{std::string{request.parameter("id")}}, std::move(typed));
    if (!done) return html::refusal(context, request, done.error());
    return http::json_reply(entity::to_json(*entity::find(context.reader(), *done)), 201);
}

http::Reply restatement_action(Context& context, http::Request& request) {
    auto const comment = comment_in(request);
    if (!comment) return html::refusal(context, request, comment.error());
    return answer(context, request,
                  step_restatement(context, Id<Restatement>{std::string{request.parameter("id")}},
                                   request.parameter("action"), *comment));
}

} // namespace

std::vector<http::Route> api_routes() {
    using enum http::Method;
    auto const action = [](std::string_view pattern, http::Handler handler, std::string_view schema) {
        return http::Route{.method = post,
                           .pattern = pattern,
                           .permission = "signed_in",
                           .handler = std::move(handler),
                           .body = http::Body::json,
                           .summary = "resource.action",
                           .response_schema = schema};
    };
    auto progress = action("/api/v1/tasks/{id}/progress", task_progress, "plan.progress_entry");
    progress.request_schema = "plan.progress_entry";
    progress.summary = "plan.progress.enter";
    auto restatement = action("/api/v1/reports/{id}/restatements", restatement_asked, "plan.restatement");
    restatement.request_schema = "plan.restatement";
    restatement.summary = "plan.restatement.ask";
    return {action("/api/v1/tasks/{id}/actions/{action}", task_action, "plan.task"),
            std::move(progress),
            action("/api/v1/supervision-notices/{id}/actions/{action}", notice_action, "plan.notice"),
            action("/api/v1/reports/{id}/actions/{action}", report_action, "plan.report"),
            std::move(restatement),
            action("/api/v1/restatements/{id}/actions/{action}", restatement_action, "plan.restatement")};
}

} // namespace sangu::plan
