#include "modules/standards/entities.h"

namespace sangu::standards {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Standard::meta = entity::entity<Standard>("standards.standard", [] {
    using S = Standard;
    return fields(
        field<&S::id>().key(), field<&S::number>().required().unique().length(3, 60).listed().search(10),
        field<&S::title>().required().length(1, 300).listed().search(8),
        field<&S::title_en>().max_length(300).search(4), field<&S::level>().required().listed().facet(),
        field<&S::status>().required().listed().facet(), field<&S::published_on>(), field<&S::in_force_on>().listed(),
        field<&S::ended_on>(), field<&S::replaced_by>().max_length(60), field<&S::adoption>().required().facet(),
        field<&S::adopted_number>().max_length(60).search(3), field<&S::ics>().max_length(20),
        field<&S::organisations>().max_length(8000).multiline().search(2),
        field<&S::people>().max_length(4000).multiline(), field<&S::summary>().max_length(4000).multiline(),
        field<&S::source>().max_length(300), field<&S::scope>().required().max_length(200).read_only(),
        field<&S::version>().version(),
        rule<S>("adoption_names_the_standard",
                [](S const& one) { return (one.adoption == Adoption::none) == !one.adopted_number; }),
        rule<S>("in_force_after_publication",
                [](S const& one) {
                    return !one.published_on || !one.in_force_on || *one.published_on <= *one.in_force_on;
                }),
        rule<S>("ends_after_beginning",
                [](S const& one) { return !one.in_force_on || !one.ended_on || *one.in_force_on <= *one.ended_on; }),
        rule<S>("replaced_is_superseded", [](S const& one) {
            return !one.replaced_by || one.status == Status::superseded || one.status == Status::withdrawn;
        }));
});

constinit entity::EntityMeta const Drafter::meta = entity::entity<Drafter>("standards.drafter", [] {
    using D = Drafter;
    return fields(field<&D::id>().key(), field<&D::standard_id>().required().refers_to("standards.standard"),
                  field<&D::position>().required().between(1, 200), field<&D::kind>().required(),
                  field<&D::organisation_id>().refers_to("registry.organisation"),
                  field<&D::name>().required().length(1, 200).listed());
});

} // namespace sangu::standards
