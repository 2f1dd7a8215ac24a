#include "modules/library/freshness.h"

namespace sangu::library {

Terms terms_on(std::span<Term const> all, Date day) {
    Terms terms;
    auto const set = [&](TermKind kind, std::int64_t& days) {
        Term const* latest = nullptr;
        for (Term const& one : all)
            if (one.kind == kind && one.valid_from <= day && (!latest || latest->valid_from < one.valid_from))
                latest = &one;
        if (latest) days = latest->days;
    };
    set(TermKind::confirm_days, terms.confirm_days);
    set(TermKind::remind_days, terms.remind_days);
    set(TermKind::grace_days, terms.grace_days);
    set(TermKind::answer_workdays, terms.answer_workdays);
    return terms;
}

void confirm(Entry& entry, Date today, Terms const& terms) {
    entry.confirmed_on = today;
    entry.confirm_by = today + static_cast<int>(terms.confirm_days);
    entry.freshness = Freshness::fresh;
    int const lead = static_cast<int>(std::min(terms.remind_days, terms.confirm_days));
    entry.check_on = *entry.confirm_by + -lead;
}

Due due_on(Entry const& entry, Date today) {
    if (entry.state != EntryState::published || !entry.check_on || *entry.check_on > today) return Due::nothing;
    switch (entry.freshness) {
    case Freshness::fresh: return Due::remind;
    case Freshness::reminded: return Due::overdue;
    case Freshness::overdue: return Due::expire;
    }
    return Due::nothing;
}

void pass(Entry& entry, Due due, Terms const& terms) {
    if (due == Due::remind) {
        entry.freshness = Freshness::reminded;
        entry.check_on = *entry.confirm_by + 1;
    } else if (due == Due::overdue) {
        entry.freshness = Freshness::overdue;
        entry.check_on = *entry.confirm_by + 1 + static_cast<int>(terms.grace_days);
    } else if (due == Due::expire) {
        entry.check_on.reset();
    }
}

} // namespace sangu::library
