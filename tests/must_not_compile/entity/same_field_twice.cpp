// expect: two_fields_of_this_entity_have_the_same_name
#include "kernel/entity/entity.h"

using namespace sangu;
using namespace sangu::entity;

struct A {
    Id<A> id;
    Money price;
    Money fee;
    static EntityMeta const meta;
};

constinit EntityMeta const A::meta =
    entity::entity<A>("t.a", [] { return fields(field<&A::id>().key(), field<&A::price>(), field<&A::price>()); });
