// expect: an_entity_has_at_most_one_version_field
#include "kernel/entity/entity.h"

using namespace sangu;
using namespace sangu::entity;

struct A {
    Id<A> id;
    std::int64_t version;
    std::int64_t edition;
    static EntityMeta const meta;
};

constinit EntityMeta const A::meta = entity::entity<A>("t.a", [] {
    return fields(field<&A::id>().key(), field<&A::version>().version(), field<&A::edition>().version());
});
