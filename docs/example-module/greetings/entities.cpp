#include "modules/greetings/entities.h"

namespace sangu::greetings {

constinit entity::EntityMeta const Greeting::meta = entity::entity<Greeting>("greetings.greeting", [] {
    using entity::field, entity::fields;
    using G = Greeting;
    return fields(field<&G::id>().key(), field<&G::newcomer>().required().length(2, 120).listed().search(10),
                  field<&G::occasion>().required().listed().facet(), field<&G::day>().required().listed(),
                  field<&G::text>().required().max_length(2000).multiline(), field<&G::version>().version());
});

} // namespace sangu::greetings
