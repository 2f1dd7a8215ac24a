#include "kernel/module.h"

#include "modules/indicators/audience.h"
#include "modules/indicators/checks.h"
#include "modules/indicators/import.h"
#include "modules/indicators/pages.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> indicators_files();
}

namespace {

using namespace indicators;

constexpr std::string_view everyone[] = {"public"};
constexpr std::string_view officers[] = {"zone_officer", "city_officer", "park_officer"};
constexpr std::string_view officers_and_approvers[] = {"zone_officer", "city_officer", "park_officer", "zone_approver"};
constexpr std::string_view approvers[] = {"zone_approver", "zone_officer"};
constexpr std::string_view zone_officers[] = {"zone_officer"};

Result<void> before_target(Context&, db::Session& session, void const*, void* after) {
    Problems problems = check_target(*static_cast<Target const*>(after), Known::load(session));
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

std::vector<http::Route> public_routes() {
    using enum http::Method;
    constexpr auto page = http::Cache::page;
    constexpr auto none = http::Body::none;
    return {{get, "/", "indicators.read", cockpit_page, none, page},
            {get, "/indicators", "indicators.read", list_page, none, page},
            {get, "/indicators/{code}", "indicators.read", indicator_page, none, page},
            {get, "/indicators/{code}/figures/{observation}", "indicators.read", receipt_page, none, page},
            {get, "/cities/{place}", "indicators.read", place_page, none, page},
            {get, "/data", "indicators.read", open_data_page, none, page},
            {get, "/data/{table}/{format}", "indicators.read", open_data_file},
            {get, "/feed.atom", "indicators.read", feed, none, page}};
}

std::vector<http::Route> working_routes() {
    using enum http::Method;
    constexpr std::string_view enter = "indicators.observation.enter", see = "indicators.observation.see";
    constexpr auto form = http::Body::form;
    return {{get, "/figures", see, work_page},
            {get, "/figures/new", enter, new_figure_page},
            {post, "/figures", enter, new_figure_post, form},
            {get, "/figures/import", "indicators.import", import_page},
            {post, "/figures/import", "indicators.import", import_post, http::Body::upload},
            {get, "/figures/import/template/{kind}/{format}", "indicators.import", import_template},
            {post, "/figures/import/{id}/approve", "indicators.observation.approve", approve_import_post, form},
            {get, "/figures/{id}", see, figure_page},
            {get, "/figures/{id}/edit", enter, edit_figure_page},
            {post, "/figures/{id}", enter, edit_figure_post, form},
            {get, "/figures/{id}/restate", enter, restate_page},
            {post, "/figures/{id}/restate", enter, restate_post, form},
            {post, "/figures/{id}/actions/{action}", see, figure_action, form}};
}

std::vector<http::Route> api_routes() {
    using enum http::Method;
    constexpr auto none = http::Body::none;
    constexpr auto json = http::Body::json;
    constexpr auto page = http::Cache::page;
    constexpr std::string_view one = "indicators.observation", list = "[indicators.observation]";
    return {{get, "/api/v1/cockpit", "indicators.read", api_cockpit, none, page, "indicators.api.cockpit", "",
             "indicators.cockpit"},
            {get, "/api/v1/indicators", "indicators.read", api_indicators, none, page, "indicators.indicator.plural",
             "", "[indicators.indicator]"},
            {get, "/api/v1/indicators/{code}", "indicators.read", api_indicator, none, page, "indicators.indicator", "",
             "indicators.indicator"},
            {get, "/api/v1/observations", "indicators.read", api_observations, none, http::Cache::never,
             "indicators.observation.plural", "", list},
            {get, "/api/v1/observations/{id}", "indicators.read", api_observation, none, http::Cache::never,
             "indicators.observation", "", one},
            {post, "/api/v1/observations", "indicators.observation.enter", api_enter, json, http::Cache::never,
             "indicators.api.enter", one, one},
            {post, "/api/v1/observations/{id}/actions/{action}", "indicators.observation.see", api_action, json,
             http::Cache::never, "indicators.api.step", "", one}};
}

constexpr std::string_view cockpit_schema = R"({"type":"object","required":["plan","items"],"properties":{
"plan":{"type":"string"},"items":{"type":"array","items":{"type":"object","properties":{
"indicator":{"type":"string"},"series":{"type":"string"},"name_zh":{"type":"string"},"name_en":{"type":"string"},
"unit":{"type":"string"},"kind":{"type":"string"},"plan":{"type":"string"},"place":{"type":"string"},
"year":{"type":"integer"},"comparator":{"type":"string"},"soft":{"type":"boolean"},"rating":{"type":"string"},
"target":{"type":["number","null"]},"target_to":{"type":["number","null"]},"base":{"type":["number","null"]},
"progress":{"type":["number","null"]},"actual":{"type":["object","null"]},"after_plan":{"type":["object","null"]},
"required_path":{"type":"array","items":{"type":"object"}}}}}}})";

} // namespace

Module indicators_module() {
    Module module{.name = "indicators", .uses = {"registry"}};
    module.entities = {&Source::meta, &Indicator::meta,   &Target::meta,
                       &Import::meta, &Observation::meta, &PeriodLock::meta};
    module.flows = {&Observation::flow};
    module.permissions = {{"indicators.read", everyone},
                          {"indicators.observation.see", officers_and_approvers},
                          {"indicators.observation.enter", officers},
                          {"indicators.observation.approve", approvers},
                          {"indicators.definition.edit", zone_officers},
                          {"indicators.import", zone_officers}};
    for (auto routes : {public_routes(), working_routes(), api_routes()})
        module.routes.insert(module.routes.end(), routes.begin(), routes.end());
    module.resources = {{.meta = &Target::meta,
                         .path = "targets",
                         .read = "indicators.read",
                         .write = "indicators.definition.edit",
                         .before_write = before_target,
                         .default_sort = "indicator",
                         .codes = {{"plan", "plan.plan"},
                                   {"indicator", "indicators.indicator"},
                                   {"place", "registry.place"},
                                   {"source", "indicators.source"}}},
                        {.meta = &Source::meta,
                         .path = "sources",
                         .read = "indicators.read",
                         .write = "indicators.observation.enter",
                         .import_key = "code",
                         .default_sort = "code"},
                        {.meta = &Indicator::meta,
                         .path = "indicator-definitions",
                         .read = "indicators.observation.see",
                         .write = "indicators.definition.edit",
                         .import_key = "code",
                         .default_sort = "position"}};
    module.imports = command_line_imports();
    module.menu = {{"menu.figures", "indicators.cockpit", "/", "public", 1},
                   {"menu.figures", "indicators.indicator.plural", "/indicators", "public", 2},
                   {"menu.figures", "indicators.open_data", "/data", "public", 3},
                   {"menu.figures_work", "indicators.work", "/figures", "indicators.observation.see", 10},
                   {"menu.figures_work", "indicators.target.plural", "/targets", "indicators.observation.see", 11},
                   {"menu.figures_work", "indicators.source.plural", "/sources", "indicators.observation.see", 12},
                   {"menu.figures_work", "indicators.import_title", "/figures/import", "indicators.import", 13}};
    module.audiences = {{"indicators.notice.topic.figures", "indicators.observation.", concerned_by_figure},
                        {"indicators.notice.topic.imports", "indicators.imported", concerned_by_import}};
    module.schemas = {{"indicators.cockpit", cockpit_schema}};
    module.files = embedded::indicators_files();
    module.seed = import_plan_data;
    return module;
}

} // namespace sangu
