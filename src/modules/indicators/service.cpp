#include "modules/indicators/service.h"

#include "base/text.h"
#include "kernel/json/json.h"
#include "modules/indicators/checks.h"
#include "modules/indicators/store.h"

#include <algorithm>

namespace sangu::indicators {

namespace {

bool needs_second_person(std::string_view action) { return action == "approve" || action == "publish"; }

// What a person may type, over a figure whose other members the system keeps.
void take_typed(Observation& into, Observation const& typed) {
    into.indicator = typed.indicator;
    into.place = typed.place;
    into.period = typed.period;
    into.period_kind = typed.period_kind;
    into.period_start = typed.period_start;
    into.period_end = typed.period_end;
    into.as_of = typed.as_of;
    into.vintage = typed.vintage;
    into.value = typed.value;
    into.numerator = typed.numerator;
    into.denominator = typed.denominator;
    into.denominator_note = typed.denominator_note;
    into.unit = typed.unit;
    into.approximate = typed.approximate;
    into.source = typed.source;
    into.note = typed.note;
    into.note_en = typed.note_en;
    into.status = typed.status;
}

Result<void> check(db::Session& session, Observation& observation, Date today) {
    Problems problems = check_observation(observation, Known::load(session), today);
    if (problems.empty()) problems = entity::validate(observation);
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

void stamp_entry(Observation& observation, Context const& context) {
    observation.id = new_id_of<Observation>();
    observation.entered_by = context.actor.account_id;
    observation.entered_by_name = context.actor.name;
    observation.entered_at = context.now();
    observation.approved_by.clear();
    observation.approved_by_name.clear();
    observation.approved_at.reset();
    observation.known_on.reset();
    observation.version = 0;
}

} // namespace

std::string event_payload(Change& change, Observation const& one) {
    auto const indicator = entity::first<Indicator>(change.transaction(), "where code = ?", {one.indicator});
    auto const place = registry::place_of(change.transaction(), one.place);
    auto const title = [&](std::string const& name, std::string const& where) {
        return name + " · " + where + " · " + one.period;
    };
    std::string payload;
    json::Writer{payload}
        .begin_object()
        .member("title", title(indicator ? indicator->name_zh : one.indicator, place ? place->name_zh : one.place))
        .member("title_en", title(indicator ? indicator->name_en : one.indicator, place ? place->name_en : one.place))
        .member("path", "/indicators/" + one.indicator + "/figures/" + one.id.text)
        .end_object();
    return payload;
}

std::int64_t next_revision(db::Session& session, Observation const& figure) {
    return 1 + session
                   .integer("select max(revision) from indicators_observation where indicator = ? and place = ? and "
                            "period_start = ? and period_end = ?",
                            {figure.indicator, figure.place, to_text(figure.period_start), to_text(figure.period_end)})
                   .value_or(0);
}

std::string scope_of(db::Session& session, std::string_view place) {
    auto const found = registry::place_of(session, place);
    return found ? found->path : "zone";
}

Result<Id<Observation>> enter(Context& context, Observation observation) {
    std::string const scope = scope_of(context.reader(), observation.place);
    TRY_VOID(context.require(enter_permission, scope));
    stamp_entry(observation, context);
    observation.state = ObservationState::draft;
    observation.revision = 0;
    observation.restates.reset();
    observation.reason.clear();
    observation.import_id.reset();
    auto done = context.change<Id<Observation>>([&](Change& change) -> Result<Id<Observation>> {
        TRY_VOID(check(change.transaction(), observation, context.today()));
        change.create(observation, scope);
        change.publish("indicators.observation.entered", observation.id.text, scope, enter_permission);
        return observation.id;
    });
    context.refresh();
    return done;
}

Result<void> correct(Context& context, Id<Observation> const& id, std::int64_t version, Observation typed) {
    auto const before = entity::find(context.reader(), id);
    if (!before) return refuse(Refusal::not_found, "error.not_found");
    std::string const scope = scope_of(context.reader(), before->place);
    TRY_VOID(context.require(enter_permission, scope));
    TRY_VOID(context.require(enter_permission, scope_of(context.reader(), typed.place)));
    if (before->state != ObservationState::draft && before->state != ObservationState::returned)
        return refuse(Refusal::conflict, "indicators.error.not_a_draft");
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        Observation after = *before;
        after.version = version;
        take_typed(after, typed);
        TRY_VOID(check(change.transaction(), after, context.today()));
        // Whoever changed the figure last is the one who entered it: otherwise a second person could alter a figure
        // and approve it himself.
        after.entered_by = context.actor.account_id;
        after.entered_by_name = context.actor.name;
        after.entered_at = context.now();
        return change.save(*before, after, "indicators.observation.corrected", scope);
    });
    context.refresh();
    return done;
}

