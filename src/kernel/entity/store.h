#pragma once

// Versioned create, read and update of described entities; the typed face over derive.h and db.h.

#include "kernel/db/db.h"
#include "kernel/entity/derive.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sangu::entity {

// Sent, not waited for: a violated constraint may show later, see db::Transaction::send.
void insert(db::Transaction& transaction, EntityMeta const& meta, void const* object);
// False when the stored version is another one: somebody changed it meanwhile. On success the member
// marked version() is incremented in `object` too.
bool update(db::Session& session, EntityMeta const& meta, void* object);
// The same without waiting: that somebody else was faster shows later, as db::Transaction::send_one says ("stale").
// `object` has the next version in any case.
void send_update(db::Transaction& transaction, EntityMeta const& meta, void* object);
// Reads each row of "select <columns> from <table> <tail>" into the object that `next` gives; `tail` starts with
// where/order/limit. Throws db::Fault for a value that does not fit its member.
void read(db::Session& session, EntityMeta const& meta, std::string_view tail, db::Parameters parameters,
          FunctionRef<void*()> next);
// The same into one `object`; `row` is called when it is filled.
void each(db::Session& session, EntityMeta const& meta, void* object, std::string_view tail, db::Parameters parameters,
          FunctionRef<void()> row);
void load_row(EntityMeta const& meta, void* object, db::Row const& row, int first_column = 0);
bool erase(db::Session& session, EntityMeta const& meta, std::string_view id);

template <Described E> void insert(db::Transaction& transaction, E const& one) { insert(transaction, E::meta, &one); }
template <Described E> bool update(db::Session& session, E& one) { return update(session, E::meta, &one); }

template <Described E>
std::vector<E> where(db::Session& session, std::string_view tail, std::initializer_list<Value> parameters = {}) {
    std::vector<E> result;
    read(session, E::meta, tail, db::Parameters{parameters.begin(), parameters.size()},
         [&]() -> void* { return &result.emplace_back(); });
    return result;
}

template <Described E>
std::optional<E> first(db::Session& session, std::string_view tail, std::initializer_list<Value> parameters = {}) {
    auto all = where<E>(session, tail, parameters);
    return all.empty() ? std::optional<E>{} : std::optional<E>{std::move(all.front())};
}

template <Described E> std::optional<E> find(db::Session& session, Id<E> const& id) {
    return first<E>(session, "where id = ?", {id.text});
}

} // namespace sangu::entity
