#include "kernel/db/journal.h"

#include "base/text.h"

#include <algorithm>
#include <map>

namespace sangu::db {

namespace {

using Rows = std::vector<std::vector<Value>>;

// Both databases take valid UTF-8 without zero bytes; a bad row must be refused before it waits beside others.
void check(Journal const& journal, std::vector<Value> const& row) {
    SANGU_ASSERT(row.size() == journal.columns.size());
    for (Value const& value : row)
        if (auto const* const text = std::get_if<std::string>(&value))
            if (text->find('\0') != std::string::npos || !is_valid_utf8(*text))
                throw Fault{"a row of " + std::string{journal.table} + " has text that cannot be stored"};
}

std::string joined(std::span<std::string_view const> names, std::string_view after = {}) {
    std::string out;
    for (auto const name : names) out.append(out.empty() ? "" : ", ").append(name).append(after);
    return out;
}

// One round trip for all heads.
std::vector<std::vector<Value>> heads_of(Session& session, std::span<Journal const* const> journals) {
    std::string sql;
    for (auto const* journal : journals)
        for (auto const link : journal->links)
            sql.append(sql.empty() ? "select (select " : ", (select ")
                .append(link)
                .append(" from ")
                .append(journal->head)
                .append(" where id = 1)");
    std::vector<std::vector<Value>> heads(journals.size());
    session.query(sql, {}, [&](db::Row const& row) {
        int column = 0;
        for (std::size_t i = 0; i < journals.size(); ++i)
            for (std::size_t link = 0; link < journals[i]->links.size(); ++link)
                heads[i].push_back(row.value(column++));
    });
    return heads;
}

void store(Transaction& transaction, Journal const& journal, Rows& rows, std::vector<Value> head) {
    for (auto& row : rows) journal.link(row, head);
    insert_rows(transaction, journal.table, journal.columns, rows);
    transaction.send("update " + std::string{journal.head} + " set " + joined(journal.links, " = ?") + " where id = 1",
                     Parameters{head});
}

} // namespace

void insert_rows(Transaction& transaction, std::string_view table, std::span<std::string_view const> columns,
                 std::span<std::vector<Value> const> rows) {
    std::string const start = "insert into " + std::string{table} + " (" + joined(columns) + ") values ";
    std::string marks;
    for (std::size_t i = 0; i < columns.size(); ++i) marks += i == 0 ? "(?" : ", ?";
    marks += ")";
    std::vector<Value> parameters;
    for (std::size_t const size : {std::size_t{64}, std::size_t{8}, std::size_t{1}}) { // three texts to prepare
        if (rows.size() < size) continue;
        std::string sql = start;
        for (std::size_t i = 0; i < size; ++i) sql.append(i == 0 ? "" : ", ").append(marks);
        for (; rows.size() >= size; rows = rows.subspan(size)) {
            parameters.clear();
            for (auto const& row : rows.first(size)) parameters.insert(parameters.end(), row.begin(), row.end());
            transaction.send(sql, Parameters{parameters});
        }
    }
}

void JournalRows::add(Journal const& journal, std::exception_ptr const* failure, std::vector<Value> row) {
    check(journal, row);
    rows_.push_back({&journal, failure, std::move(row)});
}

void JournalRows::drop_failed() {
    std::erase_if(rows_, [](Row const& row) { return row.failure != nullptr && *row.failure != nullptr; });
}

bool JournalRows::has_rows() const {
    return std::ranges::any_of(rows_, [](Row const& row) { return row.failure == nullptr || *row.failure == nullptr; });
}

void JournalRows::write(Transaction& transaction) {
    std::vector<Journal const*> journals;
    for (Row const& row : rows_)
        if (std::ranges::find(journals, row.journal) == journals.end()) journals.push_back(row.journal);
    if (journals.empty()) return;
    auto heads = heads_of(transaction, journals);
    drop_failed(); // some may have turned out only now, by the question
    for (std::size_t i = 0; i < journals.size(); ++i) {
        Rows rows;
        for (Row& row : rows_)
            if (row.journal == journals[i]) rows.push_back(std::move(row.values));
        if (!rows.empty()) store(transaction, *journals[i], rows, std::move(heads[i]));
    }
    rows_.clear();
}

} // namespace sangu::db
