#include "modules/indicators/rules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sangu::indicators {

namespace {

double years(Date date) { return date.days / 365.2425; }

bool all_positive(std::span<Moment const> history) {
    return std::ranges::all_of(history, [](Moment const& one) { return one.value > 0; });
}

ForecastMethod method_for(Measure kind, std::span<Moment const> history) {
    bool const amount = kind == Measure::cumulative_count || kind == Measure::stock || kind == Measure::flow ||
                        kind == Measure::stock_ratio || kind == Measure::count;
    return amount && all_positive(history) ? ForecastMethod::log_linear : ForecastMethod::linear;
}

struct Line {
    double mean_x = 0, mean_y = 0, slope = 0, spread_x = 0, residual = 0; // residual: standard error of the regression
    int n = 0;
};

Line fit(std::span<Moment const> history, bool log) {
    Line line{.n = static_cast<int>(history.size())};
    auto const y_of = [&](Moment const& one) { return log ? std::log(one.value) : one.value; };
    for (Moment const& one : history) {
        line.mean_x += years(one.on) / line.n;
        line.mean_y += y_of(one) / line.n;
    }
    double cross = 0;
    for (Moment const& one : history) {
        double const dx = years(one.on) - line.mean_x;
        line.spread_x += dx * dx;
        cross += dx * (y_of(one) - line.mean_y);
    }
    line.slope = cross / line.spread_x;
    double squares = 0;
    for (Moment const& one : history) {
        double const error = y_of(one) - line.mean_y - line.slope * (years(one.on) - line.mean_x);
        squares += error * error;
    }
    line.residual = std::sqrt(squares / (line.n - 2));
    return line;
}

} // namespace

double student_t_95(int degrees) {
    static constexpr std::array<double, 30> table{12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060,
                                                  2.2622,  2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199,
                                                  2.1098,  2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639,
                                                  2.0595,  2.0555, 2.0518, 2.0484, 2.0452, 2.0423};
    if (degrees <= 30) return table[static_cast<std::size_t>(std::max(degrees, 1) - 1)];
    double const z = 1.959964, n = degrees; // Cornish–Fisher expansion, error below 1e-5 here
    return z + (z * z * z + z) / (4 * n) + (5 * std::pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * n * n);
}

std::optional<Forecast> forecast(Measure kind, std::span<Moment const> history, std::span<Date const> days) {
    std::vector<Moment> sorted(history.begin(), history.end());
    std::ranges::stable_sort(sorted, {}, &Moment::on);
    std::vector<Moment> distinct;
    for (Moment const& one : sorted)
        if (!distinct.empty() && distinct.back().on == one.on)
            distinct.back() = one;
        else
            distinct.push_back(one);
    if (distinct.size() < static_cast<std::size_t>(forecast_observations_min)) return {};

    Forecast result{.method = method_for(kind, distinct), .observations = static_cast<int>(distinct.size())};
    bool const log = result.method == ForecastMethod::log_linear;
    Line const line = fit(distinct, log);
    double const t = student_t_95(line.n - 2);
    for (Date const day : days) {
        double const dx = years(day) - line.mean_x;
        double const middle = line.mean_y + line.slope * dx;
        double const half = t * line.residual * std::sqrt(1 + 1.0 / line.n + dx * dx / line.spread_x);
        auto const back = [&](double y) { return log ? std::exp(y) : y; };
        result.points.push_back({day, back(middle), back(middle - half), back(middle + half)});
    }
    return result;
}

} // namespace sangu::indicators
