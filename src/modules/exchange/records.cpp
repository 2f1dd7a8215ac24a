#include "kernel/jobs/jobs.h"
#include "kernel/module.h"
#include "modules/exchange/published.h"

#include <map>
#include <unordered_map>

namespace sangu::exchange {

namespace {

constexpr int batch = 1000;
constexpr std::int64_t settle_ms = 20'000; // changes within this time are reconciled together

struct Known {
    std::string mark;
    bool deleted = false;
};

// The rows of a source with ids in (after, last]; `last` empty: to the end, at most `limit`.
std::map<std::string, Known> known(db::Session& session, std::string_view source, std::string const& after,
                                   std::string const& last) {
    std::map<std::string, Known> rows;
    session.query(
        "select object_id, mark, deleted from exchange_record where source = ? and object_id > ? and object_id "
        "<= ? order by object_id",
        {std::string{source}, after, last},
        [&](db::Row const& row) { rows[std::string{row.text(0)}] = {std::string{row.text(1)}, row.boolean(2)}; });
    return rows;
}

std::string as_instant(std::string const& second) { return to_text(*parse_instant(second)); }

struct Write {
    std::string id, mark;
    bool deleted = false;
};

void store(Services& services, std::string_view source, std::vector<Write> const& writes) {
    if (writes.empty()) return;
    services.database.write([&](db::Transaction& transaction) {
        // The second in which readers first see it, so that a harvester that asks from its last visit on misses
        // nothing.
        std::string const second = as_instant(to_second(services.clock.now()));
        for (Write const& one : writes)
            transaction.execute(
                "insert into exchange_record (source, object_id, mark, datestamp, deleted) values (?, ?, ?, "
                "?, ?) on conflict (source, object_id) do update set mark = excluded.mark, datestamp = "
                "excluded.datestamp, deleted = excluded.deleted",
                {std::string{source}, one.id, one.mark, second, one.deleted});
    });
}

std::string stamp_text(db::Row const& row, int column) {
    return to_second(parse_instant(row.text(column)).value_or(Instant{}));
}

struct Where {
    std::string sql = "where 1 = 1";
    std::vector<Value> parameters;
};

Where where_of(Range const& range) {
    Where where;
    auto const add = [&](std::string_view condition, std::vector<Value> values) {
        where.sql.append(" and ").append(condition);
        where.parameters.insert(where.parameters.end(), values.begin(), values.end());
    };
    if (!range.source.empty()) add("source = ?", {range.source});
    if (!range.from.empty()) add("datestamp >= ?", {as_instant(range.from)});
    if (!range.until.empty()) add("datestamp <= ?", {as_instant(range.until)});
    if (range.after)
        add("(datestamp, source, object_id) > (?, ?, ?)",
            {as_instant(range.after->datestamp), range.after->source, range.after->object_id});
    return where;
}

} // namespace

std::string to_second(Instant instant) { return to_text(instant).substr(0, 19) + "Z"; }

void reconcile(Services& services, Source const& source) {
    std::string const end = "\xf4\x8f\xbf\xbf"; // beyond every id
    std::string after;
    for (bool more = true; more;) {
        std::vector<std::pair<std::string, std::string>> live;
        std::vector<Write> writes;
        {
            Context stranger = stranger_in(services, i18n::Language::zh_hans);
            marks(stranger, source, after, batch,
                  [&](std::string_view id, std::string_view mark) { live.emplace_back(id, mark); });
            more = live.size() == static_cast<std::size_t>(batch);
            auto rows = known(stranger.reader(), source.path(), after, more ? live.back().first : end);
            for (auto const& [id, mark] : live) {
                auto const row = rows.find(id);
                if (row == rows.end() || row->second.deleted || row->second.mark != mark)
                    writes.push_back({id, mark, false});
                if (row != rows.end()) rows.erase(row);
            }
            for (auto const& [id, row] : rows)
                if (!row.deleted) writes.push_back({id, row.mark, true});
        }
        store(services, source.path(), writes);
        if (more) after = live.back().first;
    }
}

std::vector<Stamp> stamps(db::Session& session, Range const& range, int limit) {
    std::vector<Stamp> found;
    Where where = where_of(range);
    where.parameters.emplace_back(std::int64_t{limit});
    session.query("select source, object_id, datestamp, deleted from exchange_record " + where.sql +
                      " order by datestamp, source, object_id limit ?",
                  db::Parameters{where.parameters}, [&](db::Row const& row) {
                      found.push_back(
                          {std::string{row.text(0)}, std::string{row.text(1)}, stamp_text(row, 2), row.boolean(3)});
                  });
    return found;
}

std::int64_t count(db::Session& session, Range const& range) {
    Where const where = where_of(range);
    std::int64_t result = 0;
    session.query("select count(*) from exchange_record " + where.sql, db::Parameters{where.parameters},
                  [&](db::Row const& row) { result = row.integer(0); });
    return result;
}

std::optional<Stamp> find_stamp(db::Session& session, std::string_view source, std::string_view object_id) {
    std::optional<Stamp> found;
    session.query("select datestamp, deleted from exchange_record where source = ? and object_id = ?",
                  {std::string{source}, std::string{object_id}}, [&](db::Row const& row) {
                      found = Stamp{std::string{source}, std::string{object_id}, stamp_text(row, 0), row.boolean(1)};
                  });
    return found;
}

std::string earliest(db::Session& session, Instant now) {
    std::string result = to_second(now);
    session.query("select datestamp from exchange_record order by datestamp, source, object_id limit 1", {},
                  [&](db::Row const& row) { result = stamp_text(row, 0); });
    return result;
}

std::vector<std::optional<Record>> load(Context& context, std::vector<Stamp> const& wanted) {
    std::map<std::string, std::vector<std::string>, std::less<>> ids;
    for (Stamp const& one : wanted)
        if (!one.deleted) ids[one.source].push_back(one.object_id);
    std::unordered_map<std::string, Record> found;
    for (Source const& source : sources(context.services))
        if (auto const of_source = ids.find(source.path()); of_source != ids.end())
            for (Record& record : records_of(context, source, of_source->second)) {
                std::string name = source.path() + "/" + record.id;
                found.emplace(std::move(name), std::move(record));
            }
    std::vector<std::optional<Record>> records;
    for (Stamp const& one : wanted) {
        auto const record = found.find(one.source + "/" + one.object_id);
        records.push_back(record == found.end() ? std::nullopt : std::optional{record->second});
    }
    return records;
}

std::vector<LiveAddress> live_addresses(db::Session& session, Source const& source, int part, int size) {
    std::vector<LiveAddress> found;
    session.query(
        "select object_id, datestamp from exchange_record where source = ? and deleted = ? order by object_id "
        "limit ? offset ?",
        {source.path(), false, std::int64_t{size}, std::int64_t{part} * size},
        [&](db::Row const& row) { found.push_back({source.address_of(row.text(0)), stamp_text(row, 1)}); });
    return found;
}

std::int64_t live_count(db::Session& session, std::string_view source) {
    return session
        .integer("select count(*) from exchange_record where source = ? and deleted = ?", {std::string{source}, false})
        .value_or(0);
}

void on_event(Services& services, db::Transaction& transaction, events::Event const& event) {
    for (Source const& source : sources(services))
        if (event.kind.starts_with(std::string{source.resource.meta->name} + "."))
            jobs::schedule(transaction, "exchange.reconcile", source.path(),
                           Instant{services.clock.now().ms + settle_ms});
}

Result<void> reconcile_job(Context& context, std::string_view key, std::string_view) {
    if (auto const source = source_named(context.services, key)) reconcile(context.services, *source);
    return {};
}

Result<void> reconcile_all_job(Context& context, std::string_view, std::string_view) {
    for (Source const& source : sources(context.services)) reconcile(context.services, source);
    return {};
}

} // namespace sangu::exchange
