#include "modules/facts/rules.h"

#include "base/wide.h"

#include <algorithm>

namespace sangu::facts {

namespace {

using Basis = Line::Basis;

// The best line that one of the item's measures reaches. Without one: nothing, or open when a measure is missing that
// could still give more.
Line score_item(std::string_view scheme, std::string_view item, Years const& years, std::span<Band const> bands) {
    Line line{.item = std::string{item}};
    bool is_missing = false;
    std::int64_t possible = 0;
    for (Band const& band : bands) {
        if (band.scheme != scheme || band.item != item) continue;
        line.best = std::max(line.best, band.points_max);
        auto const measure = measure_of(band.measure, years);
        if (!measure) {
            is_missing = true;
            possible = std::max(possible, band.points_max);
            continue;
        }
        bool const is_better = !line.band || band.points_max > line.points_max;
        if (reaches(*measure, band) && is_better) {
            line.band = &band;
            line.points_min = band.points_min;
            line.points_max = band.points_max;
        }
        bool const decides = line.band == &band || (!line.band && line.measure.empty());
        if (decides) {
            line.measure = band.measure;
            line.value = measure->value();
        }
    }
    if (is_missing && possible > line.points_max) {
        line.basis = Basis::missing;
        line.points_max = possible;
    }
    return line;
}

Line judged(std::string_view item, std::int64_t best) {
    return {.item = std::string{item}, .points_max = best, .best = best, .basis = Basis::judged};
}

template <class T> Gate at_most(std::string_view key, std::optional<T> const& value, T const& most) {
    return {std::string{key}, value ? std::optional{*value <= most} : std::nullopt};
}

void add_up(Score& score) {
    for (Line const& line : score.lines) {
        score.points_min += line.points_min;
        score.points_max += line.points_max;
    }
}

// The sum of some lines against a bound: sure, impossible or open.
Outcome against(std::int64_t points_min, std::int64_t points_max, std::int64_t needed) {
    if (points_min >= needed) return Outcome::yes;
    return points_max < needed ? Outcome::no : Outcome::open;
}

Outcome both(Outcome a, Outcome b) {
    if (a == Outcome::no || b == Outcome::no) return Outcome::no;
    return a == Outcome::yes && b == Outcome::yes ? Outcome::yes : Outcome::open;
}

Outcome of_gates(Score const& score) {
    Outcome outcome = Outcome::yes;
    for (Gate const& gate : score.gates)
        outcome = both(outcome, !gate.holds ? Outcome::open : *gate.holds ? Outcome::yes : Outcome::no);
    return outcome;
}

// A part of the items must reach a sum of its own.
Gate part_gate(Score const& score, std::string_view key, std::initializer_list<std::string_view> items,
               std::int64_t needed) {
    std::int64_t points_min = 0, points_max = 0;
    for (Line const& line : score.lines) {
        if (std::ranges::find(items, line.item) == items.end()) continue;
        points_min += line.points_min;
        points_max += line.points_max;
    }
    Outcome const outcome = against(points_min, points_max, needed);
    return {std::string{key}, outcome == Outcome::open ? std::nullopt : std::optional{outcome == Outcome::yes}};
}

} // namespace

Score high_tech_score(Years const& years, std::span<Band const> bands) {
    constexpr std::string_view scheme = "high_tech";
    Score score{.scheme = std::string{scheme}, .pass = 71};
    auto const item = [&](std::string_view name) { return score_item(scheme, name, years, bands); };
    score.lines = {judged("advance", 8),     judged("support", 8),      item("count"),
                   judged("acquire", 6),     judged("standards", 2),    item("conversion"),
                   judged("management", 20), item("growth_net_assets"), item("growth_revenue")};
    // With the bonus for standards the rights give 30 at most.
    add_up(score);
    std::int64_t rights_max = 0;
    for (std::size_t i = 0; i < 5; ++i) rights_max += score.lines[i].points_max;
    score.points_max -= std::max<std::int64_t>(0, rights_max - 30);
    score.outcome = against(score.points_min, score.points_max, score.pass);
    return score;
}

Score tech_sme_score(Years const& years, std::span<Band const> bands) {
    constexpr std::string_view scheme = "tech_sme";
    Score score{.scheme = std::string{scheme}, .pass = 60};
    for (std::string_view const name : {"staff", "rd", "results"})
        score.lines.push_back(score_item(scheme, name, years, bands));
    add_up(score);
    Figures const* now = years.last;
    std::optional<Money> const none{};
    constexpr Money ceiling{200'000'000'00};
    score.gates = {at_most("staff_max", now ? now->staff : std::nullopt, std::int64_t{500}),
                   at_most("revenue_max", now ? now->revenue : none, ceiling),
                   at_most("assets_max", now ? now->assets : none, ceiling),
                   part_gate(score, "staff_item", {"staff"}, 1)};
    score.outcome = both(of_gates(score), against(score.points_min, score.points_max, score.pass));
    return score;
}

Score innovative_sme_score(Years const& years, std::span<Band const> bands) {
    constexpr std::string_view scheme = "innovative_sme";
    Score score{.scheme = std::string{scheme}, .pass = 60};
    for (std::string_view const name : {"rights", "rd", "growth", "debt", "field", "main"})
        score.lines.push_back(score_item(scheme, name, years, bands));
    add_up(score);
    score.gates = {part_gate(score, "innovation", {"rights", "rd"}, 20),
                   part_gate(score, "growth_part", {"growth", "debt"}, 15),
                   part_gate(score, "speciality", {"field", "main"}, 15)};
    score.outcome = both(of_gates(score), against(score.points_min, score.points_max, score.pass));
    return score;
}

} // namespace sangu::facts
