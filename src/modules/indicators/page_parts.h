#pragma once

// What several pages show: tiles, badges, periods, requirements, addresses.

#include "kernel/html/page.h"
#include "modules/indicators/indicators.h"

#include <span>

namespace sangu::indicators {

// What a page of a plan needs beside its cards.
struct View {
    Context& context;
    std::span<registry::PlaceCard const> places;
    std::string plan;

    View(Context& context_, std::string_view plan_)
        : context{context_}, places{registry::places(context_)}, plan{plan_} {}

    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string name(registry::PlaceCard const& place) const { return place.name(context.language); }
    std::string place(std::string_view code) const;
};

// The plan a request asks for, else the default one.
std::string requested_plan(Context& context, http::Request const& request);
std::string plan_name(Context const& context, std::string_view plan);
// The day of "?on=", when it is a date.
std::optional<Date> requested_day(http::Request const& request);

std::string_view tone_of(Rating rating);
void rating_badge(html::Out& out, Context const& context, Card const& card);
std::string period_text(Context const& context, PeriodKind kind, std::string_view label, Date start, Date end);
std::string period_text(Context const& context, Figure const& figure);
std::string goal_text(Context const& context, Card const& card); // "不少于 20 件/万人"
std::string progress_text(Context const& context, double progress);
std::string certainty_text(Context const& context, Certainty status);

html::Url indicator_url(std::string_view code, std::string_view place = {});
html::Url receipt_url(std::string_view code, std::string_view observation);

// One card as an article; `with_place` names the place beside the title.
void tile(html::Out& out, View const& view, Card const& card, bool with_place);
void tiles(html::Out& out, View const& view, std::span<Card const* const> cards, bool with_place);
// The figure as text with its unit, linked to its receipt when it has one.
void figure_link(html::Out& out, View const& view, Indicator const& indicator, Figure const& figure);

} // namespace sangu::indicators
