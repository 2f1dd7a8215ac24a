// expect: Id<Person>
#include "kernel/entity/store.h"

using namespace sangu;

struct Person {
    Id<Person> id;
    static entity::EntityMeta const meta;
};
struct Car {
    Id<Car> id;
    static entity::EntityMeta const meta;
};

void use(db::Session& session, Id<Car> const& car) { entity::find<Person>(session, car); }
