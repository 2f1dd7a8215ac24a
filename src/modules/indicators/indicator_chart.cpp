#include "modules/indicators/indicator_chart.h"

#include "kernel/json/json.h"

#include <algorithm>
#include <cmath>

namespace sangu::indicators {

namespace {

struct DataPoint {
    Date on;
    double value;
};

class Series {
public:
    Series(json::Writer& json, int decimals) : json_{json}, factor_{std::pow(10.0, std::max(decimals, 2))} {}

    void add(std::string_view name, std::span<DataPoint const> points, std::string_view line) {
        json_.begin_object().member("type", "line").member("name", name).member("connectNulls", true);
        json_.member("symbolSize", line == "solid" ? 8 : 4);
        json_.key("lineStyle").begin_object().member("type", line).end_object();
        json_.key("data").begin_array();
        for (DataPoint const& point : points)
            json_.begin_array().value(to_text(point.on)).value(std::round(point.value * factor_) / factor_).end_array();
        json_.end_array().end_object();
    }

private:
    json::Writer& json_;
    double factor_;
};

void add_places(Series& series, ChartInput const& input) {
    for (registry::PlaceCard const& place : input.view.places) {
        if (place.kind == "province" || place.code == "hunan_htz") continue; // beside the zone they would mislead
        std::vector<DataPoint> points;
        std::vector<Figure> const& from = input.card && place.code == input.place ? input.card->history : input.figures;
        for (Figure const& one : from)
            if (one.place == place.code) points.push_back({one.moment(), one.value});
        std::ranges::stable_sort(points, {}, &DataPoint::on);
        bool const comparable = input.indicator.kind != Measure::cagr || place.code == input.place;
        if (!points.empty() && comparable) series.add(place.name(input.view.context.language), points, "solid");
    }
}

} // namespace

std::optional<Forecast> forecast_of(Indicator const& indicator, std::span<Figure const> own) {
    std::vector<Moment> history;
    for (Figure const& one : own) history.push_back({one.moment(), one.value});
    if (history.empty()) return {};
    std::vector<Date> days;
    int const last = year_of(std::ranges::max(history, {}, &Moment::on).on);
    for (int year = last; days.size() < 3; ++year)
        if (Date const end = *make_date(year, 12, 31); end > std::ranges::max(history, {}, &Moment::on).on)
            days.push_back(end);
    return forecast(indicator.kind, history, days);
}

std::string chart_option(ChartInput const& input) {
    Context const& context = input.view.context;
    std::string out;
    json::Writer json{out};
    json.begin_object();
    json.key("tooltip").begin_object().member("trigger", "axis").end_object();
    json.key("legend").begin_object().member("type", "plain").end_object();
    json.key("xAxis").begin_object().member("type", "time").end_object();
    json.key("yAxis").begin_object().member("type", "value").member("scale", true);
    if (input.indicator.kind == Measure::rank) json.member("inverse", true);
    json.end_object();
    json.key("series").begin_array();
    Series series{json, static_cast<int>(input.indicator.decimals)};
    add_places(series, input);
    if (input.card && !input.card->path.empty()) {
        std::vector<DataPoint> points;
        for (PathPoint const& one : input.card->path) points.push_back({*make_date(one.year, 12, 31), one.value});
        series.add(context.t("indicators.path"), points, "dashed");
    }
    if (input.forecast) {
        std::vector<DataPoint> middle, low, high;
        for (Forecast::Point const& one : input.forecast->points) {
            middle.push_back({one.on, one.value});
            low.push_back({one.on, one.low});
            high.push_back({one.on, one.high});
        }
        series.add(context.t("indicators.forecast"), middle, "dashed");
        series.add(context.t("indicators.band_low"), low, "dotted");
        series.add(context.t("indicators.band_high"), high, "dotted");
    }
    json.end_array().end_object();
    return out;
}

} // namespace sangu::indicators
