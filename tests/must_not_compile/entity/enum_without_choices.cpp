// expect: choices_of
#include "kernel/entity/entity.h"

using namespace sangu;
using namespace sangu::entity;

enum class Colour { red, green };
struct A {
    Id<A> id;
    Colour colour;
    static EntityMeta const meta;
};

constinit EntityMeta const A::meta =
    entity::entity<A>("t.a", [] { return fields(field<&A::id>().key(), field<&A::colour>()); });
