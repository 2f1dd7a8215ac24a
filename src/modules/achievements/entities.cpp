#include "modules/achievements/entities.h"

namespace sangu::achievements {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Achievement::meta = entity::entity<Achievement>("achievements.achievement", [] {
    using A = Achievement;
    return fields(
        field<&A::id>().key(), field<&A::form>(), field<&A::stage>(), field<&A::readiness>(), field<&A::tech_field>(),
        field<&A::industry>().length(1, 5), field<&A::completed_on>(), field<&A::registration_number>().length(12, 12),
        field<&A::transfer>(), field<&A::exclusive_licence>(), field<&A::sole_licence>(), field<&A::ordinary_licence>(),
        field<&A::co_development>(), field<&A::equity>(), field<&A::price_mode>(), field<&A::price_from>().at_least(0),
        field<&A::price_to>().at_least(0), field<&A::inventors>().max_length(1000).multiline().personal(),
        field<&A::description>().max_length(8000).multiline(), field<&A::advantages>().max_length(4000).multiline(),
        field<&A::conditions>().max_length(2000).multiline());
});

constinit entity::EntityMeta const Owner::meta = entity::entity<Owner>("achievements.owner", [] {
    using O = Owner;
    return fields(field<&O::id>().key(),
                  field<&O::entry_id>().required().refers_to("achievements.achievement").read_only(),
                  field<&O::position>().between(0, 1000).read_only(), field<&O::name>().required().length(2, 120),
                  field<&O::share>().required().between(0, 100));
});

constinit entity::EntityMeta const RelatedRight::meta = entity::entity<RelatedRight>("achievements.related_right", [] {
    using R = RelatedRight;
    return fields(field<&R::id>().key(),
                  field<&R::entry_id>().required().refers_to("achievements.achievement").read_only(),
                  field<&R::position>().between(0, 1000).read_only(), field<&R::number>().required().length(2, 60));
});

} // namespace sangu::achievements
