#include "modules/experts/entities.h"

namespace sangu::experts {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Expert::meta = entity::entity<Expert>("experts.expert", [] {
    using E = Expert;
    return fields(field<&E::id>().key(), field<&E::name>().length(2, 60), field<&E::category>(), field<&E::rank>(),
                  field<&E::employer>().length(2, 120), field<&E::department>().length(1, 120),
                  field<&E::post>().length(1, 60), field<&E::tech_field>(), field<&E::industry>().length(1, 5),
                  field<&E::speciality>().length(2, 120), field<&E::directions>().max_length(1000).multiline(),
                  field<&E::availability>(), field<&E::available_from>(), field<&E::consulting>(), field<&E::review>(),
                  field<&E::joint_research>(), field<&E::training>(), field<&E::lecturing>(), field<&E::chinese>(),
                  field<&E::english>(), field<&E::japanese>(), field<&E::german>(), field<&E::french>(),
                  field<&E::russian>(), field<&E::experience>().max_length(8000).multiline(),
                  field<&E::phone>().length(5, 30).personal(), field<&E::email>().length(3, 254).personal());
});

constinit entity::EntityMeta const Evidence::meta = entity::entity<Evidence>("experts.evidence", [] {
    using E = Evidence;
    return fields(field<&E::id>().key(), field<&E::entry_id>().required().refers_to("experts.expert").read_only(),
                  field<&E::position>().between(0, 1000).read_only(), field<&E::kind>().required(),
                  field<&E::title>().required().length(2, 200), field<&E::reference>().length(2, 120),
                  field<&E::year>().between(1900, 2200));
});

constinit entity::EntityMeta const Avoidance::meta = entity::entity<Avoidance>("experts.avoidance", [] {
    using A = Avoidance;
    return fields(field<&A::id>().key(), field<&A::entry_id>().required().refers_to("experts.expert").read_only(),
                  field<&A::position>().between(0, 1000).read_only(), field<&A::ground>().required(),
                  field<&A::name>().required().length(2, 120).personal());
});

} // namespace sangu::experts
