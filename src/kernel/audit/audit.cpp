#include "kernel/audit/audit.h"

#include "kernel/audit/retention.h"
#include "kernel/db/journal.h"
#include "kernel/hash/sha256.h"
#include "kernel/json/json.h"

#include <array>

namespace sangu::audit {

namespace {

struct Head {
    std::int64_t sequence = 0;
    std::string hash;
};

Head head_of(db::Session& session) {
    Head head;
    session.query("select sequence, hash from kernel_audit_head where id = 1", {},
                  [&](db::Row const& row) { head = {row.integer(0), std::string{row.text(1)}}; });
    return head;
}

std::string details_of(Entry const& entry) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object();
    if (!entry.changes.empty()) {
        writer.key("changes").begin_array();
        for (entity::FieldChange const& change : entry.changes)
            writer.begin_object()
                .member("field", change.field)
                .member("before", change.before)
                .member("after", change.after)
                .end_object();
        writer.end_array();
    }
    if (!entry.comment.empty()) writer.member("comment", entry.comment);
    writer.end_object();
    return out;
}

// `fields`: everything between the number and the hash, in the order of the columns.
std::string hash_of(std::string_view previous, std::int64_t sequence, std::span<std::string_view const> fields) {
    hash::Sha256 hash;
    hash.add_field(previous).add_field(std::to_string(sequence));
    for (std::string_view const field : fields) hash.add_field(field);
    return hash.finish();
}

std::string hash_of(Record const& record, std::string_view previous) {
    std::string const at = to_text(record.at);
    std::array<std::string_view, 10> const fields{
        at,           record.actor_id, record.actor_name, record.action, record.object_kind, record.object_id,
        record.scope, record.remote,   record.request_id, record.details};
    return hash_of(previous, record.sequence, fields);
}

constexpr std::array<std::string_view, 12> columns{"sequence", "at",          "actor_id",  "actor_name",
                                                   "action",   "object_kind", "object_id", "scope",
                                                   "remote",   "request_id",  "details",   "hash"};
constexpr std::array<std::string_view, 2> links{"sequence", "hash"};

void link(std::vector<Value>& row, std::vector<Value>& head) {
    std::int64_t const sequence = std::get<std::int64_t>(head[0]) + 1;
    std::array<std::string_view, 10> fields;
    for (std::size_t i = 0; i < fields.size(); ++i) fields[i] = std::get<std::string>(row[i + 1]);
    row.front() = sequence;
    row.back() = hash_of(std::get<std::string>(head[1]), sequence, fields);
    head = {row.front(), row.back()};
}

constexpr db::Journal journal{"kernel_audit", columns, "kernel_audit_head", links, link};

Record record_from(db::Row const& row) {
    Record record;
    record.sequence = row.integer(0);
    record.at = parse_instant(row.text(1)).value_or(Instant{});
    std::string* const texts[] = {&record.actor_id,  &record.actor_name, &record.action, &record.object_kind,
                                  &record.object_id, &record.scope,      &record.remote, &record.request_id,
                                  &record.details,   &record.hash};
    int column = 2;
    for (std::string* text : texts) *text = row.text(column++);
    return record;
}

// What of the chain has been walked so far.
struct Walk {
    explicit Walk(Anchor at) : anchor{std::move(at)}, last{anchor.sequence}, names_anchor{anchor.sequence == 0} {
        verdict.pruned = anchor.sequence;
        verdict.last_hash = anchor.hash;
    }

    Anchor anchor;
    Verdict verdict;
    std::int64_t last;
    bool names_anchor; // a record says that the chain was cut here

    void step(Record const& record) {
        if (!verdict.whole) return;
        bool const in_order = record.sequence == last + 1;
        if (!in_order || hash_of(record, verdict.last_hash) != record.hash) {
            verdict.whole = false;
            verdict.first_bad = in_order ? record.sequence : last + 1;
            verdict.reason = in_order ? "audit.verify.changed" : "audit.verify.missing";
            return;
        }
        last = record.sequence;
        verdict.last_hash = record.hash;
        ++verdict.records;
        names_anchor =
            names_anchor || (record.action == pruned_action && record.object_id == std::to_string(anchor.sequence) &&
                             record.details == details_of({.comment = anchor.hash}));
    }

    void finish(Head const& head) {
        if (!verdict.whole) return;
        bool const same_end = head.sequence == last && head.hash == verdict.last_hash;
        if (same_end && names_anchor) return;
        verdict.whole = false;
        verdict.first_bad = same_end ? anchor.sequence : last + 1;
        verdict.reason = same_end ? "audit.verify.anchor" : "audit.verify.end_differs";
    }
};

} // namespace

void append(db::Transaction& transaction, auth::Actor const& actor, Instant now, std::string_view remote,
            std::string_view request_id, Entry const& entry) {
    transaction.append(journal,
                       {std::monostate{}, to_text(now), actor.account_id, actor.name, std::string{entry.action},
                        std::string{entry.object_kind}, std::string{entry.object_id}, std::string{entry.scope},
                        std::string{remote}, std::string{request_id}, details_of(entry), std::monostate{}});
}

Verdict verify(db::Session& session) {
    constexpr int page = 5000; // bounds the memory of drivers that fetch a whole result
    Walk walk{anchor_of(session)};
    Head const head = head_of(session);
    bool more = true;
    for (std::int64_t after = -1; more && walk.verdict.whole;) {
        more = false;
        session.query("select sequence, at, actor_id, actor_name, action, object_kind, object_id, scope, remote, "
                      "request_id, details, hash "
                      "from kernel_audit where sequence > ? order by sequence limit ?",
                      {after, std::int64_t{page}}, [&](db::Row const& row) {
                          more = true;
                          after = row.integer(0);
                          walk.step(record_from(row));
                      });
    }
    walk.finish(head);
    return walk.verdict;
}

std::vector<Record> history(db::Session& session, std::string_view object_kind, std::string_view object_id, int limit,
                            std::int64_t before) {
    std::vector<Record> records;
    session.query(
        "select sequence, at, actor_id, actor_name, action, object_kind, object_id, scope, remote, request_id, "
        "details, hash "
        "from kernel_audit where object_kind = ? and object_id = ? and sequence < ? order by sequence desc limit ?",
        {std::string{object_kind}, std::string{object_id}, before > 0 ? before : INT64_MAX, std::int64_t{limit}},
        [&](db::Row const& row) { records.push_back(record_from(row)); });
    return records;
}

} // namespace sangu::audit
