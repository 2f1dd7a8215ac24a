#pragma once

// What a use case is given: who acts, the database, the clock, the language. There is no global state;
// a Context lives as long as one request, job or command. The order inside a use case is always
// permission → input → load → pure rules → one change {data, audit, event} → answer.

#include "base/time.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/actor.h"
#include "kernel/db/db.h"
#include "kernel/entity/store.h"
#include "kernel/events/events.h"
#include "kernel/flow/flow.h"
#include "kernel/held.h"
#include "kernel/i18n/i18n.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::calendar {
class WorkingDays;
}
namespace sangu::config {
struct Settings;
}
namespace sangu::auth {
struct Runtime;
}
namespace sangu::http {
struct Request;
class Server;
} // namespace sangu::http

namespace sangu {

struct MenuItem;
struct Module;
// The menu items of all modules as they are shown: groups in the order of their first item, items by MenuItem::order,
// last those without a group.
std::vector<MenuItem const*> in_menu_order(std::span<Module const> modules);

// What the process owns; built once by app/ (or by tests/support) and outliving every Context.
struct Services {
    db::Database& database;
    Clock const& clock;
    auth::PermissionTable const& permissions;
    config::Settings const& settings;
    std::span<Module const> modules; // in dependency order
    std::vector<MenuItem const*> const menu = in_menu_order(modules);
    // Bumped by every commit of this server and by the feed of others: the key of cached pages. Whoever writes
    // outside Context::change calls note_commit() after a successful write.
    std::atomic<std::uint64_t> data_version{1};
    void note_commit();
    // Blocks until data_version differs from `seen`, `stop` is set or `timeout_ms` have passed; gives the version.
    std::uint64_t wait_for_commit(std::uint64_t seen, std::atomic<bool> const& stop, int timeout_ms) const;
    void wake_waiters() const; // after setting a `stop`
    // The current working-day calendar; replaced after an import.
    std::shared_ptr<calendar::WorkingDays const> working_days() const;
    void set_working_days(std::shared_ptr<calendar::WorkingDays const> days);
    HeldData held_data;             // see Context::held
    http::Server* server = nullptr; // null on the command line and in most tests

    std::shared_ptr<calendar::WorkingDays const> working_days_{};
    std::shared_ptr<auth::Runtime> auth_{}; // see auth::runtime_of
    mutable std::mutex mutex_{};            // of working_days_ and auth_, and of the waiting for commits
    mutable std::condition_variable committed_{};
};

class Context;

// One act being written: the transaction with the audit and event of the same act.
class Change {
public:
    Change(Context const& context, db::Transaction& transaction) : context_{context}, transaction_{transaction} {}

    db::Transaction& transaction() { return transaction_; }
    operator db::Transaction&() {
        return transaction_;
    } // NOLINT(google-explicit-constructor): reads like the transaction

    void audit(audit::Entry const& entry);
    void publish(std::string_view kind, std::string_view object_id, std::string_view scope, std::string_view visibility,
                 std::string_view payload = "{}");

    // Stores a new described entity with its audit record (action "<entity>.created").
    template <entity::Described E> void create(E const& one, std::string_view scope = "zone") {
        create(E::meta, &one, one.id.text, scope);
    }
    // Stores a changed one and audits the differences. When somebody else was faster the whole act is refused with
    // "error.stale", at its end if not here: nobody waits for the answer.
    template <entity::Described E>
    Result<void> save(E const& before, E& after, std::string_view action, std::string_view scope = "zone",
                      std::string_view comment = {}) {
        return save(E::meta, &before, &after, after.id.text, action, scope, comment);
    }

    void create(entity::EntityMeta const& meta, void const* one, std::string_view id, std::string_view scope);
    Result<void> save(entity::EntityMeta const& meta, void const* before, void* after, std::string_view id,
                      std::string_view action, std::string_view scope, std::string_view comment);

private:
    Context const& context_;
    db::Transaction& transaction_;
};

class Context {
public:
    Context(Services& owner, auth::Actor who, i18n::Language spoken)
        : services{owner}, actor{std::move(who)}, language{spoken}, now_{owner.clock.now()} {}

    Services& services;
    auth::Actor actor;
    i18n::Language language;
    std::string remote;           // for audit
    std::string request_id;       // for audit and logs
    std::string idempotency_key;  // of the request or the form; empty: none
    std::string idempotency_hash; // of what the request asks for
    std::string csrf_token;       // for forms; empty when not on a page
    std::string path;             // of the request, for the menu and the sign-in return address

    Instant now() const { return now_; } // one moment for the whole request
    Date today() const;                  // in the zone's time zone

    // One snapshot for all reads of the request, taken at first use.
    db::Session& reader() const;
    // Gives the snapshot back: before a write whose result must be read again.
    void refresh() {
        reader_.reset();
        current_ = held_.size();
    }
    // Reference data as this request's snapshot shows it, usually from memory (held.h); lives as long as this Context.
    template <class T> T const& held() const {
        return *static_cast<T const*>(held(&held_kind<T>, [](db::Session& session) -> std::shared_ptr<void const> {
            return std::make_shared<T const>(T::load(session));
        }));
    }

    bool may(std::string_view permission, std::string_view scope = "zone") const;
    Result<void> require(std::string_view permission, std::string_view scope = "zone") const;

    // One transaction for the whole act. With an idempotency key the act takes effect at most once (it may run again
    // and be undone: nobody waits to hear whether the key is new): a repeated key is refused with "error.already_done"
    // (the HTTP layer answers with the first outcome).
    template <class T> Result<T> change(FunctionRef<Result<T>(Change&)> act) {
        auto result = db::transact<T>(services.database, [&](db::Transaction& transaction) -> Result<T> {
            Change change{*this, transaction};
            claim_idempotency_key(transaction);
            auto outcome = act(change);
            // That the key was used, or that somebody was faster, comes before what the act has refused because of it.
            if (!outcome) transaction.settle();
            return outcome;
        });
        if (result) services.note_commit();
        return result;
    }

    std::string_view t(std::string_view key) const { return i18n::message(language, key); }
    std::string t(std::string_view key, std::initializer_list<std::string> arguments) const {
        return i18n::message(language, key, std::span<std::string const>{arguments.begin(), arguments.size()});
    }

private:
    struct Held {
        void const* kind;
        std::shared_ptr<void const> data;
    };
    void const* held(void const* kind, HeldData::Load load) const;
    void claim_idempotency_key(db::Transaction& transaction) const;
    Instant now_;
    mutable std::optional<db::ReaderLease> reader_;
    mutable std::vector<Held> held_; // all that was handed out
    std::size_t current_ = 0;        // from here on it is of the snapshot that is read now,
    mutable DataState state_;        // which shows this state
};

} // namespace sangu
