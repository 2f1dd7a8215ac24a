#include "fts5.h"

#include "kernel/search/segment/checksum.h"

#include <sqlite3.h>

#include <cstdio>
#include <stdexcept>

namespace {

// Words that FTS5's own tokenizer leaves whole.
std::string joined(std::span<std::string const> terms, char const* between) {
    std::string text;
    for (std::string const& term : terms) {
        char word[24];
        std::snprintf(word, sizeof word, "%016llx", static_cast<unsigned long long>(sangu::search::term_hash(term)));
        text.append(text.empty() ? "" : between).append(word);
    }
    return text;
}

} // namespace

Fts5::Fts5() {
    sqlite3_open(":memory:", &database_);
    run("create virtual table papers using fts5(text, content='', tokenize='ascii')");
    run("begin");
    sqlite3_prepare_v2(database_, "insert into papers(text) values(?)", -1, &insert_, nullptr);
    sqlite3_prepare_v2(database_, "select rowid from papers where papers match ? order by rank limit ?", -1, &select_,
                       nullptr);
}

Fts5::~Fts5() {
    sqlite3_finalize(insert_);
    sqlite3_finalize(select_);
    sqlite3_close(database_);
}

void Fts5::run(char const* sql) {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(database_)};
}

void Fts5::add(std::span<std::string const> terms) {
    std::string const text = joined(terms, " ");
    sqlite3_bind_text(insert_, 1, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    if (sqlite3_step(insert_) != SQLITE_DONE) throw std::runtime_error{sqlite3_errmsg(database_)};
    sqlite3_reset(insert_);
}

void Fts5::finish() {
    run("commit");
    run("insert into papers(papers) values('optimize')");
}

std::vector<std::int64_t> Fts5::ask(std::span<std::string const> terms, int k) {
    std::string const text = joined(terms, " OR ");
    sqlite3_bind_text(select_, 1, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    sqlite3_bind_int(select_, 2, k);
    std::vector<std::int64_t> rows;
    while (sqlite3_step(select_) == SQLITE_ROW) rows.push_back(sqlite3_column_int64(select_, 0));
    sqlite3_reset(select_);
    return rows;
}
