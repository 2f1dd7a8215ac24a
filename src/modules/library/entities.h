#pragma once

#include "kernel/auth/account.h"
#include "kernel/entity/entity.h"
#include "kernel/flow/flow.h"
#include "modules/library/library.h"
#include "modules/registry/registry.h"

#include <optional>
#include <string>

namespace sangu::library {

enum class EntryState : std::uint8_t { draft, submitted, returned, published, withdrawn, expired, ended, discarded };
constexpr auto choices_of(EntryState) {
    using enum EntryState;
    return choices<EntryState>({{draft, "draft"},
                                {submitted, "submitted"},
                                {returned, "returned"},
                                {published, "published"},
                                {withdrawn, "withdrawn"},
                                {expired, "expired"},
                                {ended, "ended"},
                                {discarded, "discarded"}});
}

// Who may read a layer. Each of the three is at most as wide as the one before it.
enum class Audience : std::uint8_t { everyone, members, undertaking, consent };
constexpr auto choices_of(Audience) {
    using enum Audience;
    return choices<Audience>(
        {{everyone, "everyone"}, {members, "members"}, {undertaking, "undertaking"}, {consent, "consent"}});
}

// fresh: confirmed in time · reminded: the owner was told that it is due · overdue: shown with a mark, will expire
enum class Freshness : std::uint8_t { fresh, reminded, overdue };
constexpr auto choices_of(Freshness) {
    using enum Freshness;
    return choices<Freshness>({{fresh, "fresh"}, {reminded, "reminded"}, {overdue, "overdue"}});
}

// How an entry or a thread came to its end. Those before `elsewhere` are results.
enum class Outcome : std::uint8_t {
    transfer,
    licence,
    development,
    investment,
    service,
    employment,
    elsewhere,
    no_agreement,
    not_needed
};
constexpr auto choices_of(Outcome) {
    using enum Outcome;
    return choices<Outcome>({{transfer, "transfer"},
                             {licence, "licence"},
                             {development, "development"},
                             {investment, "investment"},
                             {service, "service"},
                             {employment, "employment"},
                             {elsewhere, "elsewhere"},
                             {no_agreement, "no_agreement"},
                             {not_needed, "not_needed"}});
}
std::optional<Outcome> outcome_named(std::string_view name);
constexpr bool is_result(Outcome outcome) { return outcome < Outcome::elsewhere; }

struct Entry {
    Id<Entry> id;
    std::string kind;
    std::string number;
    std::string title;
    std::string abstract;
    std::optional<Id<registry::Organisation>> organisation_id; // none: the account itself offers it
    Id<auth::Account> account_id;
    std::string place; // code
    std::string scope; // path of the place
    EntryState state = EntryState::draft;
    Audience abstract_for = Audience::members;
    Audience body_for = Audience::consent;
    Audience files_for = Audience::consent;
    std::int64_t completeness = 0; // percent of the hints that are met
    bool complete = false;         // nothing required is missing
    std::string words;             // title, folded for searching
    std::string abstract_words;    // abstract, likewise: never searched by those who may not read it
    std::optional<Instant> submitted_at;
    std::optional<Date> published_on;
    std::optional<Date> confirmed_on;
    std::optional<Date> confirm_by; // the day after which it counts as overdue
    std::optional<Date> check_on;   // when the clock looks at it next
    Freshness freshness = Freshness::fresh;
    std::optional<Outcome> outcome;
    std::optional<Date> ended_on;
    std::string returned_because;
    std::int64_t interests = 0; // threads
    std::int64_t files = 0;     // attachments
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
    static flow::Flow const flow;
};

// A period of the library, dated: what is in force on a day is the latest row from before.
enum class TermKind : std::uint8_t { confirm_days, remind_days, grace_days, answer_workdays };
constexpr auto choices_of(TermKind) {
    using enum TermKind;
    return choices<TermKind>({{confirm_days, "confirm_days"},
                              {remind_days, "remind_days"},
                              {grace_days, "grace_days"},
                              {answer_workdays, "answer_workdays"}});
}

struct Term {
    Id<Term> id;
    TermKind kind = TermKind::confirm_days;
    std::int64_t days = 90;
    Date valid_from;
    bool confirmed = false; // false: a default that no rule confirms, shown with a mark
    std::string source;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

} // namespace sangu::library
