#pragma once

#include "kernel/auth/account.h"
#include "kernel/entity/entity.h"

#include <optional>
#include <string>

namespace sangu::matching {

// Which kind of record is suggested for which, and how much each thing that fits counts. Administrators change it.
struct Pair {
    Id<Pair> id;
    std::string from_kind, to_kind; // kinds of records: "demand" → "achievement"
    // Weights; what neither side says is left out of the sum.
    std::int64_t words_weight = 60, field_weight = 10, industry_weight = 10, place_weight = 5, readiness_weight = 10,
                 price_weight = 5;
    std::int64_t threshold = 12; // percent: what scores less is not suggested
    bool active = true;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

enum class Verdict : std::uint8_t { shortlisted, hidden };
constexpr auto choices_of(Verdict) {
    return choices<Verdict>({{Verdict::shortlisted, "shortlisted"}, {Verdict::hidden, "hidden"}});
}

// Why a suggestion was hidden.
enum class Because : std::uint8_t { not_relevant, too_expensive, wrong_stage, too_far, known_already, other };
constexpr auto choices_of(Because) {
    using enum Because;
    return choices<Because>({{not_relevant, "not_relevant"},
                             {too_expensive, "too_expensive"},
                             {wrong_stage, "wrong_stage"},
                             {too_far, "too_far"},
                             {known_already, "known_already"},
                             {other, "other"}});
}

// What somebody thinks of a suggestion; their own, seen by nobody else.
struct Mark {
    Id<Mark> id;
    Id<auth::Account> account_id;
    std::string subject, candidate; // records: "library/01j…"
    Verdict verdict = Verdict::shortlisted;
    std::optional<Because> because;
    Instant at;

    static entity::EntityMeta const meta;
};

} // namespace sangu::matching
