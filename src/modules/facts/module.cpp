#include "kernel/module.h"

#include "modules/facts/pages.h"
#include "modules/facts/service.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> facts_files();
}

namespace {

constexpr std::string_view officers[] = {"zone_officer", "city_officer", "park_officer"};
constexpr std::string_view zone_officers[] = {"zone_officer"};
constexpr std::string_view everyone[] = {"public"};

} // namespace

Module facts_module() {
    using namespace facts;
    Module module{.name = "facts", .uses = {"registry"}};
    module.entities = {&Figures::meta, &Band::meta};
    module.permissions = {{see_permission, officers},
                          {approve_permission, officers},
                          {"facts.band.read", everyone},
                          {"facts.band.edit", zone_officers}};
    module.routes = routes();
    module.resources = {{.meta = &Band::meta,
                         .path = "score-tables",
                         .read = "facts.band.read",
                         .write = "facts.band.edit",
                         .default_sort = "scheme"}};
    module.menu = {{"menu.work", "facts.title", "/my-figures", "signed_in", 86},
                   {"menu.work", "facts.queue", "/yearly-figures", approve_permission, 80},
                   {"menu.register", "facts.band.plural", "/score-tables", "public", 95}};
    module.files = embedded::facts_files();
    module.seed = &seed;
    return module;
}

} // namespace sangu
