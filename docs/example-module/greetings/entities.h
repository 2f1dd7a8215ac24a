#pragma once

#include "kernel/entity/entity.h"

#include <string>

namespace sangu::greetings {

enum class Occasion : std::uint8_t { settling, anniversary };
constexpr auto choices_of(Occasion) {
    return choices<Occasion>({{Occasion::settling, "settling"}, {Occasion::anniversary, "anniversary"}});
}

// A note of welcome to a newcomer.
struct Greeting {
    Id<Greeting> id;
    std::string newcomer;
    Occasion occasion = Occasion::settling;
    Date day;
    std::string text;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
};

} // namespace sangu::greetings
