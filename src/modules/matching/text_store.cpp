#include "modules/matching/text_store.h"

#include "base/text.h"

namespace sangu::matching {

namespace {

// "name\tvalue" lines; both are codes without white space.
std::string to_lines(std::vector<NamedText> const& pairs) {
    std::string lines;
    for (auto const& [name, value] : pairs) lines.append(name).append("\t").append(value).append("\n");
    return lines;
}

std::vector<NamedText> from_lines(std::string_view lines) {
    std::vector<NamedText> pairs;
    for (std::string_view const line : split_text(lines, '\n'))
        if (auto const tab = line.find('\t'); tab != std::string_view::npos)
            pairs.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    return pairs;
}

std::string marks_of(std::size_t count) {
    std::string marks = "(";
    for (std::size_t i = 0; i < count; ++i) marks += i == 0 ? "?" : ", ?";
    return marks + ")";
}

constexpr std::string_view insert_sql = "insert into document (key, record, kind, title, path, words, codes, facets, "
                                        "facts) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

} // namespace

TextStore::TextStore(std::string const& path) : database_{db::open({.url = "sqlite:" + path, .readers_max = 8})} {
    database_->write([](db::Transaction& transaction) {
        transaction.execute("create table if not exists document (key text primary key, record text not null, kind "
                            "text not null, title text not null, path text not null, words text not null, codes text "
                            "not null, facets text not null, facts text not null)");
        transaction.execute("create index if not exists document_record on document (record)");
        transaction.execute("create table if not exists record (source text not null, id text not null, mark text not "
                            "null, primary key (source, id))");
    });
}

void TextStore::replace(std::string_view source, std::span<std::string const> ids, std::span<Filed const> filed,
                        std::span<NamedText const> marks) {
    database_->write([&](db::Transaction& transaction) {
        for (std::string const& id : ids) {
            transaction.send("delete from document where record = ?", {record_key(source, id)});
            transaction.send("delete from record where source = ? and id = ?", {std::string{source}, id});
        }
        for (Filed const& one : filed)
            transaction.send(insert_sql, {one.key, one.record, one.kind, one.title, one.path, one.words, one.codes,
                                          to_lines(one.facets), to_lines(one.facts)});
        for (auto const& [id, mark] : marks)
            transaction.send("insert into record (source, id, mark) values (?, ?, ?)", {std::string{source}, id, mark});
    });
}

std::map<std::string, Filed, std::less<>> TextStore::read(std::span<std::string const> keys) const {
    std::map<std::string, Filed, std::less<>> found;
    if (keys.empty()) return found;
    std::vector<Value> const parameters{keys.begin(), keys.end()};
    database_->read()->query("select key, record, kind, title, path, words, codes, facets, facts from document where "
                             "key in " +
                                 marks_of(keys.size()),
                             db::Parameters{parameters}, [&](db::Row const& row) {
                                 std::string key{row.text(0)};
                                 found[key] = {.key = key,
                                               .record = std::string{row.text(1)},
                                               .kind = std::string{row.text(2)},
                                               .title = std::string{row.text(3)},
                                               .path = std::string{row.text(4)},
                                               .words = std::string{row.text(5)},
                                               .codes = std::string{row.text(6)},
                                               .facets = from_lines(row.text(7)),
                                               .facts = from_lines(row.text(8))};
                             });
    return found;
}

std::map<std::string, std::string> TextStore::marks(std::string_view source, std::string const& after,
                                                    std::string const& last) const {
    std::map<std::string, std::string> found;
    std::string const end = last.empty() ? "\xf4\x8f\xbf\xbf" : last; // beyond every id
    database_->read()->query("select id, mark from record where source = ? and id > ? and id <= ? order by id",
                             {std::string{source}, after, end}, [&](db::Row const& row) {
                                 found.emplace(std::string{row.text(0)}, std::string{row.text(1)});
                             });
    return found;
}

} // namespace sangu::matching
