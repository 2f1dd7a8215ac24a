#include "kernel/module.h"

#include "modules/registry/entities.h"
#include "modules/registry/rules.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> registry_files();
}

namespace {

constexpr std::string_view everyone[] = {"public"};
constexpr std::string_view officers[] = {"zone_officer", "city_officer", "park_officer"};
constexpr std::string_view zone_officers[] = {"zone_officer"};
constexpr std::string_view system_administrators[] = {"system_administrator"};

} // namespace

Module registry_module() {
    using namespace registry;
    Module module{.name = "registry"};
    module.entities = {&Place::meta, &Organisation::meta, &Membership::meta};
    module.permissions = {{"registry.read", everyone},
                          {"registry.organisation.edit", officers},
                          {"registry.organisation.import", zone_officers},
                          {"registry.membership.read", officers},
                          {"registry.membership.edit", zone_officers},
                          {"registry.place.edit", system_administrators}};
    module.resources = {{.meta = &Organisation::meta,
                         .path = "organisations",
                         .read = "registry.read",
                         .write = "registry.organisation.edit",
                         .import_permission = "registry.organisation.import",
                         .scope_of = &scope_of_organisation,
                         .before_write = &before_organisation,
                         .import_key = "name",
                         .default_sort = "name"},
                        {.meta = &Place::meta,
                         .path = "places",
                         .read = "registry.read",
                         .write = "registry.place.edit",
                         .before_write = &before_place,
                         .import_key = "code",
                         .default_sort = "position"},
                        {.meta = &Membership::meta,
                         .path = "memberships",
                         .read = "registry.membership.read",
                         .write = "registry.membership.edit",
                         .default_sort = "-since"}};
    module.menu = {{"menu.register", "registry.organisation.plural", "/organisations", "public", 10},
                   {"menu.register", "registry.place.plural", "/places", "public", 20},
                   {"menu.register", "registry.membership.plural", "/memberships", "registry.membership.read", 30}};
    module.files = embedded::registry_files();
    module.seed = &registry::seed;
    return module;
}

} // namespace sangu
