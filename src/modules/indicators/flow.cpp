#include "modules/indicators/entities.h"

namespace sangu::indicators {

namespace role {
inline constexpr flow::Role zone_officer{"zone_officer"};
inline constexpr flow::Role city_officer{"city_officer"};
inline constexpr flow::Role park_officer{"park_officer"};
inline constexpr flow::Role zone_approver{"zone_approver"};
} // namespace role

// That the approver is another person than the one who entered is checked by the service and by the database.
constinit flow::Flow const Observation::flow = flow::flow<&Observation::state>("indicators.observation", [] {
    using enum ObservationState;
    using W = flow::Words<Observation, ObservationState>;
    return flow::table(
        draft, flow::set_of<ObservationState>(published, discarded),
        W::on("submit")
            .from(draft, returned)
            .to(submitted)
            .by(role::zone_officer, role::city_officer, role::park_officer),
        W::on("approve").from(submitted).to(approved).by(role::zone_approver, role::zone_officer),
        W::on("return").from(submitted, approved).to(returned).by(role::zone_approver, role::zone_officer).comment(),
        W::on("publish").from(approved).to(published).by(role::zone_approver, role::zone_officer),
        W::on("discard")
            .from(draft, returned)
            .to(discarded)
            .by(role::zone_officer, role::city_officer, role::park_officer));
});

} // namespace sangu::indicators
