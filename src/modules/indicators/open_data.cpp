#include "modules/indicators/open_data.h"

#include "kernel/entity/any_object.h"
#include "kernel/entity/store.h"
#include "modules/indicators/entities.h"

#include <algorithm>
#include <array>

namespace sangu::indicators {

namespace {

constexpr std::array<OpenTable, 4> tables{{{"indicators", &Indicator::meta, ""},
                                           {"targets", &Target::meta, ""},
                                           {"observations", &Observation::meta, "state = 'published'"},
                                           {"sources", &Source::meta, ""}}};

bool is_internal(entity::FieldMeta const& field) {
    static constexpr std::array<std::string_view, 8> names{"state",           "entered_by",      "approved_by",
                                                           "import_id",       "entered_at",      "revision",
                                                           "entered_by_name", "approved_by_name"};
    return field.key || field.version || field.hidden || std::ranges::find(names, field.name) != names.end();
}

} // namespace

std::span<OpenTable const> open_tables() { return tables; }

OpenTable const* find_open_table(std::string_view name) {
    auto const found = std::ranges::find(tables, name, &OpenTable::name);
    return found == tables.end() ? nullptr : &*found;
}

std::vector<entity::FieldMeta const*> open_columns(entity::EntityMeta const& meta) {
    std::vector<entity::FieldMeta const*> result;
    for (entity::FieldMeta const& field : meta.fields)
        if (!is_internal(field)) result.push_back(&field);
    return result;
}

OpenRows::OpenRows(OpenTable const& table, OpenFilter filter, std::string after)
    : table_{table}, filter_{std::move(filter)}, after_{std::move(after)} {}

bool OpenRows::next(db::Session& session, int limit, FunctionRef<void(void const*)> row) {
    std::string tail = "where id > ?";
    std::vector<Value> parameters{after_};
    auto const add = [&](std::string_view condition, std::string value) {
        tail.append(" and ").append(condition);
        parameters.emplace_back(std::move(value));
    };
    if (!table_.condition.empty()) tail.append(" and ").append(table_.condition);
    if (!filter_.indicator.empty()) add("indicator = ?", filter_.indicator);
    if (!filter_.place.empty()) add("place = ?", filter_.place);
    if (!filter_.period.empty()) add("period = ?", filter_.period);
    if (filter_.on) add("known_on <= ?", to_text(*filter_.on));
    tail += " order by id limit ?";
    parameters.emplace_back(std::int64_t{limit});
    entity::AnyObject object{*table_.meta};
    int count = 0;
    entity::each(session, *table_.meta, object.get(), tail, db::Parameters{parameters}, [&] {
        ++count;
        after_ = object.id();
        row(object.get());
    });
    return count == limit;
}

} // namespace sangu::indicators
