#include "modules/indicators/checks.h"

#include "base/text.h"
#include "modules/indicators/board.h"
#include "modules/indicators/store.h"

#include <algorithm>

namespace sangu::indicators {

namespace {

class Check {
public:
    Check(Observation& observation, Known const& known, Date today) : one_{observation}, known_{known}, today_{today} {}

    Problems run() {
        if (Indicator const* indicator = check_indicator()) check_parts(*indicator);
        if (!known_.places.contains(one_.place)) report("place", "indicators.error.unknown_place", {one_.place});
        check_period();
        check_vintage();
        check_lock();
        return std::move(problems_);
    }

private:
    void report(std::string_view field, std::string_view key, std::vector<std::string> arguments = {}) {
        problems_.push_back({std::string{field}, std::string{key}, std::move(arguments)});
    }

    Indicator const* check_indicator() {
        auto const found = known_.indicators.find(one_.indicator);
        if (found == known_.indicators.end()) {
            report("indicator", "indicators.error.unknown_indicator", {one_.indicator});
            return nullptr;
        }
        Indicator const& indicator = found->second;
        if (!indicator.series_code.empty())
            report("indicator", "indicators.error.use_series", {one_.indicator, indicator.series_code});
        if (one_.unit != indicator.unit) report("unit", "indicators.error.unit", {one_.unit, indicator.unit});
        return &indicator;
    }

    void check_parts(Indicator const& indicator) {
        if (!one_.numerator || !one_.denominator || indicator.numerator_code.empty()) return;
        if (!agrees_with_parts(one_.value, {*one_.numerator, *one_.denominator}, indicator.factor,
                               static_cast<int>(indicator.decimals)))
            report("value", "indicators.error.parts_disagree",
                   {to_text(one_.value), to_text(*one_.numerator), to_text(*one_.denominator)});
    }

    void check_period() {
        bool const given = one_.period_start != Date{} && one_.period_end != Date{};
        if (!given) {
            auto const period = parse_period(one_.period);
            if (!period) return report("period", "indicators.error.period", {one_.period});
            one_.period_kind = period->kind;
            one_.period_start = period->start;
            one_.period_end = period->end;
        }
        if (one_.period_end < one_.period_start) report("period_end", "indicators.error.period_order");
        if (one_.as_of && (*one_.as_of < one_.period_start || one_.period_end < *one_.as_of))
            report("as_of", "indicators.error.as_of_outside");
    }

    void check_vintage() {
        auto const source = known_.sources.find(one_.source);
        if (source == known_.sources.end()) report("source", "indicators.error.unknown_source", {one_.source});
        if (one_.vintage == Date{})
            one_.vintage = source != known_.sources.end() ? source->second.published.value_or(today_) : today_;
        if (today_ < one_.vintage) report("vintage", "indicators.error.vintage_future");
    }

    void check_lock() {
        auto const locks = known_.locks.find(one_.place);
        if (one_.restates || locks == known_.locks.end()) return;
        for (PeriodLock const& lock : locks->second)
            if (lock.period_start <= one_.period_start && one_.period_end <= lock.period_end)
                return report("period", "indicators.error.locked", {lock.period});
    }

    Observation& one_;
    Known const& known_;
    Date today_;
    Problems problems_;
};

template <class E> std::unordered_map<std::string, E> by_code(std::vector<E> all) {
    std::unordered_map<std::string, E> result;
    for (E& one : all) result.emplace(one.code, std::move(one));
    return result;
}

} // namespace

Known Known::load(db::Session& session) {
    Known known{
        by_code(all_indicators(session)), by_code(registry::places(session)), by_code(all_sources(session)), {}};
    for (PeriodLock& lock : entity::where<PeriodLock>(session, "order by locked_at desc limit 10000"))
        known.locks[lock.place].push_back(std::move(lock));
    return known;
}

Problems check_observation(Observation& observation, Known const& known, Date today) {
    return Check{observation, known, today}.run();
}

Problems check_target(Target const& target, Known const& known) {
    Problems problems;
    auto const require = [&](bool is_known, std::string_view field, std::string const& code) {
        if (!is_known)
            problems.push_back({std::string{field}, "indicators.error.unknown_" + std::string{field}, {code}});
    };
    require(known.indicators.contains(target.indicator), "indicator", target.indicator);
    require(known.places.contains(target.place), "place", target.place);
    require(target.source.empty() || known.sources.contains(target.source), "source", target.source);
    return problems;
}

Date known_from(Observation const& observation, Date approved_on) {
    bool const own = observation.status == Certainty::reported || observation.restates;
    return own ? std::max(observation.vintage, approved_on) : observation.vintage;
}

} // namespace sangu::indicators
