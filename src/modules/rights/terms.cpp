#include "modules/rights/terms.h"

#include "modules/rights/numbers.h"

#include <algorithm>

namespace sangu::rights {

namespace {

std::optional<Date> start_of_term(Right const& right, TermStart start) {
    switch (start) {
    case TermStart::application: return right.application_date;
    case TermStart::grant: return right.grant_date;
    case TermStart::publication: return right.publication_date;
    }
    return {};
}

template <class Rule> bool in_force(Rule const& rule, Date day) {
    return rule.since <= day && (!rule.until || day < *rule.until);
}

std::optional<FeeRule> fee_rule(FeeRules const& rules, RightKind kind, int year, Date due) {
    for (FeeRule const& rule : rules.fees)
        if (rule.kind == kind && rule.year_from <= year && year <= rule.year_to && in_force(rule, due)) return rule;
    return {};
}

int grace_months(FeeRules const& rules, Date due) {
    std::int64_t months = 0;
    for (SurchargeRule const& rule : rules.surcharges)
        if (in_force(rule, due)) months = std::max(months, rule.month);
    return static_cast<int>(months);
}

void add_surcharge(Fee& fee, FeeRules const& rules, Date today) {
    fee.state = FeeState::grace;
    fee.grace_month = 1;
    while (months_after(fee.due, fee.grace_month) < today) ++fee.grace_month;
    for (SurchargeRule const& rule : rules.surcharges)
        if (rule.month == fee.grace_month && in_force(rule, fee.due)) {
            fee.confirmed = rule.confirmed;
            if (fee.rule) fee.surcharge = times(fee.rule->amount, Rate{rule.percent * 10'000});
        }
}

Date working_day_from(Date day, calendar::WorkingDays const& days) {
    while (!days.is_working_day(day)) day = day + 1;
    return day;
}

} // namespace

Date months_after(Date date, int months) {
    CivilDate const from = civil(date);
    int const month = from.year * 12 + from.month - 1 + months;
    for (int day = from.day;; --day)
        if (auto const found = make_date(month / 12, month % 12 + 1, day)) return *found;
}

Date years_after(Date date, int years) { return months_after(date, years * 12); }

std::optional<Term> term_of(Right const& right, std::span<TermRule const> rules) {
    if (right.country != "CN") return {};
    for (TermRule const& rule : rules) {
        if (rule.kind != right.kind || rule.variant != right.variant) continue;
        auto const start = start_of_term(right, rule.counted_from);
        if (!start || !in_force(rule, *start)) continue;
        Date ends = years_after(*start, static_cast<int>(rule.years));
        if (rule.to_year_end) ends = *make_date(year_of(ends) + 1, 1, 1);
        return Term{ends, &rule};
    }
    return {};
}

std::optional<Date> expiry_of(Right const& right, std::span<TermRule const> rules) {
    if (right.declared_expiry) return right.declared_expiry;
    auto const term = term_of(right, rules);
    return term ? std::optional{term->ends} : std::nullopt;
}

int year_of_term(Date application, Date day) {
    int year = 1;
    while (years_after(application, year) <= day) ++year;
    return year;
}

std::vector<Fee> fees_of(Right const& right, FeeRules const& rules, calendar::WorkingDays const& days, Date today) {
    std::vector<Fee> fees;
    if (right.country != "CN" || !is_patent(right.kind) || right.legal_status != LegalStatus::granted ||
        !right.application_date || !right.grant_date || *right.grant_date < *right.application_date)
        return fees;
    int const granted_in = year_of_term(*right.application_date, *right.grant_date);
    for (int year = granted_in + 1; year <= 30; ++year) {
        Fee fee{.year = year, .due = years_after(*right.application_date, year - 1)};
        if (right.expires_on && fee.due >= *right.expires_on) break;
        if (!right.expires_on && year > 20) break;
        fee.pay_by = working_day_from(fee.due, days);
        fee.grace_ends = working_day_from(months_after(fee.due, grace_months(rules, fee.due)), days);
        fee.rule = fee_rule(rules, right.kind, year, fee.due);
        if (right.fee_year_paid && year <= *right.fee_year_paid)
            fee.state = FeeState::paid;
        else if (today > fee.grace_ends)
            fee.state = right.fee_year_paid ? FeeState::overdue : FeeState::unknown;
        else if (today > fee.pay_by)
            add_surcharge(fee, rules, today);
        else if (fee.pay_by - today <= due_soon_days)
            fee.state = FeeState::due_soon;
        fees.push_back(std::move(fee));
    }
    return fees;
}

Fee const* next_fee(std::span<Fee const> fees) {
    for (Fee const& fee : fees)
        if (fee.state != FeeState::paid && fee.state != FeeState::unknown) return &fee;
    return nullptr;
}

std::optional<Date> next_fee_due(Right const& right, FeeRules const& rules, calendar::WorkingDays const& days,
                                 Date today) {
    auto const fees = fees_of(right, rules, days, today);
    Fee const* const next = next_fee(fees);
    return next ? std::optional{next->pay_by} : std::nullopt;
}

} // namespace sangu::rights
