#pragma once

// Rules of law as dated rows: terms of protection, annual fees, surcharges, and what may lie on a right together with
// what. Each row names its source; `confirmed` is false where the text could not be checked, and pages say so.

#include "kernel/entity/entity.h"
#include "modules/rights/entities.h"

#include <optional>
#include <string>

namespace sangu::rights {

enum class TermStart : std::uint8_t { application, grant, publication };
constexpr auto choices_of(TermStart) {
    return choices<TermStart>({{TermStart::application, "application"},
                               {TermStart::grant, "grant"},
                               {TermStart::publication, "publication"}});
}

// How long a kind of right of the Chinese offices is protected. In force for rights whose first date lies in
// [since, until).
struct TermRule {
    Id<TermRule> id;
    RightKind kind = RightKind::invention;
    Variant variant = Variant::ordinary;
    TermStart counted_from = TermStart::application;
    std::int64_t years = 20;
    bool to_year_end = false; // until 31 December of the last year
    Date since;
    std::optional<Date> until;
    std::string law;
    bool confirmed = true;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

// The annual fee for the years [year_from, year_to] of the term, for fees due in [since, until).
struct FeeRule {
    Id<FeeRule> id;
    RightKind kind = RightKind::invention;
    std::int64_t year_from = 1, year_to = 1;
    Money amount;
    Date since;
    std::optional<Date> until;
    std::string law;
    bool confirmed = true;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

// The surcharge in the n-th month after the due date; the last month of the table is the end of the grace period.
struct SurchargeRule {
    Id<SurchargeRule> id;
    std::int64_t month = 1;
    std::int64_t percent = 0; // of the full fee
    Date since;
    std::optional<Date> until;
    std::string law;
    bool confirmed = true;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

enum class Verdict : std::uint8_t { consent, never };
constexpr auto choices_of(Verdict) {
    return choices<Verdict>({{Verdict::consent, "consent"}, {Verdict::never, "never"}});
}

// What lies on a right (`held`) and stands in the way of something new (`wanted`): always, or unless the holder of what
// lies there consents. Pairs without a row may lie together. The database enforces these rows itself.
struct Compatibility {
    Id<Compatibility> id;
    EncumbranceKind wanted = EncumbranceKind::ordinary_licence, held = EncumbranceKind::ordinary_licence;
    Verdict verdict = Verdict::never;
    Date since;
    std::optional<Date> until;
    std::string law;
    bool confirmed = true;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

enum class Condition : std::uint8_t { granted, disclosed, co_owners_consent, fees_paid, within_term };
constexpr auto choices_of(Condition) {
    using enum Condition;
    return choices<Condition>({{granted, "granted"},
                               {disclosed, "disclosed"},
                               {co_owners_consent, "co_owners_consent"},
                               {fees_paid, "fees_paid"},
                               {within_term, "within_term"}});
}

// What must be true of the right itself before something is laid on it.
struct Requirement {
    Id<Requirement> id;
    EncumbranceKind wanted = EncumbranceKind::ordinary_licence;
    Condition condition = Condition::granted;
    Date since;
    std::optional<Date> until;
    std::string law;
    bool confirmed = true;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

// How the columns of a source's files become fields of a right (mapping.h has the language of `rules`).
struct Mapping {
    Id<Mapping> id;
    std::string code, name;
    std::string rules;
    std::optional<std::string> licence; // of the source's data
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

} // namespace sangu::rights
