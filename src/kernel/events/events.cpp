#include "kernel/events/events.h"

#include "kernel/json/json.h"

namespace sangu::events {

std::int64_t publish(db::Transaction& transaction, Instant now, std::string_view kind, std::string_view object_id,
                     std::string_view scope, std::string_view visibility, std::string_view payload,
                     std::string_view actor) {
    std::int64_t sequence = 0;
    transaction.query("update kernel_event_head set sequence = sequence + 1 where id = 1 returning sequence", {},
                      [&](db::Row const& row) { sequence = row.integer(0); });
    transaction.execute("insert into kernel_event (sequence, at, kind, object_id, scope, visibility, payload, "
                        "actor) values (?, ?, ?, ?, ?, ?, ?, ?)",
                        {sequence, to_text(now), std::string{kind}, std::string{object_id}, std::string{scope},
                         std::string{visibility}, std::string{payload}, std::string{actor}});
    return sequence;
}

namespace {

std::vector<Event> read(db::Session& session, std::string_view sql, std::initializer_list<Value> parameters) {
    std::vector<Event> events;
    session.query(sql, parameters, [&](db::Row const& row) {
        events.push_back({.sequence = row.integer(0),
                          .at = parse_instant(row.text(1)).value_or(Instant{}),
                          .kind = std::string{row.text(2)},
                          .object_id = std::string{row.text(3)},
                          .scope = std::string{row.text(4)},
                          .visibility = std::string{row.text(5)},
                          .payload = std::string{row.text(6)},
                          .actor = std::string{row.text(7)}});
    });
    return events;
}

#define SANGU_EVENT_SQL                                                                                                \
    "select sequence, at, kind, object_id, scope, visibility, payload, actor from kernel_event where "

} // namespace

std::vector<Event> after(db::Session& session, std::int64_t sequence, int limit) {
    return read(session, SANGU_EVENT_SQL "sequence > ? order by sequence limit ?", {sequence, std::int64_t{limit}});
}

std::vector<Event> public_before(db::Session& session, std::int64_t before, int limit) {
    return read(session, SANGU_EVENT_SQL "visibility = 'public' and sequence < ? order by sequence desc limit ?",
                {before, std::int64_t{limit}});
}

#undef SANGU_EVENT_SQL

std::int64_t last_sequence(db::Session& session) {
    return session.integer("select sequence from kernel_event_head where id = 1").value_or(0);
}

std::string to_json(Event const& event) {
    std::string out;
    json::Writer{out}
        .begin_object()
        .member("sequence", event.sequence)
        .member("at", to_text(event.at))
        .member("kind", event.kind)
        .member("object_id", event.object_id)
        .member("scope", event.scope)
        .key("payload")
        .raw(event.payload)
        .end_object();
    return out;
}

std::string to_frame(Event const& event) {
    return "id: " + std::to_string(event.sequence) + "\nevent: " + event.kind + "\ndata: " + to_json(event) + "\n\n";
}

std::string topic_of(Event const& event) { return event.kind.substr(0, event.kind.find('.')); }

} // namespace sangu::events
