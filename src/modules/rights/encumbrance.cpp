#include "base/text.h"
#include "modules/rights/service.h"
#include "modules/rights/store.h"

namespace sangu::rights {

namespace {

int holders_count(db::Session& session, std::string_view right_id) {
    return static_cast<int>(
        session.integer("select count(*) from rights_holder where right_id = ?", {std::string{right_id}}).value_or(0));
}

std::vector<Obstacle> obstacles_for(Context& context, db::Session& session, Right const& right,
                                    EncumbranceRequest const& request) {
    auto const live = live_encumbrances(session, right.id.text);
    auto const days = context.services.working_days();
    auto const fees = fees_of(right, fee_rules(session), *days, context.today());
    Fee const* const next = next_fee(fees);
    RightFacts const facts{
        right, holders_count(session, right.id.text),
        right.fee_year_paid && next && (next->state == FeeState::grace || next->state == FeeState::overdue), live};
    return obstacles_of(facts, freedom_rules(session), request, request.since.value_or(context.today()));
}

Error not_free(std::vector<Obstacle> const& found) {
    Error error{Refusal::conflict, "rights.error.not_free", {}, {}};
    for (Obstacle const& one : found) error.problems.push_back({"kind", one.key, one.arguments});
    return error;
}

Encumbrance row_of(Context const& context, EncumbranceRequest const& request) {
    Encumbrance row{.id = new_id_of<Encumbrance>(),
                    .right_id = {request.right_id},
                    .kind = request.kind,
                    .holder_name = std::string{trim(request.holder_name)},
                    .reason = std::string{trim(request.reason)},
                    .source = request.source,
                    .source_id = request.source_id,
                    .since = request.since.value_or(context.today()),
                    .until = request.until,
                    .consented = request.holders_consent,
                    .taken_at = context.now(),
                    .taken_by = context.actor.account_id,
                    .taken_by_name = context.actor.name};
    if (!request.holder_id.empty()) row.holder_id = Id<registry::Organisation>{request.holder_id};
    if (!trim(request.consent).empty()) row.consent = std::string{trim(request.consent)};
    return row;
}

} // namespace

std::vector<Obstacle> obstacles(Context& context, db::Session& session, EncumbranceRequest const& request) {
    auto const right = right_with(session, request.right_id);
    if (!right) return {{"rights.obstacle.unknown", {}, {}, true, false}};
    return obstacles_for(context, session, *right, request);
}

Result<std::string> take_encumbrance(Context& context, Change& change, EncumbranceRequest const& request) {
    auto const right = right_with(change.transaction(), request.right_id);
    if (!right) return refuse(Refusal::not_found, "error.not_found");
    Encumbrance const row = row_of(context, request);
    Problems problems = entity::validate(row);
    if ((request.co_owners_consent || request.holders_consent) && !row.consent)
        problems.push_back({"consent", "rights.error.consent_document", {}});
    if (!problems.empty()) return refuse(std::move(problems));
    if (auto const found = obstacles_for(context, change.transaction(), *right, request); !found.empty())
        return tl::make_unexpected(not_free(found));
    entity::insert(change.transaction(), row);
    settle_state(change.transaction(), right->id.text);
    change.audit(
        {.action = "rights.right.encumbered",
         .object_kind = Right::meta.name,
         .object_id = right->id.text,
         .scope = right->scope,
         .comment = row.reason,
         .changes = {{"encumbrance", std::string{name_of(right->encumbrance)}, std::string{name_of(row.kind)}}}});
    publish_right(change, *right, "rights.right.encumbered");
    return row.id.text;
}

Result<int> release_encumbrances(Context& context, Change& change, std::string_view source, std::string_view source_id,
                                 std::string_view reason) {
    auto const held = entity::where<Encumbrance>(
        change.transaction(), "where source = ? and source_id = ? and released_at is null order by id limit 1000",
        {std::string{source}, std::string{source_id}});
    for (Encumbrance const& one : held) {
        change.transaction().execute("update rights_encumbrance set released_at = ?, release_reason = ?, "
                                     "version = version + 1 where id = ?",
                                     {to_text(context.now()), shorten(trim(reason), 300), one.id.text});
        auto const right = right_with(change.transaction(), one.right_id.text);
        if (!right) continue;
        settle_state(change.transaction(), right->id.text);
        change.audit({.action = "rights.right.released",
                      .object_kind = Right::meta.name,
                      .object_id = right->id.text,
                      .scope = right->scope,
                      .comment = reason,
                      .changes = {{"encumbrance", std::string{name_of(one.kind)}, {}}}});
        publish_right(change, *right, "rights.right.released");
    }
    return static_cast<int>(held.size());
}

} // namespace sangu::rights
