#include "kernel/module.h"

#include "kernel/context.h"
#include "modules/achievements/rules.h"
#include "modules/rights/rights.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> achievements_files();
}

namespace achievements {
namespace {

using library::Layer;

// The rights behind the numbers with their encumbrance today, as far as this reader may know of them.
std::vector<library::About> rights_now(Context& context, std::span<entity::AnyObject const> rows) {
    std::vector<std::string> numbers;
    for (entity::AnyObject const& row : rows) numbers.push_back(static_cast<RelatedRight const*>(row.get())->number);
    std::vector<library::About> about(rows.size());
    for (auto const& [i, right] : rights::rights_numbered(context, numbers))
        about[i] = {right.title + " · " +
                        std::string{context.t("rights.right.encumbrance." + std::string{name_of(right.encumbrance)})},
                    right.path()};
    return about;
}

library::Kind const& kind() {
    static library::Kind const one{
        .name = "achievement",
        .path = "achievements",
        .prefix = "CG",
        .schema = "CreativeWork",
        .schema_owner = "copyrightHolder",
        .content = &Achievement::meta,
        .sections = {{.heading = "achievements.section.what",
                      .layer = Layer::title,
                      .fields = {"form", "stage", "readiness", "tech_field", "industry", "completed_on",
                                 "registration_number"}},
                     {.heading = "achievements.section.cooperation",
                      .layer = Layer::title,
                      .fields = {"transfer", "exclusive_licence", "sole_licence", "ordinary_licence", "co_development",
                                 "equity", "price_mode", "price_from", "price_to"},
                      .ways = "achievements.ways"},
                     {.heading = "achievements.section.who",
                      .layer = Layer::abstract,
                      .fields = {"inventors"},
                      .rows = "owners"},
                     {.heading = "achievements.section.rights", .layer = Layer::abstract, .rows = "rights"},
                     {.heading = "achievements.section.text",
                      .layer = Layer::body,
                      .fields = {"description", "advantages", "conditions"}}},
        .rows = {{.name = "owners",
                  .heading = "achievements.achievement.owners",
                  .meta = &Owner::meta,
                  .layer = Layer::abstract},
                 {.name = "rights",
                  .heading = "achievements.achievement.rights",
                  .meta = &RelatedRight::meta,
                  .layer = Layer::abstract,
                  .about = &rights_now}},
        .facets = {{"field", "achievements.achievement.tech_field", {"tech_field"}},
                   {"stage", "achievements.achievement.stage", {"stage"}},
                   {"readiness", "achievements.achievement.readiness", {"readiness"}},
                   {"form", "achievements.achievement.form", {"form"}},
                   {"way",
                    "achievements.ways",
                    {"transfer", "exclusive_licence", "sole_licence", "ordinary_licence", "co_development", "equity"}}},
        .hints = hints(),
        .check = &check,
        .order = 30,
        .one_of_the_lists = true,
    };
    return one;
}

void seed(Services& services) {
    for (EmbeddedFile const& file : embedded::achievements_files())
        if (file.name == "data/demo.jsonl") library::seed_demo(services, kind(), file.data);
}

} // namespace
} // namespace achievements

Module achievements_module() {
    using namespace achievements;
    return {
        .name = "achievements",
        .uses = {"library", "rights"},
        .entities = {&Achievement::meta, &Owner::meta, &RelatedRight::meta},
        .routes = library::routes_of(kind()),
        .menu = {{"menu.libraries", "achievements.achievement.plural", "/achievements", "public", 30}},
        .offers = {&kind()},
        .files = embedded::achievements_files(),
        .seed = &achievements::seed,
    };
}

} // namespace sangu
