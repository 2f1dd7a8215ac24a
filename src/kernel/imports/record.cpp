#include "kernel/imports/record.h"

#include "base/text.h"
#include "kernel/entity/store.h"
#include "kernel/files/content.h"
#include "kernel/json/json.h"

#include <algorithm>

namespace sangu::imports {

using entity::field, entity::fields;

constinit entity::EntityMeta const Import::meta = entity::entity<Import>("kernel.table_import", [] {
    using I = Import;
    return fields(field<&I::id>().key(), field<&I::resource>().hidden(), field<&I::source>().max_length(60),
                  field<&I::file_name>().max_length(200), field<&I::sha256>().hidden(), field<&I::has_file>(),
                  field<&I::account_id>().hidden(), field<&I::account_name>().hidden(), field<&I::created_at>(),
                  field<&I::updated_at>(), field<&I::state>(), field<&I::mapping>().hidden(), field<&I::rows_total>(),
                  field<&I::rows_done>(), field<&I::created>(), field<&I::changed>(), field<&I::unchanged>(),
                  field<&I::left_out>(), field<&I::problems>(), field<&I::taken_back>(), field<&I::kept>());
});

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr int draft_days = 1, journal_days = 180;

std::string to_json(std::vector<std::string> const& arguments) {
    std::string out;
    json::Writer writer{out};
    writer.begin_array();
    for (std::string const& one : arguments) writer.value(one);
    writer.end_array();
    return out;
}

std::vector<std::string> arguments_from(std::string_view text) {
    std::vector<std::string> arguments;
    auto const document = json::Document::parse(text);
    if (!document) return arguments;
    for (std::size_t i = 0; i < document->root().size(); ++i) arguments.emplace_back(document->root().at(i).text());
    return arguments;
}

} // namespace

std::string source_of(std::string_view file_name) {
    std::string name{file_name.substr(0, file_name.rfind('.'))};
    while (!name.empty() && std::string_view{"0123456789 -_.()"}.find(name.back()) != std::string_view::npos)
        name.pop_back();
    name = trim(name);
    return name.empty() ? std::string{file_name} : shorten(name, 60);
}

std::optional<Import> find(db::Session& session, std::string_view resource, std::string_view id) {
    return entity::first<Import>(session, "where id = ? and resource = ?", {std::string{id}, std::string{resource}});
}

std::vector<Import> latest(db::Session& session, std::string_view resource, int limit) {
    return entity::where<Import>(session, "where resource = ? order by created_at desc limit ?",
                                 {std::string{resource}, std::int64_t{limit}});
}

std::vector<Problem> problems_of(db::Session& session, std::string_view import_id, std::int64_t from, int limit) {
    std::vector<Problem> problems;
    session.query(
        "select field, key, arguments, line, col from kernel_table_import_problem where import_id = ? and seq >= ? "
        "order by seq limit ?",
        {std::string{import_id}, from, std::int64_t{limit}}, [&](db::Row const& row) {
            problems.push_back({std::string{row.text(0)}, std::string{row.text(1)}, arguments_from(row.text(2)),
                                row.integer(3), row.integer(4)});
        });
    return problems;
}

void add_problems(db::Transaction& transaction, std::string_view import_id, std::int64_t from,
                  Problems const& problems) {
    for (Problem const& problem : problems) {
        if (from >= problems_kept_max) return;
        transaction.execute(
            "insert into kernel_table_import_problem (import_id, seq, line, col, field, key, arguments) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            {std::string{import_id}, from++, problem.line, problem.column, problem.field, problem.key,
             to_json(problem.arguments)});
    }
}

std::vector<KeptRow> kept_rows(db::Session& session, std::string_view import_id, int limit) {
    std::vector<KeptRow> rows;
    session.query("select line, object_id, outcome from kernel_table_import_row where import_id = ? and outcome in "
                  "('edited', 'in_use') order by seq limit ?",
                  {std::string{import_id}, std::int64_t{limit}}, [&](db::Row const& row) {
                      rows.push_back({row.integer(0), std::string{row.text(1)}, std::string{row.text(2)}});
                  });
    return rows;
}

bool move(db::Transaction& transaction, Import const& import, std::vector<State> const& from, State to, Instant now) {
    return std::ranges::any_of(from, [&](State state) {
        return transaction.execute(
                   "update kernel_table_import set state = ?, rows_done = 0, updated_at = ? where id = ? and state = ?",
                   {std::string{sangu::name_of(to)}, to_text(now), import.id.text,
                    std::string{sangu::name_of(state)}}) == 1;
    });
}

void drop_file(db::Transaction& transaction, Import const& import) {
    transaction.execute("update kernel_table_import set has_file = ? where id = ?", {false, import.id.text});
    files::drop_unused_content(transaction, import.sha256);
}

void forget_old(db::Transaction& transaction, Instant now) {
    auto const before = [&](int days) { return to_text(Instant{now.ms - days * day_ms}); };
    std::vector<std::string> contents;
    std::string const drafts = "state in ('mapping', 'refused', 'checked') and updated_at < ?";
    transaction.query("select sha256 from kernel_table_import where " + drafts, {before(draft_days)},
                      [&](db::Row const& row) { contents.emplace_back(row.text(0)); });
    if (!contents.empty()) transaction.execute("delete from kernel_table_import where " + drafts, {before(draft_days)});
    for (std::string const& sha256 : contents) files::drop_unused_content(transaction, sha256);
    transaction.execute(
        "delete from kernel_table_import where state in ('done', 'stopped', 'undone') and updated_at < ?",
        {before(journal_days)});
}

} // namespace sangu::imports
