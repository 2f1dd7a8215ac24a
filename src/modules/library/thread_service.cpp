#include "base/text.h"
#include "base/time_zone.h"
#include "kernel/auth/holders.h"
#include "kernel/calendar/calendar.h"
#include "kernel/files/files.h"
#include "kernel/jobs/jobs.h"
#include "modules/library/service.h"
#include "modules/library/threads.h"

#include <algorithm>
#include <array>

namespace sangu::library {

namespace {

constexpr std::size_t text_max = 4000;

Problems check_text(std::string_view text) {
    if (trim(text).empty()) return {{"text", "error.required", {}}};
    if (count_characters(text) > text_max) return {{"text", "error.too_long", {std::to_string(text_max)}}};
    return {};
}

auth::Actor acting_on(Context const& context, ThreadView const& view) {
    auth::Actor actor = context.actor;
    if (view.side == Side::owning) actor.roles.push_back({"entry_owner", {view.entry.scope}});
    if (view.side == Side::asking) actor.roles.push_back({"entry_seeker", {view.entry.scope}});
    return actor;
}

void insert_message(Context const& context, Change& change, std::string_view thread_id, std::string_view text,
                    std::optional<Date> day) {
    change.transaction().execute("insert into library_message (id, thread_id, account_id, account_name, text, at, day) "
                                 "values (?, ?, ?, ?, ?, ?, "
                                 "?)",
                                 {new_id(), std::string{thread_id}, context.actor.account_id, context.actor.name,
                                  std::string{trim(text)}, to_text(context.now()),
                                  day ? Value{to_text(*day)} : Value{}});
}

// Who is told: whom the thread concerns finds the rest under its address.
void publish(Context const& context, Change& change, std::string_view word, Thread const& thread, Entry const& entry,
             std::optional<Date> day = {}) {
    std::string payload;
    json::Writer{payload}
        .begin_object()
        .member("path", "/threads/" + thread.id.text)
        .member("by_owner", context.actor.account_id != thread.account_id.text)
        .member("entry", entry.id.text)
        .member("asking", thread.account_id.text)
        .member("day", day ? to_text(*day) : std::string{})
        .member("outcome", !thread.outcome              ? ""
                           : is_result(*thread.outcome) ? "result"
                                                        : "none")
        .end_object();
    change.publish("library.thread." + std::string{word}, thread.id.text, entry.scope, review_permission, payload);
}

Date answer_due(Context const& context, Terms const& terms) {
    auto const days = context.services.working_days();
    if (!days) return context.today() + static_cast<int>(terms.answer_workdays);
    return days->add(context.today(), static_cast<int>(terms.answer_workdays));
}

Result<std::optional<Date>> typed_day(std::string_view text) {
    if (trim(text).empty()) return std::optional<Date>{};
    auto const parsed = entity::from_plain_text(*Thread::meta.find("closed_on"), text);
    auto const* date = std::get_if<std::string>(&parsed.value);
    if (!date) return refuse(Problems{{"day", "error.not_a_date", {}}});
    return parse_date(*date);
}

// The officer nearest to the place: of the park, else of the city, else of the zone; empty when there is none.
std::string officer_for(db::Session& session, std::string_view scope, Date day) {
    std::string const all{scope};
    std::size_t const city_end = all.find('/', all.find('/') + 1);
    std::array<std::pair<std::string_view, std::string>, 3> const nearest{
        {{"park_officer", all}, {"city_officer", all.substr(0, city_end)}, {"zone_officer", "zone"}}};
    for (auto const& [role, place] : nearest)
        if (auto holders = auth::holders_of_role(session, role, place, day); !holders.empty())
            return *std::ranges::min_element(holders);
    return {};
}

} // namespace

Result<Thread> express_interest(Context& context, std::string_view number, std::string_view text,
                                std::string_view wish) {
    View const view = TRY(view_of(context, number));
    TRY_VOID(context.require(member_permission));
    Entry const& entry = view.entry();
    if (view.viewer.owner) return refuse(Refusal::conflict, "library.error.own_interest");
    if (!is_public(entry.state)) return refuse(Refusal::conflict, "library.error.not_listed");
    if (auto problems = check_text(text); !problems.empty()) return refuse(std::move(problems));
    Terms const terms = terms_in_force(context.reader(), context.today());
    Thread const thread{.id = new_id_of<Thread>(),
                        .entry_id = entry.id,
                        .account_id = Id<auth::Account>{context.actor.account_id},
                        .account_name = context.actor.name,
                        .wish = wish == "files"  ? Wish::files
                                : wish == "body" ? Wish::body
                                                 : Wish::nothing,
                        .opened_at = context.now(),
                        .answer_due = answer_due(context, terms)};
    auto done = context.change<Thread>([&](Change& change) -> Result<Thread> {
        db::Transaction& transaction = change.transaction();
        if (transaction.exists(
                "select 1 from library_thread where entry_id = ? and account_id = ? and state <> 'closed'",
                {entry.id.text, context.actor.account_id}))
            return refuse(Refusal::conflict, "library.error.thread_open");
        change.create(thread, entry.scope);
        insert_message(context, change, thread.id.text, text, {});
        transaction.execute("update library_entry set interests = interests + 1 where id = ?", {entry.id.text});
        jobs::schedule(transaction, "library.thread.due", thread.id.text, start_of(thread.answer_due + 1));
        publish(context, change, "opened", thread, entry);
        return thread;
    });
    context.refresh();
    return done;
}

Result<void> send(Context& context, std::string_view thread_id, NewMessage const& message,
                  std::span<http::Upload const> uploads) {
    ThreadView const view = TRY(thread_view(context, thread_id));
    if (view.thread.state == ThreadState::closed) return refuse(Refusal::conflict, "library.error.thread_closed");
    if (auto problems = check_text(message.text); !problems.empty()) return refuse(std::move(problems));
    auto const day = TRY(typed_day(message.day));
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        Thread after = view.thread;
        if (view.side == Side::owning && after.state != ThreadState::answered) {
            TRY(flow::take(after, "answer", acting_on(context, view), view.entry.scope, context.now()));
            if (!after.answered_on) after.answered_on = context.today();
            jobs::cancel(change.transaction(), "library.thread.due", after.id.text);
        }
        TRY_VOID(change.save(view.thread, after, "library.thread.message", view.entry.scope));
        insert_message(context, change, thread_id, message.text, day);
        for (http::Upload const& upload : uploads)
            if (!upload.file_name.empty())
                TRY_VOID(files::attach(change.transaction(), context.actor, context.now(), upload, thread_files,
                                       thread_id, write_permission, view.entry.scope));
        publish(context, change, "message", after, view.entry, day);
        return {};
    });
    context.refresh();
    return done;
}

