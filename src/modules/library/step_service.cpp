// Steps of an entry's flow, one by one and in bulk, and what they bring with them.

#include "base/text.h"
#include "modules/library/step.h"

#include <algorithm>

namespace sangu::library {

namespace {

bool is_verdict(std::string_view action) { return action == "publish" || action == "return" || action == "take_down"; }

void set_dates(Entry& entry, std::string_view action, Instant now, Date today, Terms const& terms) {
    if (action == "submit") entry.submitted_at = now;
    if (action == "publish" && !entry.published_on) entry.published_on = today;
    if (action == "publish" || action == "confirm") confirm(entry, today, terms);
    if (action == "end") entry.ended_on = today;
    if (entry.state != EntryState::published) entry.check_on.reset();
}

void publish_step(Change& change, Kind const& kind, Entry const& entry, std::string_view action) {
    bool const appears = entry.state == EntryState::published && action != "confirm";
    std::string const word{action == "confirm" ? "confirmed" : name_of(entry.state)};
    change.publish("library.entry." + word, entry.id.text, entry.scope,
                   appears ? std::string_view{"public"} : review_permission, payload_of(kind, entry));
}

} // namespace

Result<Entry> take_step(Context const& context, Change& change, Entry const& before, bool owner,
                        std::string_view action, StepInput const& input, Terms const& terms) {
    Kind const* kind = kind_named(context.services, before.kind);
    if (!kind) return refuse(Refusal::not_found, "error.not_found");
    Entry after = before;
    if (action == "end") {
        after.outcome = outcome_named(input.outcome);
        if (!after.outcome) return refuse(Problems{{"outcome", "error.required", {}}});
    }
    if (is_verdict(action)) {
        TRY_VOID(context.require(review_permission, before.scope));
        if (owner) return refuse(Refusal::forbidden, "library.error.own_entry");
        after.returned_because = action == "publish" ? "" : std::string{trim(input.comment)};
    }
    auto const taken =
        TRY(flow::take(after, action, acting(context, before, owner), before.scope, context.now(), input.comment));
    set_dates(after, action, context.now(), context.today(), terms);
    if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
    TRY_VOID(change.save(before, after, "library.entry." + taken.action, after.scope, taken.comment));
    publish_step(change, *kind, after, action);
    return after;
}

Result<Entry> step(Context& context, std::string_view number, std::string_view action, StepInput const& input) {
    View const view = TRY(view_of(context, number));
    Terms const terms = terms_in_force(context.reader(), context.today());
    auto done = context.change<Entry>([&](Change& change) {
        return take_step(context, change, view.entry(), view.viewer.owner, action, input, terms);
    });
    context.refresh();
    return done;
}

Result<std::int64_t> confirm_all(Context& context) {
    Me const me = me_of(context);
    Terms const terms = terms_in_force(context.reader(), context.today());
    auto mine = entries_of(context.reader(), me, 500);
    std::erase_if(
        mine, [](Entry const& one) { return one.state != EntryState::published || one.freshness == Freshness::fresh; });
    auto done = context.change<std::int64_t>([&](Change& change) -> Result<std::int64_t> {
        for (Entry const& one : mine) TRY(take_step(context, change, one, true, "confirm", {}, terms));
        return static_cast<std::int64_t>(mine.size());
    });
    context.refresh();
    return done;
}

std::vector<flow::Offer> offers_for(Context const& context, View const& view) {
    std::vector<flow::Offer> result;
    if (!context.actor.signed_in()) return result;
    Entry const& entry = view.entry();
    for (flow::Offer& offer : flow::offers(entry, acting(context, entry, view.viewer.owner), entry.scope)) {
        bool const verdict = is_verdict(offer.action);
        if (verdict && !context.may(review_permission, entry.scope)) continue;
        if (verdict && view.viewer.owner) offer.refused_because.emplace_back("library.error.own_entry");
        if (offer.action == "end") std::erase(offer.refused_because, "library.entry.guard.outcome_given");
        result.push_back(std::move(offer));
    }
    return result;
}

Result<std::string> review(Context& context, std::span<std::string const> numbers, std::string_view action,
                           std::string comment) {
    if (action != "publish" && action != "return") return refuse(Refusal::conflict, "error.no_such_step");
    if (numbers.empty() || numbers.size() > bulk_max) return refuse(Refusal::invalid, "library.error.choose_some");
    Me const me = me_of(context);
    Terms const terms = terms_in_force(context.reader(), context.today());
    auto const entries = waiting_with_numbers(context.reader(), numbers);
    if (entries.size() != numbers.size()) return refuse(Refusal::conflict, "library.error.decided_meanwhile");
    std::string const bulk = new_id();
    auto done = context.change<std::string>([&](Change& change) -> Result<std::string> {
        change.transaction().execute("insert into library_bulk (id, account_id, at, undone) values (?, ?, ?, false)",
                                     {bulk, context.actor.account_id, to_text(context.now())});
        for (Entry const& before : entries) {
            Entry const after = TRY(take_step(context, change, before, owns(me, before), action,
                                              {.comment = comment, .outcome = {}}, terms));
            change.transaction().execute(
                "insert into library_bulk_row (bulk_id, entry_id, version_after) values (?, ?, ?)",
                {bulk, after.id.text, after.version});
        }
        return bulk;
    });
    context.refresh();
    return done;
}

Result<std::int64_t> undo_review(Context& context, std::string_view bulk_id) {
    auto& session = context.reader();
    auto const at = session.text("select at from library_bulk where id = ? and account_id = ? and undone = false",
                                 {std::string{bulk_id}, context.actor.account_id});
    if (!at) return refuse(Refusal::not_found, "error.not_found");
    if (parse_instant(*at).value_or(Instant{}).ms + undo_ms < context.now().ms)
        return refuse(Refusal::conflict, "library.error.undo_too_late");
    std::vector<std::string> ids;
    std::map<std::string, std::int64_t, std::less<>> versions;
    session.query("select entry_id, version_after from library_bulk_row where bulk_id = ? limit 200",
                  {std::string{bulk_id}}, [&](db::Row const& row) {
                      ids.emplace_back(row.text(0));
                      versions.emplace(row.text(0), row.integer(1));
                  });
    auto const entries = entries_with_ids(session, ids);
    auto done = context.change<std::int64_t>([&](Change& change) -> Result<std::int64_t> {
        std::int64_t count = 0;
        for (Entry const& before : entries) {
            if (before.version != versions.find(before.id.text)->second) continue;
            TRY_VOID(context.require(review_permission, before.scope));
            Entry after = before;
            after.state = EntryState::submitted;
            after.check_on.reset();
            after.returned_because.clear();
            TRY_VOID(change.save(before, after, "library.entry.undone", after.scope));
            Kind const* kind = kind_named(context.services, after.kind);
            change.publish("library.entry.undone", after.id.text, after.scope, review_permission,
                           kind ? payload_of(*kind, after) : "{}");
            ++count;
        }
        change.transaction().execute("update library_bulk set undone = true where id = ?", {std::string{bulk_id}});
        return count;
    });
    context.refresh();
    return done;
}

} // namespace sangu::library
