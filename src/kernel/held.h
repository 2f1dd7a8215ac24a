#pragma once

// Reference data in memory: definitions, places, names, which every page reads and hardly anybody changes. Read
// through Context::held<T>(), with T made by T::load(session) from one snapshot.
//
// What is held belongs to one state of the database: to the heads of the audit log and of the feed, which every change
// moves in its own transaction. Each snapshot says which state it shows, so a committed change is seen by the next
// request on every server, and no request mixes held data with rows of another state. Any change makes the next request
// load anew; rows that change with the work of the day (figures, tasks, sessions) are not for here.

#include "kernel/db/db.h"

#include <compare>
#include <map>
#include <memory>
#include <mutex>

namespace sangu {

// Which state of the database a snapshot shows.
struct DataState {
    std::int64_t audited = 0, published = 0; // last numbers of the audit log and of the feed

    friend auto operator<=>(DataState const&, DataState const&) = default;
};
DataState data_state(db::Session& session); // one query

// One per process; thread-safe.
class HeldData {
public:
    using Load = std::shared_ptr<void const> (*)(db::Session& session);
    // What `kind` names in this state: held already, or loaded from `session`, whose snapshot shows `state`.
    std::shared_ptr<void const> get(void const* kind, DataState state, db::Session& session, Load load);

private:
    struct Entry {
        DataState state;
        std::shared_ptr<void const> data;
    };
    std::mutex mutex_;
    std::map<void const*, Entry> entries_; // the newest state of each kind
};

// An address that stands for the type.
template <class T> inline char const held_kind = 0;

} // namespace sangu
