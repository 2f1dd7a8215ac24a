#pragma once

// An expression of interest and what follows: a thread between the two parties, with messages, files, a state and an
// outcome. Unanswered ones are handed to a named officer when the working days for an answer are over.

#include "kernel/http/message.h"
#include "modules/library/access.h"

#include <span>

namespace sangu::library {

enum class ThreadState : std::uint8_t { waiting, escalated, answered, closed };
constexpr auto choices_of(ThreadState) {
    using enum ThreadState;
    return choices<ThreadState>(
        {{waiting, "waiting"}, {escalated, "escalated"}, {answered, "answered"}, {closed, "closed"}});
}

// What the one who is interested would like to read.
enum class Wish : std::uint8_t { nothing, body, files };
constexpr auto choices_of(Wish) {
    return choices<Wish>({{Wish::nothing, "nothing"}, {Wish::body, "body"}, {Wish::files, "files"}});
}

struct Thread {
    Id<Thread> id;
    Id<Entry> entry_id;
    Id<auth::Account> account_id; // who is interested
    std::string account_name;
    ThreadState state = ThreadState::waiting;
    Wish wish = Wish::nothing;
    Instant opened_at;
    Date answer_due; // the last day for an answer
    std::optional<Date> answered_on;
    std::optional<Date> escalated_on;
    std::optional<Id<auth::Account>> officer_id; // who was told when nobody answered
    std::string officer_name;
    std::optional<Outcome> outcome;
    std::optional<Date> closed_on;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
    static flow::Flow const flow;
};

struct Message {
    std::string id, account_id, account_name, text;
    Instant at;
    std::optional<Date> day; // a day the parties agree upon or propose
};

// Owner of attachments
inline constexpr std::string_view thread_files = "library.thread";

enum class Side : std::uint8_t { none, asking, owning, officer };

// A thread as somebody sees it.
struct ThreadView {
    Thread thread;
    Entry entry;
    Layer granted = Layer::none; // what the one who asks may read by consent or undertaking
    Side side = Side::none;
};
// "error.not_found" for everybody but the parties and, once it was handed to them, the officers of the place.
Result<ThreadView> thread_view(Context& context, std::string_view id);
// Closed threads of an entry by their outcome, the most first.
struct Case {
    std::string outcome;
    std::int64_t count = 0;
    Date last_on;
};
std::vector<Case> track_record(db::Session& session, std::string_view entry_id);
std::vector<Message> messages_of(db::Session& session, std::string_view thread_id);

struct ThreadLists {
    std::vector<ThreadView> asking, owning, handed; // newest first
};
ThreadLists threads_of(Context& context);

// Opens a thread with its first message. Refuses "library.error.own_interest", "library.error.not_listed" and, when
// the actor has an open thread about this entry, "library.error.thread_open".
Result<Thread> express_interest(Context& context, std::string_view number, std::string_view text,
                                std::string_view wish);
struct NewMessage {
    std::string text;
    std::string day; // as typed; may be blank
};
// A message of the owner's side answers the thread.
Result<void> send(Context& context, std::string_view thread_id, NewMessage const& message,
                  std::span<http::Upload const> uploads);
Result<void> close_thread(Context& context, std::string_view thread_id, std::string_view outcome);
// Run by the clock when the days for an answer are over.
Result<void> escalate(Context& context, std::string_view thread_id);

} // namespace sangu::library
