// expect: the struct has members that are not described
#include "kernel/entity/entity.h"

using namespace sangu;
using namespace sangu::entity;

struct A {
    Id<A> id;
    Money price;
    bool open;
    static EntityMeta const meta;
};

constinit EntityMeta const A::meta =
    entity::entity<A>("t.a", [] { return fields(field<&A::id>().key(), field<&A::price>()); });