Result<Observation> step(Context& context, Id<Observation> const& id, std::string_view action, std::string comment) {
    auto const before = entity::find(context.reader(), id);
    if (!before) return refuse(Refusal::not_found, "error.not_found");
    std::string const scope = scope_of(context.reader(), before->place);
    bool const approving = needs_second_person(action) || action == "return";
    TRY_VOID(context.require(approving ? approve_permission : enter_permission, scope));
    if (needs_second_person(action) && before->entered_by == context.actor.account_id)
        return refuse(Refusal::forbidden, "indicators.error.four_eyes");
    auto done = context.change<Observation>([&](Change& change) -> Result<Observation> {
        Observation after = *before;
        auto const taken = TRY(flow::take(after, action, context.actor, scope, context.now(), comment));
        if (action == "submit" && !after.restates) TRY_VOID(check(change.transaction(), after, context.today()));
        if (action == "approve") {
            after.approved_by = context.actor.account_id;
            after.approved_by_name = context.actor.name;
            after.approved_at = context.now();
        }
        if (action == "return") {
            after.approved_by.clear();
            after.approved_by_name.clear();
            after.approved_at.reset();
        }
        if (action == "publish") after.known_on = known_from(after, context.today());
        TRY_VOID(change.save(*before, after, "indicators.observation." + taken.action, scope, taken.comment));
        bool const visible = after.state == ObservationState::published;
        std::string const kind = visible && after.restates ? "indicators.observation.restated"
                                 : visible                 ? "indicators.observation.published"
                                                           : "indicators.observation." + taken.to;
        change.publish(kind, id.text, scope, visible ? "public" : enter_permission, event_payload(change, after));
        return after;
    });
    context.refresh();
    return done;
}

Result<Id<Observation>> restate(Context& context, Id<Observation> const& id, Observation typed, std::string reason) {
    auto const before = entity::find(context.reader(), id);
    if (!before) return refuse(Refusal::not_found, "error.not_found");
    std::string const scope = scope_of(context.reader(), before->place);
    TRY_VOID(context.require(enter_permission, scope));
    if (before->state != ObservationState::published)
        return refuse(Refusal::conflict, "indicators.error.restate_published");
    if (trim(reason).empty()) return refuse({{"reason", "error.required", {}}});
    Observation after = *before;
    take_typed(after, typed);
    after.indicator = before->indicator;
    after.place = before->place;
    after.period = before->period;
    after.period_kind = before->period_kind;
    after.period_start = before->period_start;
    after.period_end = before->period_end;
    stamp_entry(after, context);
    after.vintage = context.today();
    after.state = ObservationState::submitted;
    after.restates = id;
    after.reason = std::string{trim(reason)};
    after.import_id.reset();
    auto done = context.change<Id<Observation>>([&](Change& change) -> Result<Id<Observation>> {
        after.revision = next_revision(change.transaction(), after);
        TRY_VOID(check(change.transaction(), after, context.today()));
        change.create(after, scope);
        change.audit({.action = "indicators.observation.restatement_asked",
                      .object_kind = "indicators.observation",
                      .object_id = id.text,
                      .scope = scope,
                      .comment = after.reason});
        change.publish("indicators.observation.submitted", after.id.text, scope, enter_permission,
                       event_payload(change, after));
        return after.id;
    });
    context.refresh();
    return done;
}

std::vector<flow::Offer> offers_for(Context& context, Observation const& observation, std::string_view scope) {
    auto offers = flow::offers(observation, context.actor, scope);
    for (flow::Offer& offer : offers)
        if (needs_second_person(offer.action) && observation.entered_by == context.actor.account_id)
            offer.refused_because.emplace_back("indicators.error.four_eyes");
    return offers;
}

bool is_locked(db::Session& session, std::string_view place, Date start, Date end) {
    return session.exists(
        "select 1 from indicators_period_lock where place = ? and period_start <= ? and period_end >= ?",
        {std::string{place}, to_text(start), to_text(end)});
}

Result<void> lock_period(Context const& context, Change& change, std::string_view plan, std::string_view place,
                         std::string_view period, std::string_view report_id) {
    auto const span = parse_period(period);
    if (!span) return refuse({{"period", "indicators.error.period", {std::string{period}}}});
    if (is_locked(change.transaction(), place, span->start, span->end)) return {};
    PeriodLock const lock{.id = new_id_of<PeriodLock>(),
                          .plan = std::string{plan},
                          .place = std::string{place},
                          .period = std::string{period},
                          .period_start = span->start,
                          .period_end = span->end,
                          .locked_by = context.actor.account_id,
                          .locked_at = context.now(),
                          .report_id = std::string{report_id}};
    std::string const scope = scope_of(change.transaction(), place);
    change.create(lock, scope);
    change.publish("indicators.period.locked", lock.id.text, scope, "public");
    return {};
}

} // namespace sangu::indicators
