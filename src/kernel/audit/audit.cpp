#include "kernel/audit/audit.h"

#include "kernel/audit/retention.h"
#include "kernel/hash/sha256.h"
#include "kernel/json/json.h"

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

std::string hash_of(Record const& record, std::string_view previous) {
    return hash::Sha256{}
        .add_field(previous)
        .add_field(std::to_string(record.sequence))
        .add_field(to_text(record.at))
        .add_field(record.actor_id)
        .add_field(record.actor_name)
        .add_field(record.action)
        .add_field(record.object_kind)
        .add_field(record.object_id)
        .add_field(record.scope)
        .add_field(record.remote)
        .add_field(record.request_id)
        .add_field(record.details)
        .finish();
}

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

std::int64_t append(db::Transaction& transaction, auth::Actor const& actor, Instant now, std::string_view remote,
                    std::string_view request_id, Entry const& entry) {
    Head const head = head_of(transaction);
    Record record{.sequence = head.sequence + 1,
                  .at = now,
                  .actor_id = actor.account_id,
                  .actor_name = actor.name,
                  .action = std::string{entry.action},
                  .object_kind = std::string{entry.object_kind},
                  .object_id = std::string{entry.object_id},
                  .scope = std::string{entry.scope},
                  .remote = std::string{remote},
                  .request_id = std::string{request_id},
                  .details = details_of(entry)};
    record.hash = hash_of(record, head.hash);
    transaction.execute(
        "insert into kernel_audit (sequence, at, actor_id, actor_name, action, object_kind, object_id, scope, remote, "
        "request_id, details, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {record.sequence, to_text(record.at), record.actor_id, record.actor_name, record.action, record.object_kind,
         record.object_id, record.scope, record.remote, record.request_id, record.details, record.hash});
    transaction.execute("update kernel_audit_head set sequence = ?, hash = ? where id = 1",
                        {record.sequence, record.hash});
    return record.sequence;
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
