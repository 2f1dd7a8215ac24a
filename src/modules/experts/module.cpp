#include "kernel/module.h"

#include "modules/experts/finder.h"
#include "modules/experts/pages.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> experts_files();
}

namespace experts {
namespace {

using library::Layer;

library::Kind const& kind() {
    static library::Kind const one{
        .name = "expert",
        .path = "experts",
        .prefix = "ZJ",
        .schema = "ProfilePage",
        .schema_owner = "provider",
        .content = &Expert::meta,
        .sections = {{.heading = "experts.section.who",
                      .layer = Layer::title,
                      .fields = {"name", "category", "rank", "employer", "department", "post"}},
                     {.heading = "experts.section.field",
                      .layer = Layer::title,
                      .fields = {"tech_field", "industry", "speciality", "directions"}},
                     {.heading = "experts.section.services",
                      .layer = Layer::title,
                      .fields = {"consulting", "review", "joint_research", "training", "lecturing", "availability",
                                 "available_from"},
                      .ways = "experts.services"},
                     {.heading = "experts.section.languages",
                      .layer = Layer::title,
                      .fields = {"chinese", "english", "japanese", "german", "french", "russian"},
                      .ways = "experts.languages"},
                     {.heading = "experts.section.evidence", .layer = Layer::title, .rows = "evidence"},
                     {.heading = "experts.section.text", .layer = Layer::body, .fields = {"experience"}},
                     {.heading = "experts.section.contact", .layer = Layer::body, .fields = {"phone", "email"}},
                     {.heading = "experts.section.avoidance", .layer = Layer::own, .rows = "avoidance"}},
        .rows = {{.name = "evidence",
                  .heading = "experts.expert.evidence",
                  .meta = &Evidence::meta,
                  .layer = Layer::title,
                  .about = &evidence_found},
                 {.name = "avoidance",
                  .heading = "experts.expert.avoidance",
                  .meta = &Avoidance::meta,
                  .layer = Layer::own}},
        .facets = {{"field", "experts.expert.tech_field", {"tech_field"}},
                   {"category", "experts.expert.category", {"category"}},
                   {"rank", "experts.expert.rank", {"rank"}},
                   {"service", "experts.services", {"consulting", "review", "joint_research", "training", "lecturing"}},
                   {"language", "experts.languages", {"chinese", "english", "japanese", "german", "french", "russian"}},
                   {"availability", "experts.expert.availability", {"availability"}}},
        .hints = hints(),
        .check = &check,
        .stored = &store_terms,
        .finder = "experts.finder",
        .finder_path = "/experts/finder",
        .order = 40,
    };
    return one;
}

std::vector<http::Route> routes() {
    auto all = library::routes_of(kind());
    all.push_back({.method = http::Method::get,
                   .pattern = "/experts/finder",
                   .permission = library::member_permission,
                   .handler = finder_page});
    return all;
}

void seed(Services& services) {
    for (EmbeddedFile const& file : embedded::experts_files())
        if (file.name == "data/demo.jsonl") library::seed_demo(services, kind(), file.data);
}

} // namespace
} // namespace experts

Module experts_module() {
    using namespace experts;
    return {
        .name = "experts",
        .uses = {"library", "reference", "registry", "rights"},
        .entities = {&Expert::meta, &Evidence::meta, &Avoidance::meta},
        .routes = routes(),
        .menu = {{"menu.libraries", "experts.expert.plural", "/experts", "public", 40},
                 {"menu.libraries", "experts.finder", "/experts/finder", library::member_permission, 45}},
        .offers = {&kind(), library::Way{.kind = "demand",
                                         .label = "experts.finder.for_demand",
                                         .path = "/experts/finder?demand="}},
        .files = embedded::experts_files(),
        .seed = &experts::seed,
    };
}

} // namespace sangu
