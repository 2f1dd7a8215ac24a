#include "kernel/module.h"

#include "modules/exchange/entities.h"
#include "modules/exchange/harvest.h"
#include "modules/exchange/pages.h"
#include "modules/exchange/records.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> exchange_files();
}

namespace {

constexpr std::string_view officers[] = {"zone_officer", "system_administrator"};
constexpr std::string_view zone_officers[] = {"zone_officer"};
constexpr std::string_view system_administrators[] = {"system_administrator"};

std::vector<http::Route> exchange_routes() {
    using namespace exchange;
    using enum http::Method;
    using http::Body;
    return {{.method = get, .pattern = "/oai", .permission = "public", .handler = oai_reply},
            {.method = post, .pattern = "/oai", .permission = "public", .handler = oai_reply, .body = Body::form},
            {.method = get, .pattern = "/robots.txt", .permission = "public", .handler = robots_reply},
            {.method = get,
             .pattern = "/sitemap.xml",
             .permission = "public",
             .handler = sitemap_index,
             .cache = http::Cache::page},
            {.method = get, .pattern = "/sitemaps/{part}", .permission = "public", .handler = sitemap_part},
            {.method = get,
             .pattern = "/data/catalog.jsonld",
             .permission = "public",
             .handler = catalogue_reply,
             .cache = http::Cache::page},
            {.method = get,
             .pattern = "/repositories/{id}",
             .permission = "exchange.repository.read",
             .handler = repository_page},
            {.method = post,
             .pattern = "/repositories/{id}/harvest",
             .permission = "exchange.manage",
             .handler = harvest_now_post,
             .body = Body::form},
            {.method = get, .pattern = "/harvested/{id}", .permission = "exchange.manage", .handler = harvested_page},
            {.method = post,
             .pattern = "/harvested/{id}/take",
             .permission = "exchange.manage",
             .handler = take_post,
             .body = Body::form},
            {.method = post,
             .pattern = "/harvested/{id}/dismiss",
             .permission = "exchange.manage",
             .handler = dismiss_post,
             .body = Body::form}};
}

} // namespace

Module exchange_module() {
    using namespace exchange;
    Module module{.name = "exchange"};
    module.entities = {&Repository::meta, &Harvested::meta};
    module.permissions = {{"exchange.manage", zone_officers},
                          {"exchange.repository.read", officers},
                          {"exchange.repository.edit", system_administrators}};
    module.routes = exchange_routes();
    module.resources = {{.meta = &Repository::meta,
                         .path = "repositories",
                         .read = "exchange.repository.read",
                         .write = "exchange.repository.edit",
                         .before_write = &before_repository,
                         .default_sort = "name",
                         .page = "/repositories"},
                        {.meta = &Harvested::meta,
                         .path = "harvested",
                         .read = "exchange.manage",
                         .default_sort = "-id",
                         .page = "/harvested"}};
    module.menu = {{"menu.register", "exchange.repository.plural", "/repositories", "exchange.repository.read", 95},
                   {"menu.register", "exchange.harvested.plural", "/harvested", "exchange.manage", 90}};
    module.listeners = {{"exchange.records", "", on_event}};
    module.jobs = {{.kind = "exchange.reconcile", .run = reconcile_job},
                   {.kind = "exchange.reconcile_all", .run = reconcile_all_job},
                   {.kind = "exchange.harvest", .run = harvest_job},
                   {.kind = "exchange.harvest_due", .run = harvest_due_job}};
    module.schedules = {{.kind = "exchange.reconcile_all", .every_s = 6 * 3600},
                        {.kind = "exchange.harvest_due", .every_s = 900}};
    module.files = embedded::exchange_files();
    return module;
}

} // namespace sangu
