#pragma once

#include "kernel/entity/entity.h"
#include "modules/library/library.h"

#include <optional>
#include <string>

namespace sangu::achievements {

// How it shows itself. Registration forms of the Ministry: 体现形式.
enum class Form : std::uint8_t { technology, product, process, material, software, variety };
constexpr auto choices_of(Form) {
    using enum Form;
    return choices<Form>({{technology, "technology"},
                          {product, "product"},
                          {process, "process"},
                          {material, "material"},
                          {software, "software"},
                          {variety, "variety"}});
}

enum class Stage : std::uint8_t { research, laboratory, pilot, prototype, production };
constexpr auto choices_of(Stage) {
    using enum Stage;
    return choices<Stage>({{research, "research"},
                           {laboratory, "laboratory"},
                           {pilot, "pilot"},
                           {prototype, "prototype"},
                           {production, "production"}});
}

// Readiness: 1–9 by GB/T 22900, 10–13 as practice of commercialisation extends it to the return on the market.
enum class Readiness : std::uint8_t {
    trl1,
    trl2,
    trl3,
    trl4,
    trl5,
    trl6,
    trl7,
    trl8,
    trl9,
    trl10,
    trl11,
    trl12,
    trl13
};
constexpr auto choices_of(Readiness) {
    using enum Readiness;
    return choices<Readiness>({{trl1, "trl1"},
                               {trl2, "trl2"},
                               {trl3, "trl3"},
                               {trl4, "trl4"},
                               {trl5, "trl5"},
                               {trl6, "trl6"},
                               {trl7, "trl7"},
                               {trl8, "trl8"},
                               {trl9, "trl9"},
                               {trl10, "trl10"},
                               {trl11, "trl11"},
                               {trl12, "trl12"},
                               {trl13, "trl13"}});
}

enum class PriceMode : std::uint8_t { negotiation, fixed, range };
constexpr auto choices_of(PriceMode) {
    using enum PriceMode;
    return choices<PriceMode>({{negotiation, "negotiation"}, {fixed, "fixed"}, {range, "range"}});
}

struct Achievement {
    Id<Achievement> id; // that of the library's entry
    std::optional<Form> form;
    std::optional<Stage> stage;
    std::optional<Readiness> readiness;
    std::optional<library::TechField> tech_field;
    std::optional<std::string> industry; // GB/T 4754: "C", "C37", "C3711"
    std::optional<Date> completed_on;
    std::optional<std::string> registration_number;
    bool transfer = false, exclusive_licence = false, sole_licence = false, ordinary_licence = false,
         co_development = false, equity = false;
    std::optional<PriceMode> price_mode;
    std::optional<Money> price_from, price_to;
    std::string inventors; // one name a line
    std::string description, advantages, conditions;

    static entity::EntityMeta const meta;
};

// An owner with a share of the achievement; the shares of all owners are exactly 100 %.
struct Owner {
    Id<Owner> id;
    Id<Achievement> entry_id;
    std::int64_t position = 0;
    std::string name;
    double share = 0; // percent, at most four decimals

    static entity::EntityMeta const meta;
};

// A right that belongs to the achievement, by the number people know it by. Its title and state are asked of the
// register of rights whenever somebody looks.
struct RelatedRight {
    Id<RelatedRight> id;
    Id<Achievement> entry_id;
    std::int64_t position = 0;
    std::string number;

    static entity::EntityMeta const meta;
};

} // namespace sangu::achievements