Result<void> close_thread(Context& context, std::string_view thread_id, std::string_view outcome) {
    ThreadView const view = TRY(thread_view(context, thread_id));
    auto const chosen = outcome_named(outcome);
    if (!chosen) return refuse(Problems{{"outcome", "error.required", {}}});
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        Thread after = view.thread;
        after.outcome = chosen;
        after.closed_on = context.today();
        TRY(flow::take(after, "close", acting_on(context, view), view.entry.scope, context.now()));
        jobs::cancel(change.transaction(), "library.thread.due", after.id.text);
        TRY_VOID(change.save(view.thread, after, "library.thread.close", view.entry.scope));
        publish(context, change, "closed", after, view.entry);
        return {};
    });
    context.refresh();
    return done;
}

Result<void> escalate(Context& context, std::string_view thread_id) {
    auto const thread = entity::find(context.reader(), Id<Thread>{std::string{thread_id}});
    if (!thread || thread->state != ThreadState::waiting) return {};
    auto const entry = entry_with_id(context.reader(), thread->entry_id.text);
    if (!entry) return {};
    std::string const officer = officer_for(context.reader(), entry->scope, context.today());
    auto const account = auth::find_account(context.reader(), officer);
    return context.change<void>([&](Change& change) -> Result<void> {
        Thread after = *thread;
        TRY(flow::take(after, "escalate", context.actor, entry->scope, context.now()));
        after.escalated_on = context.today();
        if (account) {
            after.officer_id = account->id;
            after.officer_name = account->name;
        }
        TRY_VOID(change.save(*thread, after, "library.thread.escalate", entry->scope));
        publish(context, change, "escalated", after, *entry);
        return {};
    });
}

} // namespace sangu::library
