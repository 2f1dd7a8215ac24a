#include "modules/achievements/rules.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>

namespace sangu::achievements {

namespace {

constexpr double ten_thousandths = 10'000;
constexpr std::int64_t whole = 1'000'000; // 100 % in ten-thousandths of a percent

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Achievement const& of(library::Filled const& entry) { return entry.as<Achievement>(); }

void check_price(Achievement const& one, Problems& problems) {
    if (one.price_from && one.price_to && *one.price_to < *one.price_from)
        problems.push_back({"price_to", "achievements.error.price_order", {}});
    if (one.price_mode == PriceMode::fixed && !one.price_from) problems.push_back({"price_from", "error.required", {}});
    if (one.price_mode == PriceMode::range && (!one.price_from || !one.price_to))
        problems.push_back({one.price_from ? "price_to" : "price_from", "error.required", {}});
}

bool has_way(Achievement const& one) {
    return one.transfer || one.exclusive_licence || one.sole_licence || one.ordinary_licence || one.co_development ||
           one.equity;
}

} // namespace

bool is_registration_number(std::string_view text) {
    if (text.size() != 12 || text[7] != 'Y') return false;
    auto const is_place = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); };
    return std::ranges::all_of(text.substr(0, 3), is_place) && std::ranges::all_of(text.substr(3, 4), is_digit) &&
           std::ranges::all_of(text.substr(8), is_digit);
}

bool are_whole(std::span<double const> shares) {
    std::int64_t sum = 0;
    for (double const share : shares) {
        double const parts = share * ten_thousandths;
        if (share <= 0 || std::abs(parts - std::round(parts)) > 1e-6) return false;
        sum += std::llround(parts);
    }
    return sum == whole;
}

Problems check(library::Filled const& entry) {
    Achievement const& one = of(entry);
    Problems problems;
    if (one.completed_on && *one.completed_on > entry.today)
        problems.push_back({"completed_on", "achievements.error.future", {}});
    if (one.industry && !library::is_industry_code(*one.industry))
        problems.push_back({"industry", "library.error.industry", {}});
    if (one.registration_number && !is_registration_number(*one.registration_number))
        problems.push_back({"registration_number", "achievements.error.registration_number", {}});
    check_price(one, problems);
    auto const& rights = entry.rows.back();
    for (std::size_t i = 1; i < rights.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (static_cast<RelatedRight const*>(rights[i].get())->number ==
                static_cast<RelatedRight const*>(rights[j].get())->number) {
                problems.push_back({"rights-" + std::to_string(i + 1) + "-number", "achievements.error.twice", {}});
                break;
            }
    std::vector<double> shares;
    for (entity::AnyObject const& row : entry.rows.front())
        shares.push_back(static_cast<Owner const*>(row.get())->share);
    if (!shares.empty() && !are_whole(shares)) problems.push_back({"owners", "achievements.error.shares", {}});
    return problems;
}

std::vector<library::Hint> hints() {
    using library::Filled;
    constexpr bool needed = true;
    return {
        {"achievements.hint.abstract", "abstract", 2, needed,
         [](Filled const& e) { return count_characters(e.abstract) >= 30; }},
        {"achievements.hint.field", "tech_field", 1, needed,
         [](Filled const& e) { return of(e).tech_field.has_value(); }},
        {"achievements.hint.form", "form", 1, needed, [](Filled const& e) { return of(e).form.has_value(); }},
        {"achievements.hint.stage", "stage", 1, needed, [](Filled const& e) { return of(e).stage.has_value(); }},
        {"achievements.hint.readiness", "readiness", 1, !needed,
         [](Filled const& e) { return of(e).readiness.has_value(); }},
        {"achievements.hint.ways", "transfer", 2, needed, [](Filled const& e) { return has_way(of(e)); }},
        {"achievements.hint.owners", "owners", 2, needed, [](Filled const& e) { return !e.rows.front().empty(); }},
        {"achievements.hint.price", "price_mode", 1, needed,
         [](Filled const& e) { return of(e).price_mode.has_value(); }},
        {"achievements.hint.description", "description", 3, needed,
         [](Filled const& e) { return count_characters(of(e).description) >= 50; }},
        {"achievements.hint.advantages", "advantages", 2, !needed,
         [](Filled const& e) { return count_characters(of(e).advantages) >= 20; }},
        {"achievements.hint.inventors", "inventors", 1, !needed,
         [](Filled const& e) { return !of(e).inventors.empty(); }},
        {"achievements.hint.completed_on", "completed_on", 1, !needed,
         [](Filled const& e) { return of(e).completed_on.has_value(); }},
        {"achievements.hint.industry", "industry", 1, !needed,
         [](Filled const& e) { return of(e).industry.has_value(); }},
    };
}

} // namespace sangu::achievements
