// What SQLite alone needs for the rows of one table: reads them from a database into memory, then stores them in a new
// one with the same table and indexes in one transaction, as durable as sangu's, and prints the milliseconds of that.
//
//   peer_bare_insert <database with the rows> <new database> <table>

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace {

using Rows = std::vector<std::vector<sqlite3_value*>>;

[[noreturn]] void fail(sqlite3* database) {
    std::fprintf(stderr, "%s\n", sqlite3_errmsg(database));
    std::exit(1);
}

sqlite3* open(char const* path) {
    sqlite3* database = nullptr;
    if (sqlite3_open(path, &database) != SQLITE_OK) fail(database);
    return database;
}

sqlite3_stmt* prepare(sqlite3* database, std::string const& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) fail(database);
    return statement;
}

void run(sqlite3* database, std::string const& sql) {
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(database);
}

Rows read(sqlite3* database, std::string const& table) {
    Rows rows;
    sqlite3_stmt* const statement = prepare(database, "select * from " + table + " order by rowid");
    while (sqlite3_step(statement) == SQLITE_ROW) {
        auto& row = rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(statement); ++i)
            row.push_back(sqlite3_value_dup(sqlite3_column_value(statement, i)));
    }
    sqlite3_finalize(statement);
    return rows;
}

std::vector<std::string> schema(sqlite3* database, std::string const& table) {
    std::vector<std::string> statements;
    sqlite3_stmt* const statement =
        prepare(database, "select sql from sqlite_master where tbl_name = '" + table +
                              "' and sql is not null order by case type when 'table' then 0 else 1 end");
    while (sqlite3_step(statement) == SQLITE_ROW)
        statements.emplace_back(reinterpret_cast<char const*>(sqlite3_column_text(statement, 0)));
    sqlite3_finalize(statement);
    return statements;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 4) {
        std::fputs("usage: peer_bare_insert <database with the rows> <new database> <table>\n", stderr);
        return 2;
    }
    std::string const table = arguments[3];
    sqlite3* const from = open(arguments[1]);
    sqlite3* const to = open(arguments[2]);
    run(to, "pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-4096");
    for (auto const& statement : schema(from, table)) run(to, statement);
    auto const rows = read(from, table);
    if (rows.empty()) return 1;
    std::string marks = "?";
    for (std::size_t i = 1; i < rows.front().size(); ++i) marks += ", ?";

    auto const begin = std::chrono::steady_clock::now();
    run(to, "begin immediate");
    sqlite3_stmt* const insert = prepare(to, "insert into " + table + " values (" + marks + ")");
    for (auto const& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) sqlite3_bind_value(insert, static_cast<int>(i) + 1, row[i]);
        if (sqlite3_step(insert) != SQLITE_DONE) fail(to);
        sqlite3_reset(insert);
    }
    run(to, "commit");
    std::chrono::duration<double, std::milli> const took = std::chrono::steady_clock::now() - begin;
    std::printf("%.0f\n", took.count());
    return 0;
}
