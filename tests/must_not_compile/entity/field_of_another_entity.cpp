// expect: a field of another entity is described here
#include "kernel/entity/entity.h"

using namespace sangu;
using namespace sangu::entity;

struct Other {
    std::string title;
};
struct A {
    Id<A> id;
    std::string title;
    static EntityMeta const meta;
};

constinit EntityMeta const A::meta =
    entity::entity<A>("t.a", [] { return fields(field<&A::id>().key(), field<&Other::title>().max_length(9)); });
