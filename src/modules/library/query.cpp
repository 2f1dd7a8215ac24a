#include "modules/library/query.h"

#include "base/text.h"
#include "kernel/entity/store.h"

#include <algorithm>

namespace sangu::library {

namespace {

constexpr std::size_t value_max = 60, search_max = 100;

// Conditions over the alias "e" with their parameters, in order.
struct Conditions {
    std::string sql = "e.kind = ? and e.state = 'published'";
    std::vector<Value> parameters;

    void add(std::string_view condition, std::initializer_list<Value> values) {
        sql.append(" and ").append(condition);
        parameters.insert(parameters.end(), values);
    }
};

constexpr std::string_view has_tag =
    "exists (select 1 from library_tag t where t.entry_id = e.id and t.facet = ? and t.value = ?)";

std::string like_pattern(std::string_view word) {
    std::string pattern = "%";
    for (char const c : word) {
        if (c == '%' || c == '_' || c == '!') pattern += '!';
        pattern += c;
    }
    return pattern + "%";
}

std::vector<std::string> words_of(std::string const& search) {
    std::vector<std::string> words;
    for (std::string_view const word : split_text(i18n::fold(search), ' '))
        if (!word.empty() && words.size() < 8) words.emplace_back(word);
    return words;
}

// Title, number and, for those who may read it, the abstract.
Conditions searched(ListQuery const& query, Me const& me) {
    Conditions conditions;
    conditions.parameters.emplace_back(std::string{query.kind->name});
    for (std::string const& word : words_of(query.search)) {
        std::string const pattern = like_pattern(word);
        conditions.add("(e.words like ? escape '!' or lower(e.number) like ? escape '!' or (" +
                           std::string{searchable_abstracts(me.member)} + " and e.abstract_words like ? escape '!'))",
                       {pattern, pattern, pattern});
    }
    return conditions;
}

Found read_lines(db::Session& session, ListQuery const& query, std::string const& sql,
                 std::vector<Value> const& parameters) {
    Found found;
    int const layer_column = static_cast<int>(Entry::meta.fields.size());
    session.query(sql, db::Parameters{parameters}, [&](db::Row const& row) {
        if (found.lines.size() == static_cast<std::size_t>(query.rows)) {
            found.more = true;
            return;
        }
        Line& line = found.lines.emplace_back();
        entity::load_row(Entry::meta, &line.entry, row);
        if (!row.is_null(layer_column)) line.granted = row.text(layer_column) == "files" ? Layer::files : Layer::body;
    });
    return found;
}

} // namespace

std::string const* ListQuery::filter(std::string_view facet) const {
    auto const found = std::ranges::find(filters, facet, &Tag::facet);
    return found == filters.end() ? nullptr : &found->value;
}

std::string ListQuery::with(std::string_view base, std::string_view name, std::string_view value) const {
    std::string address{base};
    char mark = '?';
    auto const add = [&](std::string_view key, std::string_view own) {
        std::string_view const used = key == name ? value : own;
        if (used.empty()) return;
        address.append(1, mark).append(key).append("=").append(http::percent_encode(used));
        mark = '&';
    };
    add("q", search);
    for (Tag const& tag : filters) add(tag.facet, tag.value);
    add("sort", by_confirmation ? "confirmed" : "");
    add("rows", rows == rows_default ? "" : std::to_string(rows));
    bool const is_new = name != "q" && name != "sort" && name != "rows" && !filter(name);
    if (is_new) add(name, "");
    return address;
}

std::string ListQuery::text() const { return with("", "after", ""); }

ListQuery list_query(Kind const& kind, http::Pairs const& parameters) {
    ListQuery query{.kind = &kind};
    auto const is_facet = [&](std::string_view name) {
        return name == "place" || std::ranges::find(kind.facets, name, &Facet::name) != kind.facets.end();
    };
    for (auto const& [name, raw] : parameters) {
        std::string const text = shorten(trim(raw), name == "q" ? search_max : value_max);
        if (text.empty()) continue;
        if (name == "q")
            query.search = text;
        else if (name == "sort")
            query.by_confirmation = text == "confirmed";
        else if (name == "rows")
            query.rows = static_cast<int>(
                std::clamp<std::int64_t>(parse_integer(text).value_or(rows_default), 1, rows_on_page_max));
        else if (name == "after") {
            auto const place = from_base64url(trim(raw)).value_or("");
            auto const border = place.find('\n');
            if (border == std::string::npos || !is_id(place.substr(border + 1))) continue;
            if (border != 0 && !parse_date(place.substr(0, border))) continue;
            query.after_date = place.substr(0, border);
            query.after_id = place.substr(border + 1);
        } else if (is_facet(name) && !query.filter(name))
            query.filters.push_back({name, text});
    }
    if (query.by_confirmation == query.after_date.empty()) query.after_date = query.after_id = "";
    return query;
}

Found find_entries(db::Session& session, ListQuery const& query, Me const& me) {
    Conditions conditions = searched(query, me);
    for (Tag const& tag : query.filters) conditions.add(has_tag, {tag.facet, tag.value});
    if (!query.after_id.empty() && query.by_confirmation)
        conditions.add("(e.confirmed_on, e.id) < (?, ?)", {query.after_date, query.after_id});
    else if (!query.after_id.empty())
        conditions.add("e.id < ?", {query.after_id});
    std::string sql = "select " + entity::column_list(Entry::meta, "e") +
                      ", a.layer from library_entry e left join library_access a on a.entry_id = e.id and "
                      "a.account_id = ? where " +
                      conditions.sql;
    sql += query.by_confirmation ? " order by e.confirmed_on desc, e.id desc limit ?" : " order by e.id desc limit ?";
    std::vector<Value> parameters{me.account};
    parameters.insert(parameters.end(), conditions.parameters.begin(), conditions.parameters.end());
    parameters.emplace_back(static_cast<std::int64_t>(query.rows) + 1);
    return read_lines(session, query, sql, parameters);
}

std::string cursor_of(ListQuery const& query, Entry const& last) {
    std::string text = query.by_confirmation && last.confirmed_on ? to_text(*last.confirmed_on) : "";
    return to_base64url(text.append("\n").append(last.id.text));
}

Counts count_entries(db::Session& session, ListQuery const& query, Me const& me) {
    // m0, m1 … say which filters an entry misses: a choice of a filter counts what passes all the others.
    std::vector<Value> parameters;
    std::string inner = "select e.id as id", all_pass = "1 = 1";
    for (std::size_t i = 0; i < query.filters.size(); ++i) {
        std::string const column = "m" + std::to_string(i);
        inner.append(", case when ").append(has_tag).append(" then 0 else 1 end as ").append(column);
        all_pass.append(" and f.").append(column).append(" = 0");
        parameters.emplace_back(query.filters[i].facet);
        parameters.emplace_back(query.filters[i].value);
    }
    Conditions const conditions = searched(query, me);
    inner += " from library_entry e where " + conditions.sql + " limit ?";
    parameters.insert(parameters.end(), conditions.parameters.begin(), conditions.parameters.end());
    parameters.emplace_back(counted_max + 1);
    std::string counted = "(" + all_pass + ")";
    for (std::size_t i = 0; i < query.filters.size(); ++i) {
        counted += " or (t.facet = ?";
        parameters.emplace_back(query.filters[i].facet);
        for (std::size_t j = 0; j < query.filters.size(); ++j)
            if (j != i) counted += " and f.m" + std::to_string(j) + " = 0";
        counted += ")";
    }
    std::string const sql = "with f as (" + inner + ") select '' as facet, '' as value, count(*) as n from f where " +
                            all_pass +
                            " union all select t.facet, t.value, count(*) from f join library_tag t on t.entry_id = "
                            "f.id where " +
                            counted + " group by t.facet, t.value";
    Counts counts;
    session.query(sql, db::Parameters{parameters}, [&](db::Row const& row) {
        if (row.text(0).empty())
            counts.total = row.integer(2);
        else
            counts.facets[std::string{row.text(0)}][std::string{row.text(1)}] = row.integer(2);
    });
    return counts;
}

bool would_list(http::Pairs const& query, Entry const& entry, std::span<Tag const> tags) {
    if (!is_public(entry.state)) return false;
    return std::ranges::all_of(query, [&](auto const& parameter) {
        auto const& [name, text] = parameter;
        if (name == "sort" || name == "rows" || name == "after") return true;
        if (name != "q") return std::ranges::find(tags, Tag{name, text}) != tags.end();
        return std::ranges::all_of(words_of(text), [&](std::string const& word) {
            return entry.words.find(word) != std::string::npos || entry.abstract_words.find(word) != std::string::npos;
        });
    });
}

} // namespace sangu::library
