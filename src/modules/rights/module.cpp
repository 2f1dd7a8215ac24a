#include "kernel/module.h"

#include "modules/rights/api.h"
#include "modules/rights/jobs.h"
#include "modules/rights/pages.h"
#include "modules/rights/project_entities.h"
#include "modules/rights/project_pages.h"
#include "modules/rights/resources.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> rights_files();
}

namespace {

constexpr std::string_view everyone[] = {"public"};
constexpr std::string_view officers[] = {"zone_officer", "city_officer", "park_officer"};
constexpr std::string_view zone_officers[] = {"zone_officer"};

std::vector<http::Route> rights_routes() {
    using namespace rights;
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
    page("/rights", read_permission, library_page, http::Cache::page);
    page("/rights/new", "signed_in", new_right_page);
    page("/rights/mine", "signed_in", own_rights_page);
    page("/rights/fees", read_permission, fee_calendar_page);
    page("/rights/fees.ics", read_permission, fee_calendar_file);
    page("/rights/import", import_permission, import_page);
    page("/rights/import/template/{format}", import_permission, import_template);
    page("/rights/{id}", read_permission, right_page, http::Cache::page);
    page("/rights/{id}/edit", "signed_in", edit_right_page);
    page("/rights/{id}/encumbrances", "signed_in", encumbrance_page);
    form("/rights", "signed_in", new_right_post);
    form("/rights/import", import_permission, import_post, http::Body::upload);
    form("/rights/{id}", "signed_in", edit_right_post);
    form("/rights/{id}/confirm", "signed_in", confirm_post);
    form("/rights/{id}/fees", "signed_in", pay_fee_post);
    form("/rights/{id}/encumbrances", "signed_in", encumbrance_post);
    form("/rights/{id}/encumbrances/{encumbrance}/release", "signed_in", release_post);
    page("/right-projects", read_permission, projects_page, http::Cache::page);
    page("/right-projects/download/{format}", read_permission, projects_download);
    page("/right-projects/feed.atom", read_permission, [](Context& context, http::Request& request) {
        return resource::feed_reply(context, project_list(), request);
    });
    page("/right-projects/new", "signed_in", new_project_page);
    page("/right-projects/{id}", read_permission, project_page, http::Cache::page);
    page("/right-projects/{id}/edit", "signed_in", edit_project_page);
    form("/right-projects", "signed_in", new_project_post);
    form("/right-projects/views", "signed_in", [](Context& context, http::Request& request) {
        return resource::save_view_post(context, project_list(), request);
    });
    form("/right-projects/views/{view}/delete", "signed_in", [](Context& context, http::Request& request) {
        return resource::delete_view_post(context, project_list(), request);
    });
    form("/right-projects/{id}", "signed_in", edit_project_post);
    form("/right-projects/{id}/members", "signed_in", add_members_post);
    form("/right-projects/{id}/members/{right}/remove", "signed_in", remove_member_post);
    form("/rights/views", "signed_in", [](Context& context, http::Request& request) {
        return resource::save_view_post(context, right_list(), request);
    });
    form("/rights/views/{view}/delete", "signed_in", [](Context& context, http::Request& request) {
        return resource::delete_view_post(context, right_list(), request);
    });
    return all;
}

} // namespace

Module rights_module() {
    using namespace rights;
    return {.name = "rights",
            .uses = {"registry"},
            .entities = {&Right::meta, &Holder::meta, &Inventor::meta, &Classification::meta, &Encumbrance::meta,
                         &FeePayment::meta, &Project::meta, &ProjectMember::meta, &TermRule::meta, &FeeRule::meta,
                         &SurchargeRule::meta, &Compatibility::meta, &Requirement::meta, &Mapping::meta},
            .permissions = {{read_permission, everyone},
                            {edit_permission, officers},
                            {import_permission, zone_officers},
                            {rule_permission, zone_officers}},
            .routes = rights_routes(),
            .resources = resources(),
            .menu = {{"menu.rights", "rights.right.plural", "/rights", "public", 30},
                     {"menu.work", "rights.mine.title", "/rights/mine", "signed_in", 30},
                     {"menu.rights", "rights.fees.title", "/rights/fees", "public", 35},
                     {"menu.rights", "rights.project.plural", "/right-projects", "public", 37},
                     {"menu.work", "rights.compatibility.plural", "/encumbrance-rules", rule_permission, 80}},
            .audiences = {{"rights.told.topic", "rights.right.", concerned_by_right},
                          {"rights.told.topic_fees", "rights.fee.", concerned_by_fee}},
            .jobs = job_handlers(),
            .schedules = job_schedules(),
            .offers = {resource::PublishedLists{&published_lists}},
            .files = embedded::rights_files(),
            .seed = &seed};
}

} // namespace sangu
