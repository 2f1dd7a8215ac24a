#pragma once

// SQLite FTS5 as a peer of kernel/search: the same terms of the same analyzer, in memory, any term may match.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

class Fts5 {
public:
    Fts5();
    ~Fts5();
    Fts5(Fts5 const&) = delete;
    Fts5& operator=(Fts5 const&) = delete;

    void add(std::span<std::string const> terms);
    void finish(); // one segment
    std::vector<std::int64_t> ask(std::span<std::string const> terms, int k);

private:
    void run(char const* sql);

    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_stmt* select_ = nullptr;
};
