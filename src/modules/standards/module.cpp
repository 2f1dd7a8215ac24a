#include "kernel/module.h"

#include "modules/standards/pages.h"
#include "modules/standards/rules.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> standards_files();
}

namespace {

constexpr std::string_view everyone[] = {"public"};
constexpr std::string_view officers[] = {"zone_officer", "city_officer", "park_officer"};
constexpr std::string_view zone_officers[] = {"zone_officer"};

} // namespace

Module standards_module() {
    using namespace standards;
    return {.name = "standards",
            .uses = {"registry"},
            .entities = {&Standard::meta, &Drafter::meta},
            .permissions = {{"standards.read", everyone},
                            {"standards.standard.edit", officers},
                            {"standards.standard.import", zone_officers}},
            .routes = {{.method = http::Method::get,
                        .pattern = "/standards/{id}",
                        .permission = "standards.read",
                        .handler = standard_page,
                        .cache = http::Cache::page}},
            .resources = {{.meta = &Standard::meta,
                           .path = "standards",
                           .read = "standards.read",
                           .write = "standards.standard.edit",
                           .import_permission = "standards.standard.import",
                           .scope_of = &scope_of_standard,
                           .before_write = &before_standard,
                           .after_write = &after_standard,
                           .import_key = "number",
                           .default_sort = "number",
                           .page = "/standards"}},
            .menu = {{"menu.rights", "standards.standard.plural", "/standards", "public", 40}},
            .files = embedded::standards_files()};
}

} // namespace sangu
