// expect: the_named_format_does_not_exist
#include "kernel/entity/entity.h"

using namespace sangu;
using namespace sangu::entity;

struct A {
    Id<A> id;
    std::string mail;
    static EntityMeta const meta;
};

constinit EntityMeta const A::meta = entity::entity<A>(
    "t.a", [] { return fields(field<&A::id>().key(), field<&A::mail>().max_length(99).format("e-mail")); });
