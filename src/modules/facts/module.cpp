#include "kernel/module.h"

#include "modules/facts/pages.h"
#include "modules/facts/rules.h"
#include "modules/facts/service.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> facts_files();
}

namespace {

constexpr std::string_view officers[] = {"zone_officer", "city_officer", "park_officer"};
constexpr std::string_view zone_officers[] = {"zone_officer"};
constexpr std::string_view everyone[] = {"public"};

// A line of a scoring table by the names of its scheme, item and measure, and bounds of ratios with their percentage.
std::string words_of(Context const& context, entity::FieldMeta const& field, void const* object) {
    auto const& band = *static_cast<facts::Band const*>(object);
    if (field.name == "scheme") return std::string{context.t("facts.scheme." + band.scheme)};
    if (field.name == "item") return std::string{context.t("facts.item." + band.scheme + "." + band.item)};
    if (field.name == "measure") return std::string{context.t("facts.measure." + band.measure)};
    if (field.name != "lower" || !facts::is_ratio(band.measure)) return {};
    auto const bound = static_cast<double>(band.lower);
    return context.t("facts.band.lower_ratio", {i18n::format_number(context.language, bound, 0),
                                                i18n::format_number(context.language, bound / 10'000, 4)});
}

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
                         .default_sort = "scheme",
                         .words = &words_of}};
    module.menu = {{"menu.work", "facts.title", "/my-figures", "signed_in", 86},
                   {"menu.work", "facts.queue", "/yearly-figures", approve_permission, 80},
                   {"menu.register", "facts.band.plural", "/score-tables", "public", 95}};
    module.files = embedded::facts_files();
    module.seed = &seed;
    return module;
}

} // namespace sangu
