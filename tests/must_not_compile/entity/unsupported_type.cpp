// expect: entity::Type<T> is not specialised for the type of this member
#include "kernel/entity/entity.h"

using namespace sangu;
using namespace sangu::entity;

struct A {
    Id<A> id;
    std::array<int, 2> tags;
    static EntityMeta const meta;
};

constinit EntityMeta const A::meta =
    entity::entity<A>("t.a", [] { return fields(field<&A::id>().key(), field<&A::tags>()); });
