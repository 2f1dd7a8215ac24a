#include "kernel/module.h"

#include "kernel/html/statement.h"
#include "kernel/openapi/openapi.h"
#include "modules/administration/pages.h"

namespace sangu {

namespace {

constexpr std::string_view system_administrator[] = {"system_administrator"};
constexpr std::string_view every_administrator[] = {"system_administrator", "security_administrator",
                                                    "audit_administrator"};

} // namespace

Module administration_module() {
    using namespace administration;
    using enum http::Method;
    return {
        .name = "administration",
        .permissions = {{"administration.jobs", system_administrator},
                        {"administration.calendar", system_administrator},
                        {"administration.settings", every_administrator}},
        .routes = {{.method = get,
                    .pattern = "/administration/jobs",
                    .permission = "administration.jobs",
                    .handler = jobs_page},
                   {.method = post,
                    .pattern = "/administration/jobs/{id}/retry",
                    .permission = "administration.jobs",
                    .handler = retry_job,
                    .body = http::Body::form},
                   {.method = get,
                    .pattern = "/administration/calendar",
                    .permission = "administration.calendar",
                    .handler = calendar_page},
                   {.method = post,
                    .pattern = "/administration/calendar",
                    .permission = "administration.calendar",
                    .handler = import_calendar,
                    .body = http::Body::upload},
                   {.method = get,
                    .pattern = "/administration/settings",
                    .permission = "administration.settings",
                    .handler = settings_page},
                   {.method = get,
                    .pattern = "/accessibility",
                    .permission = "public",
                    .handler = html::accessibility_page,
                    .cache = http::Cache::page},
                   {.method = get,
                    .pattern = "/api",
                    .permission = "public",
                    .handler = openapi::browse_page,
                    .cache = http::Cache::page},
                   {.method = get,
                    .pattern = "/api/v1/openapi.json",
                    .permission = "public",
                    .handler = openapi::document_reply,
                    .cache = http::Cache::page}},
        .menu = {{"menu.administration", "administration.jobs.title", "/administration/jobs", "administration.jobs",
                  60},
                 {"menu.administration", "administration.calendar.title", "/administration/calendar",
                  "administration.calendar", 70},
                 {"menu.administration", "administration.settings.title", "/administration/settings",
                  "administration.settings", 80}},
    };
}

} // namespace sangu
