#pragma once

// How long a right is protected and what keeps it alive: terms, annual fees, grace and surcharge. Pure: the rules are
// rows that the caller read (rule_entities.h), today is a parameter.

#include "kernel/calendar/calendar.h"
#include "modules/rights/rule_entities.h"

#include <optional>
#include <span>
#include <vector>

namespace sangu::rights {

// The same day `years` later; 29 February becomes 28 February, as periods end on the last day of a month that has no
// such day (Implementing Regulations of the Patent Law, rule 5).
Date years_after(Date date, int years);
Date months_after(Date date, int months);

struct Term {
    Date ends; // the first day without protection
    TermRule const* rule = nullptr;
};
// By the row for kind and variant that was in force on the day the term is counted from. Nothing for other offices,
// without that day, or where no rule computes an end (a person's works, geographical indications).
std::optional<Term> term_of(Right const& right, std::span<TermRule const> rules);
// What is stored as Right::expires_on: what the office declared, else the computed end.
std::optional<Date> expiry_of(Right const& right, std::span<TermRule const> rules);

enum class FeeState : std::uint8_t { paid, future, due_soon, grace, overdue, unknown };

// One annual fee of a granted Chinese patent.
struct Fee {
    int year = 1; // of the term, from the filing date
    Date due;     // the last day by the law: the anniversary of filing that ends the year before
    Date pay_by;  // `due`, or the next working day
    Date grace_ends;
    std::optional<FeeRule> rule; // none: no rule for that year
    FeeState state = FeeState::future;
    int grace_month = 0;   // 1… within the grace period
    Money surcharge;       // today
    bool confirmed = true; // of the surcharge row
};

struct FeeRules {
    std::vector<FeeRule> fees;
    std::vector<SurchargeRule> surcharges;
};

inline constexpr int due_soon_days = 90;

// From the year after that of the grant to the end of the term; the year of the grant was paid with the grant. A fee
// whose payment is not recorded is `unknown` when its time is over and no later one is recorded either.
std::vector<Fee> fees_of(Right const& right, FeeRules const& rules, calendar::WorkingDays const& days, Date today);
// The first that is not paid and whose time is not over.
Fee const* next_fee(std::span<Fee const> fees);
// The day stored as Right::next_fee_due.
std::optional<Date> next_fee_due(Right const& right, FeeRules const& rules, calendar::WorkingDays const& days,
                                 Date today);
// Which year of the term a day lies in, from 1.
int year_of_term(Date application, Date day);

} // namespace sangu::rights
