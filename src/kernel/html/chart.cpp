#include "kernel/html/chart.h"

#include "kernel/html/page.h"

#include <algorithm>

namespace sangu::html {

namespace {

constexpr double drawing_width = 240, drawing_height = 32, margin = 3;

std::string one_decimal(double number) {
    auto const tenths = static_cast<std::int64_t>(number * 10 + 0.5);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

} // namespace

void chart(Out& out, Context const& context, std::string_view chart_id, std::string_view label_text,
           std::string_view option_json, FunctionRef<void(Out&)> write_table) {
    std::string const option_id = std::string{chart_id} + "-option", label_id = std::string{chart_id} + "-label";
    out << figure(cls("chart"), id(chart_id), figcaption(id(label_id), label_text),
                  div(cls("chart-canvas"), data<"chart">(option_id), role("img"), aria_label(label_text)),
                  json_island(option_id, option_json),
                  details(cls("chart-table"), open(true), summary(context.t("page.as_table")),
                          div(cls("table-wrap"), role("region"), aria_labelledby(label_id), tabindex(0), write_table)));
}

void sparkline(Out& out, std::span<std::optional<double> const> values, std::string_view label_text) {
    double low = 0, high = 0;
    std::size_t known = 0;
    for (auto const& one : values)
        if (one) low = known ? std::min(low, *one) : *one, high = known++ ? std::max(high, *one) : *one;
    if (!known) return;
    double const range = high > low ? high - low : 1;
    double const step = values.size() > 1 ? (drawing_width - 2 * margin) / static_cast<double>(values.size() - 1) : 0;
    std::string line_points, last_x, last_y;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i]) continue;
        last_x = one_decimal(margin + step * static_cast<double>(i));
        last_y = one_decimal(drawing_height - margin - (*values[i] - low) / range * (drawing_height - 2 * margin));
        line_points += (line_points.empty() ? "" : " ") + last_x + "," + last_y;
    }
    out << svg(
        cls("spark"), view_box("0 0 240 32"), role("img"), aria_label(label_text),
        polyline(points(line_points), fill("none"), stroke("currentColor"), stroke_width(2), stroke_linejoin("round")),
        circle(cx(last_x), cy(last_y), r("2.6"), fill("currentColor")));
}

} // namespace sangu::html
