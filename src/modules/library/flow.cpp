#include "modules/library/entities.h"

namespace sangu::library {

namespace role {
inline constexpr flow::Role owner{"entry_owner"}; // given to whoever owns the entry, see acting()
inline constexpr flow::Role zone_officer{"zone_officer"};
inline constexpr flow::Role city_officer{"city_officer"};
inline constexpr flow::Role park_officer{"park_officer"};
} // namespace role

// Dates and counters follow in the service. The wait of "expire" is the grace after the day of confirmation (a term);
// that an officer does not publish an entry of their own is checked by the service.
constinit flow::Flow const Entry::flow = flow::flow<&Entry::state>("library.entry", [] {
    using enum EntryState;
    using W = flow::Words<Entry, EntryState>;
    return flow::table(
        draft, flow::set_of<EntryState>(ended, discarded),
        W::on("submit")
            .from(draft, returned)
            .to(submitted)
            .by(role::owner)
            .when("complete", [](Entry const& e) { return e.complete; }),
        W::on("recall").from(submitted).to(draft).by(role::owner),
        W::on("publish").from(submitted).to(published).by(role::zone_officer, role::city_officer, role::park_officer),
        W::on("return")
            .from(submitted)
            .to(returned)
            .by(role::zone_officer, role::city_officer, role::park_officer)
            .comment(),
        W::on("take_down")
            .from(published)
            .to(returned)
            .by(role::zone_officer, role::city_officer, role::park_officer)
            .comment(),
        W::on("confirm").from(published, expired, withdrawn).to(published).by(role::owner),
        W::on("withdraw").from(published).to(withdrawn).by(role::owner),
        W::after(flow::days(30), "expire").from(published).to(expired),
        W::on("end")
            .from(published, expired, withdrawn)
            .to(ended)
            .by(role::owner)
            .when("outcome_given", [](Entry const& e) { return e.outcome.has_value(); }),
        W::on("discard").from(draft, returned).to(discarded).by(role::owner));
});

} // namespace sangu::library
