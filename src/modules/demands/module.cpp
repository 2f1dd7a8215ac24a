#include "kernel/module.h"

#include "modules/demands/rules.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> demands_files();
}

namespace demands {
namespace {

using library::Layer;

library::Kind const& demand_kind() {
    static library::Kind const one{
        .name = "demand",
        .path = "demands",
        .prefix = "XQ",
        .schema = "Demand",
        .schema_owner = "seller",
        .schema_date = "availabilityStarts",
        .content = &Demand::meta,
        .sections =
            {{.heading = "demands.section.what",
              .layer = Layer::title,
              .fields = {"tech_field", "industry", "deadline", "confidentiality"}},
             {.heading = "demands.section.how",
              .layer = Layer::title,
              .fields = {"buy", "license", "develop_jointly", "entrust", "consult"},
              .ways = "demands.ways"},
             {.heading = "demands.section.budget",
              .layer = Layer::abstract,
              .fields = {"budget_from", "budget_to", "budget_open"}},
             {.heading = "demands.section.problem", .layer = Layer::body, .fields = {"problem", "situation"}},
             {.heading = "demands.section.targets", .layer = Layer::body, .fields = {"acceptance"}, .rows = "targets"}},
        .rows = {{.name = "targets", .heading = "demands.demand.targets", .meta = &Target::meta, .layer = Layer::body}},
        .facets = {{"field", "demands.demand.tech_field", {"tech_field"}},
                   {"way", "demands.ways", {"buy", "license", "develop_jointly", "entrust", "consult"}},
                   {"confidentiality", "demands.demand.confidentiality", {"confidentiality"}}},
        .hints = demand_hints(),
        .check = &check_demand,
        .order = 20,
        .one_of_the_lists = true,
    };
    return one;
}

library::Kind const& talent_kind() {
    static library::Kind const one{
        .name = "talent",
        .path = "talents",
        .prefix = "RC",
        .schema = "Demand",
        .schema_owner = "seller",
        .schema_date = "availabilityStarts",
        .content = &Talent::meta,
        .sections = {{.heading = "demands.talent_section.what",
                      .layer = Layer::title,
                      .fields = {"direction", "level", "engagement", "tech_field", "persons", "from_on"}},
                     {.heading = "demands.talent_section.pay",
                      .layer = Layer::abstract,
                      .fields = {"pay_from", "pay_to"}},
                     {.heading = "demands.talent_section.text",
                      .layer = Layer::body,
                      .fields = {"duties", "requirements", "offer"}}},
        .facets = {{"direction", "demands.talent.direction", {"direction"}},
                   {"field", "demands.talent.tech_field", {"tech_field"}},
                   {"level", "demands.talent.level", {"level"}},
                   {"engagement", "demands.talent.engagement", {"engagement"}}},
        .hints = talent_hints(),
        .check = &check_talent,
        .order = 10,
        .one_of_the_lists = true,
    };
    return one;
}

std::vector<http::Route> routes() {
    auto all = library::routes_of(demand_kind());
    for (http::Route& one : library::routes_of(talent_kind())) all.push_back(std::move(one));
    return all;
}

void seed(Services& services) {
    for (EmbeddedFile const& file : embedded::demands_files()) {
        if (file.name == "data/demands.jsonl") library::seed_demo(services, demand_kind(), file.data);
        if (file.name == "data/talents.jsonl") library::seed_demo(services, talent_kind(), file.data);
    }
}

} // namespace
} // namespace demands

Module demands_module() {
    using namespace demands;
    return {
        .name = "demands",
        .uses = {"library"},
        .entities = {&Demand::meta, &Target::meta, &Talent::meta},
        .routes = routes(),
        .menu = {{"menu.libraries", "demands.talent.plural", "/talents", "public", 10},
                 {"menu.libraries", "demands.demand.plural", "/demands", "public", 20}},
        .offers = {&demand_kind(), &talent_kind()},
        .files = embedded::demands_files(),
        .seed = &demands::seed,
    };
}

} // namespace sangu
