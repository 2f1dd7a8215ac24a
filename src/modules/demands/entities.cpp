#include "modules/demands/entities.h"

namespace sangu::demands {

using entity::field, entity::fields;

constinit entity::EntityMeta const Demand::meta = entity::entity<Demand>("demands.demand", [] {
    using D = Demand;
    return fields(
        field<&D::id>().key(), field<&D::tech_field>(), field<&D::industry>().length(1, 5), field<&D::deadline>(),
        field<&D::buy>(), field<&D::license>(), field<&D::develop_jointly>(), field<&D::entrust>(),
        field<&D::consult>(), field<&D::budget_from>().at_least(0), field<&D::budget_to>().at_least(0),
        field<&D::budget_open>(), field<&D::confidentiality>(), field<&D::problem>().max_length(4000).multiline(),
        field<&D::situation>().max_length(4000).multiline(), field<&D::acceptance>().max_length(4000).multiline());
});

constinit entity::EntityMeta const Target::meta = entity::entity<Target>("demands.target", [] {
    using T = Target;
    return fields(field<&T::id>().key(), field<&T::entry_id>().required().refers_to("demands.demand").read_only(),
                  field<&T::position>().between(0, 1000).read_only(), field<&T::name>().required().length(1, 80),
                  field<&T::bound>().required(), field<&T::figure>().required(), field<&T::unit>().max_length(20),
                  field<&T::present>().max_length(80));
});

constinit entity::EntityMeta const Talent::meta = entity::entity<Talent>("demands.talent", [] {
    using T = Talent;
    return fields(field<&T::id>().key(), field<&T::direction>(), field<&T::level>(), field<&T::engagement>(),
                  field<&T::tech_field>(), field<&T::persons>().between(1, 1000), field<&T::from_on>(),
                  field<&T::pay_from>().at_least(0), field<&T::pay_to>().at_least(0),
                  field<&T::duties>().max_length(4000).multiline(),
                  field<&T::requirements>().max_length(4000).multiline(),
                  field<&T::offer>().max_length(4000).multiline());
});

} // namespace sangu::demands
