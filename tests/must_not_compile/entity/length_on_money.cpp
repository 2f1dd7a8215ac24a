// expect: Textual
#include "kernel/entity/entity.h"

using namespace sangu;
using namespace sangu::entity;

struct A {
    Id<A> id;
    Money price;
    static EntityMeta const meta;
};

constinit EntityMeta const A::meta =
    entity::entity<A>("t.a", [] { return fields(field<&A::id>().key(), field<&A::price>().max_length(9)); });
