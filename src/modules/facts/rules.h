#pragma once

// Scores from yearly figures by dated tables. Pure: whole numbers throughout, so that a figure exactly on a bound is
// exactly on it.

#include "base/wide.h"
#include "modules/facts/entities.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::facts {

// What a score is computed from: three years in order, the last is the year of the score; missing ones are empty.
struct Years {
    Figures const* first = nullptr;
    Figures const* second = nullptr;
    Figures const* last = nullptr;
    bool strategic = false; // the main product is in the catalogue of strategic emerging industries
};

// A measure as a fraction; compared with bounds by cross-multiplication.
struct Measure {
    Wide numerator = 0, denominator = 1;
    double value() const; // for showing; ratios as 0.05
};
// "rd_to_revenue", "class_one" …; nothing when a figure it needs is missing or a divisor is zero.
std::optional<Measure> measure_of(std::string_view name, Years const& years);
// Ratios and growth are compared in parts per million, counts as they are.
bool is_ratio(std::string_view measure);
bool reaches(Measure const& measure, Band const& band);

// One line of a score as a person reads it.
struct Line {
    std::string item;
    std::int64_t points_min = 0, points_max = 0; // equal where the table leaves no room
    std::int64_t best = 0;                       // most that the item can give
    std::string measure;                         // what decided; empty for items that people judge
    std::optional<double> value;
    Band const* band = nullptr; // the line of the table; null: no line is reached
    enum class Basis : std::uint8_t { computed, missing, judged } basis = Basis::computed;
};

struct Gate {
    std::string key;           // "staff_max"
    std::optional<bool> holds; // nothing: a figure is missing
};

enum class Outcome : std::uint8_t { yes, no, open }; // open: figures are missing or people's judgement decides

struct Score {
    std::string scheme;
    std::vector<Line> lines;
    std::vector<Gate> gates;
    std::int64_t points_min = 0, points_max = 0;
    std::int64_t pass = 0; // points needed
    Outcome outcome = Outcome::open;
};

// `bands`: those of every scheme in force on the day of the score.
Score high_tech_score(Years const& years, std::span<Band const> bands);
Score tech_sme_score(Years const& years, std::span<Band const> bands);
Score innovative_sme_score(Years const& years, std::span<Band const> bands);

} // namespace sangu::facts
