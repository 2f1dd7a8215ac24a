#include "kernel/backup/move.h"

#include "kernel/db/schema.h"
#include "kernel/hash/sha256.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>

namespace sangu::backup {

namespace {

constexpr std::string_view record_of_migrations = "kernel_migration";

struct Undo {};

// One form for both databases: a boolean is 0 or 1, a text or bytes carry their length.
void append_canonical(std::string& out, Value const& value) {
    auto const number = [&](char kind, auto n) {
        std::array<char, 32> buffer{};
        out += kind;
        out.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), n).ptr);
        out += ';';
    };
    auto const text = [&](char kind, std::string const& bytes) {
        number(kind, bytes.size());
        out += bytes;
    };
    if (is_null(value)) out += "n;";
    if (auto const* const flag = std::get_if<bool>(&value)) number('i', *flag ? 1 : 0);
    if (auto const* const integer = std::get_if<std::int64_t>(&value)) number('i', *integer);
    if (auto const* const real = std::get_if<double>(&value)) number('r', *real);
    if (auto const* const words = std::get_if<std::string>(&value)) text('t', *words);
    if (auto const* const bytes = std::get_if<Bytes>(&value)) text('b', bytes->data);
}

Fingerprint fingerprint_of(db::Session& session, db::Table const& table) {
    Fingerprint result;
    hash::Sha256 hash;
    std::string text;
    db::RowsByKey rows{session, table};
    for (std::vector<Value> row; rows.next(row); ++result.rows) {
        text.clear();
        for (Value const& value : row) append_canonical(text, value);
        hash.add(text);
    }
    result.sha256 = hash.finish();
    return result;
}

// SQLite has no booleans, PostgreSQL takes no numbers for them.
void convert(Value& value, db::Column const& to) {
    auto const* const integer = std::get_if<std::int64_t>(&value);
    if (integer && to.type == "boolean") value = *integer != 0;
}

// `columns` in the order that the other database has them in.
std::vector<db::Column> in_order_of(std::vector<db::Column> const& other, std::vector<db::Column> const& columns) {
    std::vector<db::Column> ordered;
    for (db::Column const& column : other) {
        auto const same = std::ranges::find(columns, column.name, &db::Column::name);
        SANGU_ASSERT(same != columns.end());
        ordered.push_back(*same);
    }
    return ordered;
}

// A table as each database describes it: the same columns in the same order, types in its own words.
struct Pair {
    db::Table source, target;
};

// The tables that hold data, parents first.
Result<std::vector<Pair>> tables_to_move(db::Session& source, db::Session& target) {
    auto waiting = db::tables_of(source);
    std::vector<Pair> pairs;
    for (db::Table& table : db::tables_of(target)) {
        auto const same = std::ranges::find(waiting, table.name, &db::Table::name);
        SANGU_ASSERT(same != waiting.end()); // it has every migration that the target has
        if (table.name != record_of_migrations) {
            same->columns = in_order_of(table.columns, same->columns);
            pairs.push_back({*same, std::move(table)});
        }
        waiting.erase(same);
    }
    if (!waiting.empty()) return refuse(Refusal::invalid, "error.move.unknown_table", {waiting.front().name});
    return pairs;
}

void copy(db::Session& source, db::Database& target, db::Transaction& transaction, Pair const& pair) {
    std::vector<std::string> names;
    names.reserve(pair.target.columns.size());
    for (db::Column const& column : pair.target.columns) names.push_back(db::quoted(column.name));
    std::vector<std::string_view> const columns{names.begin(), names.end()};
    db::RowsByKey rows{source, pair.source};
    target.copy_in(transaction, db::quoted(pair.target.name), columns, [&](std::vector<Value>& row) {
        if (!rows.next(row)) return false;
        for (std::size_t i = 0; i < row.size(); ++i) convert(row[i], pair.target.columns[i]);
        return true;
    });
}

std::int64_t orphans_of(db::Session& session) {
    if (session.dialect() == db::Dialect::postgres) return 0; // it checked each row
    return session.integer("select count(*) from pragma_foreign_key_check").value_or(0);
}

// What migrations put into the target is in the source too, perhaps changed since.
void clear(db::Transaction& transaction, std::vector<Pair> const& pairs) {
    for (Pair const& pair : pairs | std::views::reverse)
        transaction.execute("delete from " + db::quoted(pair.target.name));
}

void compare(db::Session& source, db::Transaction& target, std::vector<Pair> const& pairs, MoveReport& report) {
    for (Pair const& pair : pairs)
        report.tables.push_back(
            {pair.target.name, fingerprint_of(source, pair.source), fingerprint_of(target, pair.target)});
    report.orphans = orphans_of(target);
    report.audit = audit::verify(target);
}

} // namespace

bool MoveReport::passed() const {
    return !tables.empty() && orphans == 0 && audit.whole &&
           std::ranges::all_of(tables, [](MovedTable const& table) { return table.source == table.target; });
}

Result<MoveReport> move_everything(db::Database& source, db::Database& target,
                                   std::span<db::Migration const> migrations, Instant now) {
    if (!db::plan_migrations(source, migrations).empty()) return refuse(Refusal::conflict, "error.move.pending");
    if (!db::tables_of(*target.read()).empty()) return refuse(Refusal::conflict, "error.move.not_empty");
    db::migrate(target, migrations);
    auto const snapshot = source.read();
    auto const pairs = TRY(tables_to_move(*snapshot, *target.read()));
    MoveReport report{.at = now};
    try {
        target.write_alone([&](db::Transaction& transaction) {
            // Rows of one table may point to later ones; pragma_foreign_key_check looks at them all before the commit.
            if (transaction.dialect() == db::Dialect::sqlite) transaction.execute("pragma defer_foreign_keys = on");
            clear(transaction, pairs);
            for (Pair const& pair : pairs) copy(*snapshot, target, transaction, pair);
            compare(*snapshot, transaction, pairs, report);
            if (!report.passed()) throw Undo{};
        });
    } catch (Undo const&) {
        // The report says what differs.
    }
    return report;
}

} // namespace sangu::backup
