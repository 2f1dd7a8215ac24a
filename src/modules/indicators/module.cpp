#include "kernel/module.h"

#include "modules/indicators/import.h"

#include <array>

namespace sangu::embedded {
std::span<EmbeddedFile const> indicators_files();
}

namespace sangu {

namespace {

constexpr std::array<std::string_view, 3> officers{"zone_officer", "city_officer", "park_officer"};
constexpr std::array<std::string_view, 2> approvers{"zone_approver", "zone_officer"};
constexpr std::array<std::string_view, 1> zone_officers{"zone_officer"};

} // namespace

Module indicators_module() {
    using namespace indicators;
    return {
        .name = "indicators",
        .uses = {"registry"},
        .entities = {&Source::meta, &Indicator::meta, &Target::meta, &Import::meta, &Observation::meta,
                     &PeriodLock::meta},
        .flows = {&Observation::flow},
        .permissions = {{"indicators.observation.enter", officers},
                        {"indicators.observation.approve", approvers},
                        {"indicators.definition.edit", zone_officers},
                        {"indicators.import", zone_officers}},
        .files = embedded::indicators_files(),
        .seed = import_plan_data,
    };
}

} // namespace sangu
