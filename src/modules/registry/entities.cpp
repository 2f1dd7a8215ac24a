#include "modules/registry/entities.h"

namespace sangu::registry {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Place::meta = entity::entity<Place>("registry.place", [] {
    using P = Place;
    return fields(
        field<&P::id>().key(), field<&P::code>().required().unique().length(2, 40).listed(),
        field<&P::kind>().required().listed().facet(), field<&P::parent_id>().refers_to("registry.place").listed(),
        field<&P::name_zh>().required().max_length(60).listed().search(10),
        field<&P::name_en>().required().max_length(100).listed().search(5),
        field<&P::division_code>().length(6, 6).listed(), field<&P::position>().between(0, 10'000),
        field<&P::path>().required().unique().max_length(200).read_only().listed(), field<&P::version>().version());
});

constinit entity::EntityMeta const Organisation::meta = entity::entity<Organisation>("registry.organisation", [] {
    using O = Organisation;
    return fields(field<&O::id>().key(), field<&O::name>().required().length(2, 120).listed().search(10),
                  field<&O::name_en>().max_length(200).search(5), field<&O::kind>().required().listed().facet(),
                  field<&O::uscc>().unique().length(18, 18).format("uscc").listed(),
                  field<&O::place_id>().refers_to("registry.place").listed().facet(),
                  field<&O::website>().max_length(300).format("url"),
                  field<&O::introduction>().max_length(4000).multiline(),
                  field<&O::scope>().required().max_length(200).read_only(), field<&O::version>().version());
});

constinit entity::EntityMeta const Membership::meta = entity::entity<Membership>("registry.membership", [] {
    using M = Membership;
    return fields(field<&M::id>().key(), field<&M::account_id>().required().refers_to("kernel.account").listed(),
                  field<&M::organisation_id>().required().refers_to("registry.organisation").listed(),
                  field<&M::position>().required().max_length(60).listed().personal(),
                  field<&M::since>().required().listed(), field<&M::until>().listed(), field<&M::version>().version(),
                  rule<M>("since_before_until", [](M const& one) { return !one.until || one.since < *one.until; }));
});

} // namespace sangu::registry
