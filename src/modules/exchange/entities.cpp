#include "modules/exchange/entities.h"

namespace sangu::exchange {

using entity::field, entity::fields;

constinit entity::EntityMeta const Repository::meta = entity::entity<Repository>("exchange.repository", [] {
    using R = Repository;
    return fields(field<&R::id>().key(), field<&R::name>().required().unique().length(2, 80).listed().search(10),
                  field<&R::address>().required().max_length(300).format("url").listed(),
                  field<&R::set_spec>().max_length(200), field<&R::every_hours>().between(1, 24 * 31),
                  field<&R::active>().listed().facet(), field<&R::state>().read_only().listed().facet(),
                  field<&R::harvested_until>().max_length(30).read_only(), field<&R::token>().max_length(2000).hidden(),
                  field<&R::last_error>().max_length(500).read_only().listed(),
                  field<&R::last_run_at>().read_only().listed(), field<&R::records>().read_only().listed(),
                  field<&R::version>().version());
});

constinit entity::EntityMeta const Harvested::meta = entity::entity<Harvested>("exchange.harvested", [] {
    using H = Harvested;
    return fields(field<&H::id>().key(), field<&H::title>().max_length(500).listed().search(10),
                  field<&H::repository_id>().refers_to("exchange.repository").listed().facet(),
                  field<&H::identifier>().max_length(500).search(2), field<&H::datestamp>().max_length(30),
                  field<&H::deleted>().facet(), field<&H::creators>().max_length(2000).multiline().listed(),
                  field<&H::subjects>().max_length(2000).multiline(),
                  field<&H::description>().max_length(20'000).multiline(), field<&H::published>().max_length(200),
                  field<&H::kind>().max_length(200), field<&H::language>().max_length(100),
                  field<&H::link>().max_length(500).format("url"), field<&H::state>().listed().facet(),
                  field<&H::harvested_at>().listed(), field<&H::version>().version());
});

} // namespace sangu::exchange
