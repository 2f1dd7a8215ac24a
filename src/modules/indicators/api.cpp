#include "base/text.h"
#include "kernel/html/page.h"
#include "kernel/json/json.h"
#include "modules/indicators/board.h"
#include "modules/indicators/open_data.h"
#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"
#include "modules/indicators/service.h"
#include "modules/indicators/store.h"

#include <algorithm>
#include <tuple>

namespace sangu::indicators {

namespace {

constexpr int rows_max = 200;

http::Reply refused(Context const& context, http::Request const& request, Error const& error) {
    return html::refusal(context, request, error);
}

void member(json::Writer& json, std::string_view key, std::optional<double> number) {
    if (number)
        json.member(key, *number);
    else
        json.key(key).null();
}

void write_figure(json::Writer& json, std::string_view key, std::optional<Figure> const& figure) {
    json.key(key);
    if (!figure) {
        json.null();
        return;
    }
    json.begin_object()
        .member("observation", figure->observation)
        .member("place", figure->place)
        .member("period", figure->period)
        .member("as_of", to_text(figure->moment()))
        .member("vintage", to_text(figure->vintage))
        .member("value", figure->value)
        .member("approximate", figure->approximate)
        .member("computed", figure->computed)
        .member("status", sangu::name_of(figure->status));
    member(json, "numerator", figure->numerator);
    member(json, "denominator", figure->denominator);
    json.end_object();
}

void write_card(json::Writer& json, Card const& card) {
    json.begin_object()
        .member("indicator", card.indicator.code)
        .member("series", series_of(card.indicator))
        .member("name_zh", card.indicator.name_zh)
        .member("name_en", card.indicator.name_en)
        .member("unit", card.indicator.unit)
        .member("kind", sangu::name_of(card.indicator.kind))
        .member("plan", card.target.plan)
        .member("place", card.target.place)
        .member("year", card.target.year)
        .member("comparator", sangu::name_of(card.target.comparator))
        .member("soft", card.target.soft)
        .member("rating", sangu::name_of(card.rating));
    member(json, "target", card.target.value);
    member(json, "target_to", card.target.value_to);
    member(json, "base", card.target.base_value);
    member(json, "progress", card.progress);
    write_figure(json, "actual", card.actual);
    write_figure(json, "after_plan", card.later);
    json.key("required_path").begin_array();
    for (PathPoint const& point : card.path)
        json.begin_object()
            .member("year", point.year)
            .member("value", point.value)
            .member("given", point.given)
            .end_object();
    json.end_array().end_object();
}

template <class E> std::string json_of(E const& one) { return entity::to_json(one, entity::Personal::hide); }

std::string etag_of(Observation const& one) { return "\"" + one.id.text + "-" + std::to_string(one.version) + "\""; }

http::Reply observation_reply(Observation const& one, int status) {
    return http::json_reply(json_of(one), status).header("ETag", etag_of(one));
}

// A filter that is given must be understood: a misspelt one would silently give everything.
Result<OpenFilter> filter_of(http::Request const& request) {
    OpenFilter filter;
    Problems problems;
    for (auto const& [name, text] : request.query) {
        if (name == "indicator")
            filter.indicator = text;
        else if (name == "place")
            filter.place = text;
        else if (name == "period")
            filter.period = text;
        else if (name == "as_on") {
            filter.on = parse_date(text);
            if (!filter.on) problems.push_back({name, "error.not_a_date", {}});
        } else if (name != "after" && name != "limit" && name != "lang")
            problems.push_back({name, "error.list.parameter", {}});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return filter;
}

int limit_of(http::Request const& request) {
    auto const asked = parse_integer(request.query_value("limit").value_or("50"));
    return static_cast<int>(std::clamp<std::int64_t>(asked.value_or(50), 1, rows_max));
}

} // namespace

http::Reply api_cockpit(Context& context, http::Request& request) {
    std::string const plan = requested_plan(context, request);
    auto const on = request.query_value("as_on") ? parse_date(*request.query_value("as_on")) : std::nullopt;
    std::string out;
    json::Writer json{out};
    json.begin_object().member("plan", plan).key("items").begin_array();
    for (Card const& card : cards(context, plan, {}, on)) write_card(json, card);
    json.end_array().end_object();
    return http::json_reply(std::move(out));
}

http::Reply api_indicators(Context& context, http::Request&) {
    std::string out;
    json::Writer json{out};
    json.begin_object().key("items").begin_array();
    for (Indicator const& one : definitions(context).indicators) json.raw(json_of(one));
    json.end_array().key("next").null().end_object();
    return http::json_reply(std::move(out));
}

http::Reply api_indicator(Context& context, http::Request& request) {
    auto const found =
        entity::first<Indicator>(context.reader(), "where code = ?", {std::string{request.parameter("code")}});
    if (!found) return refused(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return http::json_reply(json_of(*found));
}

http::Reply api_observations(Context& context, http::Request& request) {
    auto filter = filter_of(request);
    if (!filter) return refused(context, request, filter.error());
    OpenRows rows{*find_open_table("observations"), *filter, std::string{request.query_value("after").value_or("")}};
    std::string out;
    json::Writer json{out};
    json.begin_object().key("items").begin_array();
    bool const more = rows.next(context.reader(), limit_of(request), [&](void const* object) {
        json.raw(json_of(*static_cast<Observation const*>(object)));
    });
    json.end_array();
    std::string next;
    if (more) {
        html::Url url{"/api/v1/observations"};
        for (auto const& [name, text] : request.query)
            if (name != "after") std::ignore = std::move(url).query(name, text); // changes `url` in place
        next = std::move(url).query("after", rows.after()).text;
        json.member("next", next);
    } else
        json.key("next").null();
    json.end_object();
    auto reply = http::json_reply(std::move(out));
    if (more) reply.header("Link", "<" + next + ">; rel=\"next\"");
    return reply;
}

http::Reply api_observation(Context& context, http::Request& request) {
    auto const found = entity::find(context.reader(), Id<Observation>{std::string{request.parameter("id")}});
    bool const visible = found && (found->state == ObservationState::published ||
                                   context.may(enter_permission, scope_of(context.reader(), found->place)));
    if (!visible) return refused(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return observation_reply(*found, 200);
}

http::Reply api_enter(Context& context, http::Request& request) {
    Observation typed;
    Problems problems = entity::from_json(typed, request.body);
    if (!problems.empty())
        return refused(context, request, Error{Refusal::invalid, "error.invalid", {}, std::move(problems)});
    auto const id = enter(context, typed);
    if (!id) return refused(context, request, id.error());
    return observation_reply(*entity::find(context.reader(), *id), 201)
        .header("Location", "/api/v1/observations/" + id->text);
}

http::Reply api_action(Context& context, http::Request& request) {
    std::string comment;
    if (!trim(request.body).empty()) {
        auto const document = json::Document::parse(request.body);
        if (!document) return refused(context, request, document.error());
        comment = document->root().text_of("comment");
    }
    auto const done =
        step(context, Id<Observation>{std::string{request.parameter("id")}}, request.parameter("action"), comment);
    if (!done) return refused(context, request, done.error());
    return observation_reply(*done, 200);
}

} // namespace sangu::indicators
