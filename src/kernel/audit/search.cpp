#include "kernel/audit/search.h"

#include <algorithm>

namespace sangu::audit {

namespace {

// Sequence and time run alike, so a span of time is a span of the primary key.
std::int64_t first_at(db::Session& session, Instant moment, std::int64_t otherwise) {
    return session
        .integer("select sequence from kernel_audit where at >= ? order by at, sequence limit 1", {to_text(moment)})
        .value_or(otherwise);
}

Record record_of(db::Row const& row) {
    auto const text = [&](int column) { return std::string{row.text(column)}; };
    return {.sequence = row.integer(0),
            .at = parse_instant(row.text(1)).value_or(Instant{}),
            .actor_id = text(2),
            .actor_name = text(3),
            .action = text(4),
            .object_kind = text(5),
            .object_id = text(6),
            .scope = text(7),
            .remote = text(8),
            .request_id = text(9),
            .details = text(10),
            .hash = text(11)};
}

} // namespace

std::vector<Record> search(db::Session& session, Filter const& filter, int limit) {
    std::int64_t const none = INT64_MAX;
    std::int64_t first = filter.from ? first_at(session, *filter.from, none) : 1;
    std::int64_t last = filter.until ? first_at(session, *filter.until, none) : none;
    if (filter.before > 0) last = std::min(last, filter.before);
    std::string sql = "select sequence, at, actor_id, actor_name, action, object_kind, object_id, scope, remote, "
                      "request_id, details, hash"
                      " from kernel_audit where sequence >= ? and sequence < ?";
    std::vector<Value> parameters{first, last};
    auto const narrow = [&](std::string_view column, std::string const& wanted) {
        if (wanted.empty()) return;
        sql.append(" and ").append(column).append(" = ?");
        parameters.emplace_back(wanted);
    };
    narrow("actor_id", filter.actor_id);
    narrow("action", filter.action);
    narrow("object_kind", filter.object_kind);
    narrow("object_id", filter.object_id);
    parameters.emplace_back(static_cast<std::int64_t>(limit));
    std::vector<Record> found;
    session.query(sql + " order by sequence desc limit ?", db::Parameters{parameters},
                  [&](db::Row const& row) { found.push_back(record_of(row)); });
    return found;
}

std::vector<std::string> actions(db::Session& session) {
    // Jumps from one action to the next in the index instead of reading every record.
    std::vector<std::string> found;
    session.query(
        "with recursive jump(action) as (select min(action) from kernel_audit union all select (select min(a.action)"
        " from kernel_audit a where a.action > jump.action) from jump where jump.action is not null)"
        " select action from jump where action is not null limit 300",
        {}, [&](db::Row const& row) { found.emplace_back(row.text(0)); });
    return found;
}

} // namespace sangu::audit
