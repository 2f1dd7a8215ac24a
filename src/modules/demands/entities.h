#pragma once

#include "kernel/entity/entity.h"
#include "modules/library/library.h"

#include <optional>
#include <string>

namespace sangu::demands {

// What a body has to keep to itself. State secrets are never written here.
enum class Confidentiality : std::uint8_t { open, business_secret };
constexpr auto choices_of(Confidentiality) {
    return choices<Confidentiality>(
        {{Confidentiality::open, "open"}, {Confidentiality::business_secret, "business_secret"}});
}

// A technology somebody needs.
struct Demand {
    Id<Demand> id; // that of the library's entry
    std::optional<library::TechField> tech_field;
    std::optional<std::string> industry; // GB/T 4754
    std::optional<Date> deadline;
    bool buy = false, license = false, develop_jointly = false, entrust = false, consult = false;
    std::optional<Money> budget_from, budget_to;
    bool budget_open = false; // by negotiation
    std::optional<Confidentiality> confidentiality;
    std::string problem, situation, acceptance;

    static entity::EntityMeta const meta;
};

enum class Bound : std::uint8_t { at_least, at_most, equal };
constexpr auto choices_of(Bound) {
    return choices<Bound>({{Bound::at_least, "at_least"}, {Bound::at_most, "at_most"}, {Bound::equal, "equal"}});
}

// A figure the solution has to reach.
struct Target {
    Id<Target> id;
    Id<Demand> entry_id;
    std::int64_t position = 0;
    std::string name;
    Bound bound = Bound::at_least;
    double figure = 0;
    std::optional<std::string> unit;
    std::optional<std::string> present; // where one stands today

    static entity::EntityMeta const meta;
};

enum class Direction : std::uint8_t { wanted, offered };
constexpr auto choices_of(Direction) {
    return choices<Direction>({{Direction::wanted, "wanted"}, {Direction::offered, "offered"}});
}

enum class Level : std::uint8_t { top, leading, young, professional, skilled };
constexpr auto choices_of(Level) {
    using enum Level;
    return choices<Level>(
        {{top, "top"}, {leading, "leading"}, {young, "young"}, {professional, "professional"}, {skilled, "skilled"}});
}

enum class Engagement : std::uint8_t { full_time, part_time, visiting, project, postdoctoral };
constexpr auto choices_of(Engagement) {
    using enum Engagement;
    return choices<Engagement>({{full_time, "full_time"},
                                {part_time, "part_time"},
                                {visiting, "visiting"},
                                {project, "project"},
                                {postdoctoral, "postdoctoral"}});
}

// A person or team that is looked for, or that offers to come.
struct Talent {
    Id<Talent> id; // that of the library's entry
    std::optional<Direction> direction;
    std::optional<Level> level;
    std::optional<Engagement> engagement;
    std::optional<library::TechField> tech_field;
    std::optional<std::int64_t> persons;
    std::optional<Date> from_on;
    std::optional<Money> pay_from, pay_to; // a year
    std::string duties, requirements, offer;

    static entity::EntityMeta const meta;
};

} // namespace sangu::demands
