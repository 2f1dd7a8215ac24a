#include "modules/matching/entities.h"

namespace sangu::matching {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Pair::meta = entity::entity<Pair>("matching.pair", [] {
    using P = Pair;
    return fields(
        field<&P::id>().key(), field<&P::from_kind>().required().max_length(40).listed().search(2),
        field<&P::to_kind>().required().max_length(40).listed().search(1),
        field<&P::words_weight>().between(1, 100).listed(), field<&P::field_weight>().between(0, 100).listed(),
        field<&P::industry_weight>().between(0, 100).listed(), field<&P::place_weight>().between(0, 100).listed(),
        field<&P::readiness_weight>().between(0, 100).listed(), field<&P::price_weight>().between(0, 100).listed(),
        field<&P::threshold>().between(0, 100).listed(), field<&P::active>().listed(), field<&P::version>().version());
});

constinit entity::EntityMeta const Mark::meta = entity::entity<Mark>("matching.mark", [] {
    using M = Mark;
    return fields(field<&M::id>().key(), field<&M::account_id>().required().refers_to("kernel.account").read_only(),
                  field<&M::subject>().required().max_length(120).read_only(),
                  field<&M::candidate>().required().max_length(120).read_only(), field<&M::verdict>(),
                  field<&M::because>(), field<&M::at>().read_only());
});

} // namespace sangu::matching
