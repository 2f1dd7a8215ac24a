#include "kernel/module.h"

#include "kernel/context.h"
#include "modules/intermediaries/rules.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> intermediaries_files();
}

namespace intermediaries {
namespace {

using library::Layer;

library::About about_validity(Context const& context, Validity validity) {
    std::string_view const tone = validity == Validity::valid ? "good" : validity == Validity::expired ? "bad" : "warn";
    return {.text = std::string{context.t("intermediaries.validity." + std::string{name_of(validity)})}, .tone = tone};
}

std::vector<library::About> licences_today(Context& context, std::span<entity::AnyObject const> rows) {
    std::vector<library::About> about;
    for (entity::AnyObject const& row : rows) {
        auto const& licence = *static_cast<Licence const*>(row.get());
        about.push_back(about_validity(context, validity_on(context.today(), licence.valid_from, licence.valid_until)));
    }
    return about;
}

std::vector<library::About> certificates_today(Context& context, std::span<entity::AnyObject const> rows) {
    std::vector<library::About> about;
    for (entity::AnyObject const& row : rows)
        about.push_back(about_validity(
            context, validity_on(context.today(), {}, static_cast<Staff const*>(row.get())->valid_until)));
    return about;
}

library::Kind const& kind() {
    static library::Kind const one{
        .name = "intermediary",
        .path = "intermediaries",
        .prefix = "ZB",
        .schema = "ProfessionalService",
        .schema_owner = "provider",
        .content = &Intermediary::meta,
        .sections = {{.heading = "intermediaries.section.services",
                      .layer = Layer::title,
                      .fields = {"technology_transfer", "patent_agency", "valuation", "legal", "accounting", "finance",
                                 "testing", "incubation", "training", "industry", "since"},
                      .ways = "intermediaries.services"},
                     {.heading = "intermediaries.section.licences", .layer = Layer::title, .rows = "licences"},
                     {.heading = "intermediaries.section.staff", .layer = Layer::title, .rows = "staff"},
                     {.heading = "intermediaries.section.tariff",
                      .layer = Layer::abstract,
                      .fields = {"tariff_terms"},
                      .rows = "tariff"},
                     {.heading = "intermediaries.section.text",
                      .layer = Layer::abstract,
                      .fields = {"coverage", "description"}},
                     {.heading = "intermediaries.section.contact",
                      .layer = Layer::body,
                      .fields = {"contact", "phone", "email"}}},
        .rows = {{.name = "licences",
                  .heading = "intermediaries.intermediary.licences",
                  .meta = &Licence::meta,
                  .layer = Layer::title,
                  .about = &licences_today},
                 {.name = "tariff",
                  .heading = "intermediaries.intermediary.tariff",
                  .meta = &Price::meta,
                  .layer = Layer::abstract},
                 {.name = "staff",
                  .heading = "intermediaries.intermediary.staff",
                  .meta = &Staff::meta,
                  .layer = Layer::title,
                  .about = &certificates_today}},
        .facets = {{"service",
                    "intermediaries.services",
                    {"technology_transfer", "patent_agency", "valuation", "legal", "accounting", "finance", "testing",
                     "incubation", "training"}}},
        .hints = hints(),
        .check = &check,
        .track_record = true,
        .order = 50,
    };
    return one;
}

void seed(Services& services) {
    for (EmbeddedFile const& file : embedded::intermediaries_files())
        if (file.name == "data/demo.jsonl") library::seed_demo(services, kind(), file.data);
}

} // namespace
} // namespace intermediaries

Module intermediaries_module() {
    using namespace intermediaries;
    return {
        .name = "intermediaries",
        .uses = {"library"},
        .entities = {&Intermediary::meta, &Licence::meta, &Price::meta, &Staff::meta},
        .routes = library::routes_of(kind()),
        .menu = {{"menu.libraries", "intermediaries.intermediary.plural", "/intermediaries", "public", 50}},
        .offers = {&kind()},
        .files = embedded::intermediaries_files(),
        .seed = &intermediaries::seed,
    };
}

} // namespace sangu
