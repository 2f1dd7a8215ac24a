#include "kernel/db/migrate.h"

#include "base/text.h"
#include "base/time.h"

#include <map>

namespace sangu::db {

namespace {

constexpr std::string_view create_record = "create table if not exists kernel_migration ("
                                           "module text not null, name text not null, checksum text not null, "
                                           "applied_at timestamptz not null, primary key (module, name))";

// 64-bit FNV-1a: it guards against edited files, not against attackers.
std::string checksum(std::string_view text) {
    std::uint64_t hash = 14695981039346656037U;
    for (unsigned char const c : text) hash = (hash ^ c) * 1099511628211U;
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(hash >> shift);
    return to_hex(bytes);
}

bool concerns(Migration const& migration, Dialect dialect) {
    return migration.dialect.empty() || migration.dialect == (dialect == Dialect::sqlite ? "sqlite" : "postgres");
}

using Applied = std::map<std::pair<std::string, std::string>, std::string>; // checksum by module and name

bool has_record(Session& session) {
    return session.exists(session.dialect() == Dialect::sqlite
                              ? "select 1 from sqlite_master where type = 'table' and name = 'kernel_migration'"
                              : "select 1 where to_regclass('kernel_migration') is not null");
}

Applied load_applied(Session& session) {
    Applied applied;
    if (!has_record(session)) return applied;
    session.query("select module, name, checksum from kernel_migration", {},
                  [&](Row const& row) { applied[{std::string{row.text(0)}, std::string{row.text(1)}}] = row.text(2); });
    return applied;
}

// True when the migration is still to be applied.
bool is_missing(Applied const& applied, Migration const& migration) {
    auto const found = applied.find({std::string{migration.module}, std::string{migration.name}});
    if (found == applied.end()) return true;
    if (found->second != checksum(migration.sql))
        throw Fault{"migration " + found->first.first + "/" + found->first.second +
                    " was changed after it was applied"};
    return false;
}

void apply(Transaction& transaction, Migration const& migration) {
    for (auto const& statement : statements_for(migration, transaction.dialect())) transaction.execute(statement);
    transaction.execute("insert into kernel_migration (module, name, checksum, applied_at) values (?, ?, ?, ?)",
                        {std::string{migration.module}, std::string{migration.name}, checksum(migration.sql),
                         to_text(SystemClock{}.now())});
}

std::vector<Migration const*> missing(Database& database, std::span<Migration const> migrations) {
    std::vector<Migration const*> found;
    auto const applied = load_applied(*database.read());
    for (auto const& migration : migrations)
        if (concerns(migration, database.dialect()) && is_missing(applied, migration)) found.push_back(&migration);
    return found;
}

} // namespace

std::vector<MigrationStep> plan_migrations(Database& database, std::span<Migration const> migrations) {
    std::vector<MigrationStep> steps;
    for (auto const* migration : missing(database, migrations))
        steps.push_back({std::string{migration->module}, std::string{migration->name}});
    return steps;
}

std::vector<MigrationStep> migrate(Database& database, std::span<Migration const> migrations) {
    std::vector<MigrationStep> steps;
    for (auto const* migration : missing(database, migrations)) {
        database.write_alone([&](Transaction& transaction) {
            // Another server may have applied it since; inside the transaction only one of them is here.
            Migration const record{"kernel", "record", create_record};
            if (!has_record(transaction))
                for (auto const& statement : statements_for(record, database.dialect())) transaction.execute(statement);
            if (!is_missing(load_applied(transaction), *migration)) return;
            apply(transaction, *migration);
            steps.push_back({std::string{migration->module}, std::string{migration->name}});
        });
    }
    return steps;
}

} // namespace sangu::db
