#include "modules/rights/service.h"

#include "base/text.h"
#include "kernel/json/json.h"
#include "modules/rights/numbers.h"
#include "modules/rights/shares.h"

#include <algorithm>

namespace sangu::rights {

namespace {

bool is_member_of(std::vector<registry::OrganisationCard> const& own, Holder const& holder) {
    return holder.organisation_id && std::ranges::any_of(own, [&](registry::OrganisationCard const& card) {
               return card.id == *holder.organisation_id;
           });
}

bool same_holders(std::vector<Holder> const& a, std::vector<Holder> const& b) {
    return std::ranges::equal(a, b, [](Holder const& one, Holder const& other) {
        return one.name == other.name && one.share_ppm == other.share_ppm;
    });
}

Result<void> check_holders_may_change(db::Session& session, RightRecord const& before, RightRecord const& after) {
    if (same_holders(before.holders, after.holders)) return {};
    for (Encumbrance const& held : live_encumbrances(session, before.right.id.text))
        if (held.kind >= EncumbranceKind::listing)
            return refuse(Problems{{"holder_name", "rights.error.holders_fixed", {held.holder_name}}});
    return {};
}

// Loads the right inside the act, so that nothing happens between looking and writing.
Result<Right> editable(Context& context, db::Session& session, std::string_view id) {
    TRY_VOID(visible_right(context, id));
    auto right = right_with(session, id);
    if (!right) return refuse(Refusal::not_found, "error.not_found");
    if (!may_edit(context, *right)) return refuse(Refusal::forbidden, "error.forbidden");
    return *std::move(right);
}

// What a feed says about a right; nothing about an undisclosed one.
std::string headline(Right const& right) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object();
    if (right.disclosure == Disclosure::open)
        writer.member("title", right.title)
            .member("title_en", right.title_en.value_or(right.title))
            .member("path", "/rights/" + right.id.text);
    writer.end_object();
    return out;
}

} // namespace

std::vector<registry::OrganisationCard> own_organisations(Context& context) {
    if (context.actor.account_id.empty() || !context.actor.signed_in()) return {};
    return registry::organisations_of(context.reader(), context.actor.account_id, context.today());
}

resource::RowFilter visible_rows(Context& context) {
    resource::RowFilter filter{"disclosure = 'open'", {}};
    if (context.actor.kind == auth::ActorKind::anonymous) return filter;
    for (auth::Scope const& scope : context.services.permissions.scopes_of(context.actor, edit_permission)) {
        if (scope.path == "zone") return {};
        filter.sql += " or scope = ? or scope like ?";
        filter.parameters.emplace_back(scope.path);
        filter.parameters.emplace_back(scope.path + "/%");
    }
    std::string marks;
    for (registry::OrganisationCard const& card : own_organisations(context)) {
        marks += marks.empty() ? "?" : ", ?";
        filter.parameters.emplace_back(card.id.text);
    }
    if (!marks.empty())
        filter.sql += " or id in (select right_id from rights_holder where organisation_id in (" + marks + "))";
    return filter;
}

Result<Right> visible_right(Context& context, std::string_view id) {
    auto right = right_with(context.reader(), id);
    if (!right) return refuse(Refusal::not_found, "error.not_found");
    if (right->disclosure == Disclosure::undisclosed && !may_edit(context, *right))
        return refuse(Refusal::not_found, "error.not_found");
    return *std::move(right);
}

bool may_edit(Context& context, Right const& right) {
    if (context.may(edit_permission, right.scope)) return true;
    auto const own = own_organisations(context);
    if (own.empty()) return false;
    auto const holders =
        entity::where<Holder>(context.reader(), "where right_id = ? order by position", {right.id.text});
    return std::ranges::any_of(holders, [&](Holder const& holder) { return is_member_of(own, holder); });
}

bool may_store(Context& context, RightRecord const& record) {
    if (context.may(edit_permission, record.right.scope)) return true;
    auto const own = own_organisations(context);
    return std::ranges::any_of(record.holders, [&](Holder const& holder) { return is_member_of(own, holder); });
}

