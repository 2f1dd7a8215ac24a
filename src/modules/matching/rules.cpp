#include "modules/matching/rules.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace sangu::matching {

namespace {

constexpr double best_cosine = 1.0 / 3;

std::int64_t amount(Facts facts, std::string_view name) { return parse_integer(fact_of(facts, name)).value_or(0); }
bool says(Facts facts, std::string_view name) { return fact_of(facts, name) == "true"; }

// The city of a scope: "zone/changsha/changsha_htz" → "changsha".
std::string city_of(std::string_view scope) {
    auto const parts = split_text(scope, '/');
    return parts.size() > 1 ? std::string{parts[1]} : std::string{};
}

std::optional<Fit> field_fit(Facts subject, Facts candidate) {
    std::string const one = fact_of(subject, "tech_field"), other = fact_of(candidate, "tech_field");
    if (one.empty() || other.empty()) return std::nullopt;
    return Fit{Aspect::field, one == other ? 1.0 : 0.0, one, other};
}

// GB/T 4754: the section is a letter, the division two digits after it, then group and class.
std::optional<Fit> industry_fit(Facts subject, Facts candidate) {
    std::string const one = fact_of(subject, "industry"), other = fact_of(candidate, "industry");
    if (one.empty() || other.empty()) return std::nullopt;
    std::size_t common = 0;
    while (common < one.size() && common < other.size() && one[common] == other[common]) ++common;
    double const value = common >= 4 || one == other ? 1 : common == 3 ? 0.75 : common >= 1 ? 0.3 : 0;
    return Fit{Aspect::industry, value,
               common == 2  ? one.substr(0, 1)
               : common > 0 ? one.substr(0, common)
                            : one,
               other};
}

std::optional<Fit> place_fit(Facts subject, Facts candidate) {
    std::string const one = city_of(fact_of(subject, "scope")), other = city_of(fact_of(candidate, "scope"));
    if (one.empty() || other.empty()) return std::nullopt;
    return Fit{Aspect::place, one == other ? 1 : 0.4, one, other};
}

// Who buys or licenses wants what works already; who develops jointly may begin earlier.
std::optional<Fit> readiness_fit(Facts need, Facts offer, bool subject_needs) {
    int const level = readiness_of(offer);
    bool const buys = says(need, "buy") || says(need, "license"),
               develops = says(need, "develop_jointly") || says(need, "entrust");
    if (level == 0 || (!buys && !develops)) return std::nullopt;
    double const bought = level >= 6 ? 1 : level >= 4 ? 0.5 : 0, developed = level <= 7 ? 1 : 0.8;
    double const value = std::max(buys ? bought : 0, develops ? developed : 0);
    Fit fit{Aspect::readiness, value, std::to_string(level), buys && !develops ? "buy" : "develop"};
    if (!subject_needs) std::swap(fit.one, fit.other);
    return fit;
}

std::optional<Fit> price_fit(Facts need, Facts offer, bool subject_needs) {
    std::int64_t const budget = std::max(amount(need, "budget_to"), amount(need, "budget_from"));
    std::int64_t const from = amount(offer, "price_from"), to = amount(offer, "price_to");
    std::int64_t const price = from > 0 ? from : to;
    if (budget <= 0 || price <= 0) return std::nullopt;
    Fit fit{Aspect::price,
            price <= budget                ? 1
            : price <= budget + budget / 2 ? 0.4
                                           : 0,
            std::to_string(budget), std::to_string(price)};
    if (!subject_needs) std::swap(fit.one, fit.other);
    return fit;
}

} // namespace

std::string fact_of(Facts facts, std::string_view name) {
    auto const found = std::ranges::find(facts, name, &NamedText::first);
    return found == facts.end() ? std::string{} : found->second;
}

