#include "kernel/module.h"

#include "modules/registry/claims.h"
#include "modules/registry/duplicates.h"
#include "modules/registry/entities.h"
#include "modules/registry/merge.h"
#include "modules/registry/organisation_service.h"
#include "modules/registry/pages.h"
#include "modules/registry/person_merge.h"
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
    module.entities = {&Place::meta,   &Organisation::meta, &Membership::meta, &Person::meta, &Affiliation::meta,
                       &Contact::meta, &Merge::meta,        &Duplicate::meta,  &Claim::meta,  &Invitation::meta};
    module.permissions = {{"registry.read", everyone},
                          {"registry.organisation.edit", officers},
                          {"registry.organisation.import", zone_officers},
                          {merge_permission, zone_officers},
                          {claim_decide, officers},
                          {"registry.membership.read", officers},
                          {"registry.membership.edit", zone_officers},
                          {"registry.person.read", officers},
                          {"registry.person.edit", zone_officers},
                          {person_merge_permission, zone_officers},
                          {"registry.place.edit", system_administrators}};
    for (auto routes : {organisation_routes(), person_routes(), duplicate_routes(), claim_routes(), workspace_routes()})
        module.routes.insert(module.routes.end(), routes.begin(), routes.end());
    module.resources = {organisation_resource(),
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
                         .default_sort = "-since"},
                        {.meta = &Person::meta,
                         .path = "people",
                         .read = "registry.person.read",
                         .write = "registry.person.edit",
                         .import_permission = "registry.person.edit",
                         .before_write = &before_person,
                         .import_key = "orcid",
                         .default_sort = "name",
                         .page = "/people"},
                        {.meta = &Affiliation::meta,
                         .path = "affiliations",
                         .read = "registry.person.read",
                         .write = "registry.person.edit"}};
    module.menu = {{"menu.register", "registry.organisation.plural", "/organisations", "public", 10},
                   {"menu.register", "registry.place.plural", "/places", "public", 20},
                   {"menu.register", "registry.membership.plural", "/memberships", "registry.membership.read", 30},
                   {"menu.register", "registry.person.plural", "/people", "registry.person.read", 40},
                   {.group = "menu.register",
                    .label = "registry.duplicate.plural",
                    .path = "/duplicates",
                    .permission = merge_permission,
                    .order = 50,
                    .count = count_open_pairs,
                    .renewed_by = "registry.organisation.created"},
                   {.group = "menu.work",
                    .label = "registry.claim.plural",
                    .path = "/claims",
                    .permission = claim_decide,
                    .order = 75,
                    .count = count_open_claims,
                    .renewed_by = "registry.claim.submitted"},
                   {"menu.work", "registry.workspace.title", "/my-organisation", "signed_in", 85},
                   {"menu.work", "registry.profile.title", "/profile", "signed_in", 90}};
    module.files = embedded::registry_files();
    module.seed = &registry::seed;
    return module;
}

} // namespace sangu