Result<std::string> create_right(Context& context, RightRecord& record) {
    if (!context.actor.signed_in()) return refuse(Refusal::unauthenticated, "error.unauthenticated");
    record.right.id = new_id_of<Right>();
    record.right.version = 1;
    auto done = context.change<std::string>([&](Change& change) -> Result<std::string> {
        TRY_VOID(complete(context, change.transaction(), record, rulebook(change.transaction())));
        if (!may_store(context, record)) return refuse(Problems{{"holder_name", "rights.error.not_your_right", {}}});
        TRY_VOID(insert_record(change, record));
        publish_right(change, record.right, "rights.right.created", headline(record.right));
        return record.right.id.text;
    });
    context.refresh();
    return done;
}

Result<void> edit_right(Context& context, std::string_view id, std::int64_t version, RightRecord record) {
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        RightRecord const before = parts_of(change.transaction(), TRY(editable(context, change.transaction(), id)));
        if (before.right.version != version) return refuse(Refusal::stale, "error.stale");
        record.right.id = before.right.id;
        record.right.version = version;
        TRY_VOID(complete(context, change.transaction(), record, rulebook(change.transaction())));
        TRY_VOID(check_holders_may_change(change.transaction(), before, record));
        if (!may_store(context, record)) return refuse(Problems{{"holder_name", "rights.error.not_your_right", {}}});
        TRY_VOID(replace_record(change, context.now(), before.right, record, "rights.right.updated"));
        publish_right(change, record.right, "rights.right.updated");
        return {};
    });
    context.refresh();
    return done;
}

Result<void> confirm_right(Context& context, std::string_view id) {
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        Right const before = TRY(editable(context, change.transaction(), id));
        Right after = before;
        after.checked_on = context.today();
        return save_right(change, context.now(), before, after, "rights.right.confirmed");
    });
    context.refresh();
    return done;
}

Result<std::string> enter_encumbrance(Context& context, EncumbranceRequest request) {
    auto done = context.change<std::string>([&](Change& change) -> Result<std::string> {
        TRY_VOID(editable(context, change.transaction(), request.right_id));
        request.source = entered_source;
        request.source_id = new_id();
        if (auto const card = registry::find_organisation(change.transaction(), trim(request.holder_name))) {
            request.holder_id = card->id.text;
            request.holder_name = card->name;
        }
        return take_encumbrance(context, change, request);
    });
    context.refresh();
    return done;
}

Result<void> release_entered(Context& context, std::string_view encumbrance_id, std::string_view reason) {
    if (trim(reason).empty()) return refuse(Problems{{"reason", "error.required", {}}});
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        auto const held = entity::find(change.transaction(), Id<Encumbrance>{std::string{encumbrance_id}});
        if (!held) return refuse(Refusal::not_found, "error.not_found");
        TRY_VOID(editable(context, change.transaction(), held->right_id.text));
        if (held->source != entered_source) return refuse(Refusal::conflict, "rights.error.held_by_module");
        TRY_VOID(release_encumbrances(context, change, held->source, held->source_id, reason));
        return {};
    });
    context.refresh();
    return done;
}

Result<void> pay_fee(Context& context, std::string_view id, FeePayment payment) {
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        Right const before = TRY(editable(context, change.transaction(), id));
        payment.id = new_id_of<FeePayment>();
        payment.right_id = before.id;
        payment.entered_by_name = context.actor.name;
        payment.entered_at = context.now();
        Problems problems = entity::validate(payment);
        if (payment.paid_on > context.today()) problems.push_back({"paid_on", "rights.error.future", {}});
        auto const rules = fee_rules(change.transaction());
        auto const fees = fees_of(before, rules, *context.services.working_days(), context.today());
        if (std::ranges::find(fees, static_cast<int>(payment.fee_year), &Fee::year) == fees.end())
            problems.push_back({"fee_year", "rights.error.no_such_fee", {}});
        if (!problems.empty()) return refuse(std::move(problems));
        change.create(payment, before.scope);
        Right after = before;
        after.fee_year_paid = std::max(after.fee_year_paid.value_or(0), payment.fee_year);
        after.next_fee_due = next_fee_due(after, rules, *context.services.working_days(), context.today());
        after.checked_on = context.today();
        TRY_VOID(save_right(change, context.now(), before, after, "rights.right.fee_paid"));
        publish_right(change, after, "rights.right.updated");
        return {};
    });
    context.refresh();
    return done;
}

void publish_right(Change& change, Right const& right, std::string_view kind, std::string_view payload) {
    bool const open = right.disclosure == Disclosure::open;
    change.publish(kind, right.id.text, right.scope, open ? std::string_view{"public"} : edit_permission, payload);
}

} // namespace sangu::rights
