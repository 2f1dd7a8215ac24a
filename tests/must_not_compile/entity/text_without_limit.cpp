// expect: a_text_field_needs_max_length
#include "kernel/entity/entity.h"

using namespace sangu;
using namespace sangu::entity;

struct A {
    Id<A> id;
    std::string name;
    static EntityMeta const meta;
};

constinit EntityMeta const A::meta =
    entity::entity<A>("t.a", [] { return fields(field<&A::id>().key(), field<&A::name>().required()); });
