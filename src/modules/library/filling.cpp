#include "modules/library/filling.h"

#include "base/text.h"
#include "kernel/entity/store.h"

#include <algorithm>

namespace sangu::library {

using entity::AnyObject;
using entity::FieldMeta;

namespace {

constexpr std::size_t problems_max = 100;

void set_text(AnyObject& object, std::string_view field, Value const& value) {
    FieldMeta const* meta = object.meta().find(field);
    SANGU_ASSERT(meta && meta->store(object.get(), value));
}

void insert_rows(db::Transaction& transaction, Kind const& kind, std::string_view entry_id, Filling& filling) {
    for (std::size_t i = 0; i < kind.rows.size(); ++i) {
        std::int64_t position = 0;
        for (AnyObject& row : filling.rows[i]) {
            set_text(row, "id", new_id());
            set_text(row, "entry_id", std::string{entry_id});
            set_text(row, "position", ++position);
            entity::insert(transaction, *kind.rows[i].meta, row.get());
        }
    }
}

std::string_view typed_value(http::Pairs const& typed, std::string_view name) {
    std::string_view value;
    for (auto const& [key, text] : typed)
        if (key == name) value = text;
    return value;
}

bool brings_rows(Rows const& rows, http::Pairs const& typed) {
    std::string const start = std::string{rows.name} + "-";
    return std::ranges::any_of(typed, [&](auto const& pair) { return pair.first.starts_with(start); });
}

// The rows that were typed; lines left blank are none.
void take_rows(Rows const& rows, std::vector<AnyObject>& taken, http::Pairs const& typed, Problems& problems) {
    taken.clear();
    for (std::size_t number = 1; number <= rows_max; ++number) {
        entity::FormData line;
        bool blank = true;
        for (FieldMeta const& field : rows.meta->fields) {
            if (!is_filled_in(field)) continue;
            line.emplace_back(field.name, typed_value(typed, row_field(rows, number, field.name)));
            blank = blank && trim(line.back().second).empty();
        }
        if (blank) continue;
        AnyObject row{*rows.meta};
        Problems wrong = entity::from_form(*rows.meta, row.get(), line);
        set_text(row, "id", new_id());
        set_text(row, "entry_id", new_id()); // stand in for the real ones, which validation asks for
        if (wrong.empty()) wrong = entity::validate(*rows.meta, row.get());
        for (Problem& one : wrong) {
            one.field = row_field(rows, number, one.field);
            if (problems.size() < problems_max) problems.push_back(std::move(one));
        }
        taken.push_back(std::move(row));
    }
}

void append(Problems& problems, Problems more) {
    for (Problem& one : more)
        if (std::ranges::find(problems, one.field, &Problem::field) == problems.end() || one.field.empty())
            problems.push_back(std::move(one));
}

} // namespace

bool is_filled_in(FieldMeta const& field) { return !field.read_only && !field.hidden && !field.version && !field.key; }

std::optional<std::size_t> rows_at(Kind const& kind, std::string_view name) {
    auto const found = std::ranges::find(kind.rows, name, &Rows::name);
    if (name.empty() || found == kind.rows.end()) return std::nullopt;
    return static_cast<std::size_t>(found - kind.rows.begin());
}

std::string row_field(Rows const& rows, std::size_t number, std::string_view field) {
    std::string name{rows.name};
    return name.append("-").append(std::to_string(number)).append("-").append(field);
}

FieldMeta const* field_named(Kind const& kind, std::string_view name) {
    FieldMeta const* own = kind.content->find(name);
    if (own && !own->key) return own;
    FieldMeta const* common = Entry::meta.find(name);
    return common && is_filled_in(*common) ? common : nullptr;
}

Filling empty_filling(Kind const& kind) {
    return {AnyObject{*kind.content}, std::vector<std::vector<AnyObject>>(kind.rows.size())};
}

// Every row list is joined by the ids of its own rows, so that lists do not multiply each other.
Filling load_filling(db::Session& session, Kind const& kind, std::string_view entry_id) {
    Filling filling = empty_filling(kind);
    std::string columns = "select " + entity::column_list(*kind.content, "c"), keys, joins;
    std::vector<Value> parameters;
    for (std::size_t i = 0; i < kind.rows.size(); ++i) {
        std::string const alias = "r" + std::to_string(i), number = std::to_string(i),
                          table = kind.rows[i].meta->table();
        columns += ", " + entity::column_list(*kind.rows[i].meta, alias);
        keys += std::string{i == 0 ? "" : " union all "} + "select id, position, " + number + " as list from " + table +
                " where entry_id = ?";
        joins += " left join " + table + " " + alias + " on k.list = " + number + " and " + alias + ".id = k.id";
        parameters.emplace_back(std::string{entry_id});
    }
    std::string sql = columns + " from " + kind.content->table() + " c";
    if (!keys.empty()) sql += " left join (" + keys + ") k on 1 = 1" + joins;
    sql += " where c.id = ?";
    if (!keys.empty()) sql += " order by k.list, k.position";
    parameters.emplace_back(std::string{entry_id});
    session.query(sql, db::Parameters{parameters}, [&](db::Row const& row) {
        entity::load_row(*kind.content, filling.content.get(), row);
        int first = static_cast<int>(kind.content->fields.size());
        for (std::size_t i = 0; i < kind.rows.size(); ++i) {
            if (!row.is_null(first)) {
                filling.rows[i].emplace_back(*kind.rows[i].meta);
                entity::load_row(*kind.rows[i].meta, filling.rows[i].back().get(), row, first);
            }
            first += static_cast<int>(kind.rows[i].meta->fields.size());
        }
    });
    return filling;
}

std::map<std::string, AnyObject, std::less<>> contents_of(db::Session& session, Kind const& kind,
                                                          std::span<std::string const> ids) {
    std::map<std::string, AnyObject, std::less<>> found;
    if (ids.empty()) return found;
    std::string marks = "?";
    for (std::size_t i = 1; i < ids.size(); ++i) marks += ", ?";
    std::vector<Value> const parameters{ids.begin(), ids.end()};
    AnyObject one{*kind.content};
    entity::each(session, *kind.content, one.get(), "where id in (" + marks + ")", db::Parameters{parameters},
                 [&] { found.emplace(one.id(), one); });
    return found;
}

void insert_filling(db::Transaction& transaction, Kind const& kind, std::string_view entry_id, Filling& filling) {
    set_text(filling.content, kind.content->key().name, std::string{entry_id});
    entity::insert(transaction, *kind.content, filling.content.get());
    insert_rows(transaction, kind, entry_id, filling);
}

void store_filling(db::Transaction& transaction, Kind const& kind, std::string_view entry_id, Filling& filling) {
    set_text(filling.content, kind.content->key().name, std::string{entry_id});
    entity::update(transaction, *kind.content, filling.content.get());
    for (Rows const& rows : kind.rows)
        transaction.execute("delete from " + rows.meta->table() + " where entry_id = ?", {std::string{entry_id}});
    insert_rows(transaction, kind, entry_id, filling);
}

Filled filled(Kind const& kind, Entry const& entry, Filling const& filling, Date today) {
    return {.title = entry.title,
            .abstract = entry.abstract,
            .meta = kind.content,
            .content = filling.content.get(),
            .rows = filling.rows,
            .today = today};
}

Problems take_typed(Kind const& kind, Entry& entry, Filling& filling, http::Pairs const& typed, Date today) {
    Problems problems = entity::from_form(Entry::meta, &entry, typed);
    append(problems, entity::from_form(*kind.content, filling.content.get(), typed));
    for (std::size_t i = 0; i < kind.rows.size(); ++i)
        if (brings_rows(kind.rows[i], typed)) take_rows(kind.rows[i], filling.rows[i], typed, problems);
    append(problems, entity::validate(Entry::meta, &entry));
    set_text(filling.content, kind.content->key().name, entry.id.text);
    append(problems, entity::validate(*kind.content, filling.content.get()));
    if (kind.check && problems.empty()) append(problems, kind.check(filled(kind, entry, filling, today)));
    return problems;
}

std::vector<Tag> tags_of(Kind const& kind, Entry const& entry, Filling const& filling) {
    std::vector<Tag> tags;
    for (Facet const& facet : kind.facets)
        for (std::string_view const name : facet.fields) {
            FieldMeta const* field = kind.content->find(name);
            SANGU_ASSERT(field);
            Value const value = field->load(filling.content.get());
            if (auto const* yes = std::get_if<bool>(&value)) {
                if (*yes) tags.push_back({std::string{facet.name}, std::string{name}});
            } else if (auto const* text = std::get_if<std::string>(&value); text && !text->empty())
                tags.push_back({std::string{facet.name}, *text});
        }
    // The path of the place names those above it: zone/changsha/changsha_htz.
    for (std::string_view const part : split_text(entry.scope, '/'))
        if (part != "zone" || entry.scope == "zone") tags.push_back({"place", std::string{part}});
    return tags;
}

Completeness completeness_of(Kind const& kind, Filled const& entry) {
    Completeness result{.complete = true};
    std::int64_t all = 0, met = 0;
    for (Hint const& hint : kind.hints) {
        all += hint.weight;
        if (hint.met(entry)) {
            met += hint.weight;
            continue;
        }
        result.complete = result.complete && !hint.required;
        result.missing.push_back(&hint);
    }
    std::ranges::stable_sort(result.missing, std::greater{}, [](Hint const* hint) { return hint->required; });
    result.percent = all == 0 ? 100 : met * 100 / all;
    return result;
}

} // namespace sangu::library
