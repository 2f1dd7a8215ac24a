#include "kernel/context.h"

#include "base/time_zone.h"
#include "kernel/calendar/calendar.h"

#include <algorithm>

namespace sangu {

std::shared_ptr<calendar::WorkingDays const> Services::working_days() const {
    std::lock_guard const lock{mutex_};
    return working_days_;
}

void Services::set_working_days(std::shared_ptr<calendar::WorkingDays const> days) {
    std::lock_guard const lock{mutex_};
    working_days_ = std::move(days);
}

void Services::note_commit() {
    {
        std::lock_guard const lock{mutex_};
        ++data_version;
    }
    committed_.notify_all();
}

std::uint64_t Services::wait_for_commit(std::uint64_t seen, std::atomic<bool> const& stop, int timeout_ms) const {
    std::unique_lock lock{mutex_};
    committed_.wait_for(lock, std::chrono::milliseconds{timeout_ms}, [&] { return stop || data_version != seen; });
    return data_version;
}

void Services::wake_waiters() const {
    {
        std::lock_guard const lock{mutex_};
    } // a waiter is either before its check of `stop` or already asleep
    committed_.notify_all();
}

void Change::audit(audit::Entry const& entry) {
    audit::append(transaction_, context_.actor, context_.now(), context_.remote, context_.request_id, entry);
}

void Change::publish(std::string_view kind, std::string_view object_id, std::string_view scope,
                     std::string_view visibility, std::string_view payload) {
    events::publish(transaction_, context_.now(), kind, object_id, scope, visibility, payload,
                    context_.actor.account_id);
}

void Change::create(entity::EntityMeta const& meta, void const* one, std::string_view id, std::string_view scope) {
    entity::insert(transaction_, meta, one);
    std::string const action = std::string{meta.name} + ".created";
    audit({.action = action, .object_kind = meta.name, .object_id = id, .scope = scope});
}

Result<void> Change::save(entity::EntityMeta const& meta, void const* before, void* after, std::string_view id,
                          std::string_view action, std::string_view scope, std::string_view comment) {
    entity::send_update(transaction_, meta, after);
    audit({.action = action,
           .object_kind = meta.name,
           .object_id = id,
           .scope = scope,
           .comment = comment,
           .changes = entity::differences(meta, before, after)});
    return {};
}

Date Context::today() const { return local_date(now_); }

db::Session& Context::reader() const {
    if (!reader_) reader_.emplace(services.database.read());
    return **reader_;
}

void const* Context::held(void const* kind, HeldData::Load load) const {
    auto const first = held_.begin() + static_cast<std::ptrdiff_t>(current_);
    auto const found = std::ranges::find(first, held_.end(), kind, &Held::kind);
    if (found != held_.end()) return found->data.get();
    if (first == held_.end()) state_ = data_state(reader());
    held_.push_back({kind, services.held_data.get(kind, state_, reader(), load)});
    return held_.back().data.get();
}

bool Context::may(std::string_view permission, std::string_view scope) const {
    return services.permissions.allows(actor, permission, scope);
}

Result<void> Context::require(std::string_view permission, std::string_view scope) const {
    if (may(permission, scope)) return {};
    if (actor.kind == auth::ActorKind::anonymous) return refuse(Refusal::unauthenticated, "error.unauthenticated");
    return refuse(Refusal::forbidden, "error.forbidden");
}

void Context::claim_idempotency_key(db::Transaction& transaction) const {
    if (idempotency_key.empty()) return;
    transaction.send_one("insert into kernel_idempotency (actor, key, request_hash, created_at) values (?, ?, ?, ?) "
                         "on conflict (actor, key) do nothing",
                         {actor.account_id, idempotency_key, idempotency_hash, to_text(now_)}, db::already_done);
}

} // namespace sangu