int readiness_of(Facts facts) {
    std::string const level = fact_of(facts, "readiness"), stage = fact_of(facts, "stage");
    if (level.starts_with("trl")) return static_cast<int>(parse_integer(level.substr(3)).value_or(0));
    // GB/T 22900-2009: laboratory 4, pilot 6, prototype 7, production 9.
    constexpr std::array<std::pair<std::string_view, int>, 5> stages{
        {{"research", 2}, {"laboratory", 4}, {"pilot", 6}, {"prototype", 7}, {"production", 9}}};
    for (auto const& [name, number] : stages)
        if (stage == name) return number;
    return 0;
}

std::vector<Fit> compare(Facts subject, Facts candidate) {
    auto const needs = [](Facts facts) {
        constexpr std::string_view said[] = {"buy",     "license",   "develop_jointly",
                                             "entrust", "budget_to", "budget_from"};
        return std::ranges::any_of(said, [&](std::string_view name) { return !fact_of(facts, name).empty(); });
    };
    bool const subject_needs = needs(subject);
    Facts const need = subject_needs ? subject : candidate, offer = subject_needs ? candidate : subject;
    std::vector<Fit> fits;
    for (auto& fit : {field_fit(subject, candidate), industry_fit(subject, candidate), place_fit(subject, candidate),
                      readiness_fit(need, offer, subject_needs), price_fit(need, offer, subject_needs)})
        if (fit) fits.push_back(*fit);
    return fits;
}

double score_of(Pair const& pair, double words, std::span<Fit const> fits) {
    std::array<std::int64_t, 6> const weights{pair.words_weight, pair.field_weight,     pair.industry_weight,
                                              pair.place_weight, pair.readiness_weight, pair.price_weight};
    auto sum = static_cast<double>(pair.words_weight), all = sum;
    for (Fit const& fit : fits) {
        if (fit.aspect == Aspect::words) continue;
        auto const weight = static_cast<double>(weights[static_cast<std::size_t>(fit.aspect)]);
        sum += weight * fit.value;
        all += weight;
    }
    return all > 0 ? words * sum / all : 0;
}

double share_of_words(double cosine) { return std::clamp(cosine / best_cosine, 0.0, 1.0); }

std::vector<Pair> first_pairs() {
    struct Row {
        std::string_view from, to;
        std::int64_t words, field, industry, place, readiness, price;
    };
    constexpr Row rows[] = {{"demand", "achievement", 60, 10, 10, 5, 10, 5},
                            {"demand", "expert", 65, 15, 10, 10, 0, 0},
                            {"demand", "rights", 90, 0, 0, 10, 0, 0},
                            {"demand", "intermediary", 80, 0, 0, 20, 0, 0},
                            {"demand", "demand", 80, 10, 10, 0, 0, 0},
                            {"achievement", "demand", 60, 10, 10, 5, 10, 5},
                            {"achievement", "expert", 65, 15, 10, 10, 0, 0},
                            {"achievement", "intermediary", 80, 0, 0, 20, 0, 0},
                            {"achievement", "organisations", 70, 0, 15, 15, 0, 0},
                            {"expert", "demand", 65, 15, 10, 10, 0, 0},
                            {"expert", "talent", 70, 20, 0, 10, 0, 0},
                            {"expert", "achievement", 70, 20, 10, 0, 0, 0},
                            {"talent", "expert", 70, 20, 0, 10, 0, 0},
                            {"talent", "talent", 70, 20, 0, 10, 0, 0},
                            {"intermediary", "demand", 80, 0, 0, 20, 0, 0},
                            {"intermediary", "achievement", 80, 0, 0, 20, 0, 0}};
    std::vector<Pair> pairs;
    for (Row const& row : rows)
        pairs.push_back({.from_kind = std::string{row.from},
                         .to_kind = std::string{row.to},
                         .words_weight = row.words,
                         .field_weight = row.field,
                         .industry_weight = row.industry,
                         .place_weight = row.place,
                         .readiness_weight = row.readiness,
                         .price_weight = row.price});
    return pairs;
}

} // namespace sangu::matching
