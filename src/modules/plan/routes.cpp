#include "modules/plan/api.h"
#include "modules/plan/page_parts.h"
#include "modules/plan/pages.h"
#include "modules/plan/restatement_parts.h"

namespace sangu::plan {

std::vector<http::Route> routes() {
    using enum http::Method;
    std::vector<http::Route> all = api_routes();
    auto const page = [&](std::string_view pattern, std::string_view permission, http::Handler handler,
                          http::Cache cache = http::Cache::never) {
        all.push_back({.method = get,
                       .pattern = pattern,
                       .permission = permission,
                       .handler = std::move(handler),
                       .cache = cache});
    };
    auto const form = [&](std::string_view pattern, std::string_view permission, http::Handler handler,
                          http::Body body = http::Body::form) {
        all.push_back({.method = post,
                       .pattern = pattern,
                       .permission = permission,
                       .handler = std::move(handler),
                       .body = body});
    };
    page("/plans", read_permission, plans_page, http::Cache::page);
    page("/plans/{id}", read_permission, plan_page, http::Cache::page);
    page("/tasks", read_permission, tasks_page, http::Cache::page);
    page("/tasks/{id}", read_permission, task_page, http::Cache::page);
    page("/supervision", internal_permission, supervision_page);
    page("/reports", read_permission, reports_page, http::Cache::page);
    page("/reports/{id}", read_permission, report_page, http::Cache::page);
    page("/work", "signed_in", work_page);
    page("/evidence/{file}", internal_permission, evidence_reply);
    form("/tasks/bulk", edit_permission, bulk_post);
    form("/tasks/undo", edit_permission, undo_post);
    form("/tasks/{id}/actions/{action}", "signed_in", step_post);
    form("/tasks/{id}/assign", edit_permission, assign_post);
    form("/tasks/{id}/progress", report_permission, progress_post, http::Body::upload);
    form("/tasks/{id}/comments", internal_permission, comment_post);
    form("/tasks/{id}/follow", "signed_in", follow_post);
    form("/tasks/{id}/notices", supervise_permission, notice_post);
    form("/supervision-notices/{id}/actions/{action}", internal_permission, notice_step_post);
    form("/reports", accept_permission, open_reports_post);
    form("/reports/{id}", submit_permission, save_report_post, http::Body::upload);
    page("/reports/{id}/figures/{indicator}/restate", submit_permission, restatement_page);
    form("/reports/{id}/figures/{indicator}/restate", submit_permission, restatement_post);
    form("/restatements/{id}/actions/{action}", internal_permission, restatement_step_post);
    form("/reports/{id}/actions/{action}", internal_permission, report_step_post);
    return all;
}

} // namespace sangu::plan
