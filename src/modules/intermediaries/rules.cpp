#include "modules/intermediaries/rules.h"

#include "base/text.h"

namespace sangu::intermediaries {

namespace {

// Places in Kind::rows.
constexpr std::size_t licences = 0, tariff = 1, staff = 2;

Intermediary const& of(library::Filled const& entry) { return entry.as<Intermediary>(); }

bool has_service(Intermediary const& one) {
    return one.technology_transfer || one.patent_agency || one.valuation || one.legal || one.accounting ||
           one.finance || one.testing || one.incubation || one.training;
}

void check_price(Price const& price, std::string const& row, Problems& problems) {
    bool const share = price.basis == Basis::share, agreed = price.basis == Basis::agreed;
    if (share && !price.percent) problems.push_back({row + "percent", "error.required", {}});
    if (share && price.amount) problems.push_back({row + "amount", "intermediaries.error.amount", {}});
    if (!share && !agreed && !price.amount) problems.push_back({row + "amount", "error.required", {}});
    if (!share && !agreed && price.percent) problems.push_back({row + "percent", "intermediaries.error.percent", {}});
}

} // namespace

Validity validity_on(Date day, std::optional<Date> from, std::optional<Date> until) {
    if (until && *until < day) return Validity::expired;
    if (from && day < *from) return Validity::not_yet;
    return until && *until < day + ending_days ? Validity::ending : Validity::valid;
}

Problems check(library::Filled const& entry) {
    Intermediary const& one = of(entry);
    Problems problems;
    if (one.industry && !library::is_industry_code(*one.industry))
        problems.push_back({"industry", "library.error.industry", {}});
    if (one.since && *one.since > entry.today) problems.push_back({"since", "intermediaries.error.future", {}});
    for (std::size_t i = 0; i < entry.rows[licences].size(); ++i) {
        auto const& licence = *static_cast<Licence const*>(entry.rows[licences][i].get());
        if (licence.valid_from && licence.valid_until && *licence.valid_until < *licence.valid_from)
            problems.push_back(
                {"licences-" + std::to_string(i + 1) + "-valid_until", "intermediaries.error.order", {}});
    }
    for (std::size_t i = 0; i < entry.rows[tariff].size(); ++i)
        check_price(*static_cast<Price const*>(entry.rows[tariff][i].get()), "tariff-" + std::to_string(i + 1) + "-",
                    problems);
    return problems;
}

std::vector<library::Hint> hints() {
    using library::Filled;
    constexpr bool needed = true;
    return {
        {"intermediaries.hint.abstract", "abstract", 2, needed,
         [](Filled const& e) { return count_characters(e.abstract) >= 30; }},
        {"intermediaries.hint.services", "technology_transfer", 2, needed,
         [](Filled const& e) { return has_service(of(e)); }},
        {"intermediaries.hint.description", "description", 2, needed,
         [](Filled const& e) { return count_characters(of(e).description) >= 30; }},
        {"intermediaries.hint.tariff", "tariff", 2, needed, [](Filled const& e) { return !e.rows[tariff].empty(); }},
        {"intermediaries.hint.licences", "licences", 2, !needed,
         [](Filled const& e) { return !e.rows[licences].empty(); }},
        {"intermediaries.hint.staff", "staff", 2, !needed, [](Filled const& e) { return !e.rows[staff].empty(); }},
        {"intermediaries.hint.contact", "phone", 1, !needed,
         [](Filled const& e) { return of(e).phone.has_value() || of(e).email.has_value(); }},
    };
}

} // namespace sangu::intermediaries
