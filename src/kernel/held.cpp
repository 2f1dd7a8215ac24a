#include "kernel/held.h"

namespace sangu {

DataState data_state(db::Session& session) {
    DataState state;
    session.query(
        "select a.sequence, e.sequence from kernel_audit_head a, kernel_event_head e where a.id = 1 and e.id = 1", {},
        [&](db::Row const& row) { state = {row.integer(0), row.integer(1)}; });
    return state;
}

std::shared_ptr<void const> HeldData::get(void const* kind, DataState state, db::Session& session, Load load) {
    {
        std::lock_guard const lock{mutex_};
        auto const found = entries_.find(kind);
        if (found != entries_.end() && found->second.state == state) return found->second.data;
    }
    auto data = load(session); // without the lock: others may load the same, none waits for a query
    std::lock_guard const lock{mutex_};
    auto& entry = entries_[kind];
    if (!entry.data || entry.state < state) entry = {state, data};
    return data;
}

} // namespace sangu
