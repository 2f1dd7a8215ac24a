#pragma once

// Published tables as files: the same columns the importer reads, and a dictionary made from the descriptions.

#include "kernel/context.h"
#include "kernel/entity/entity.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::indicators {

struct OpenTable {
    std::string_view name; // "observations": in addresses and file names
    entity::EntityMeta const* meta;
    std::string_view condition; // what of the table is public
};
std::span<OpenTable const> open_tables();
OpenTable const* find_open_table(std::string_view name);

// Columns of the files: everything but ids, versions and accounts.
std::vector<entity::FieldMeta const*> open_columns(entity::EntityMeta const& meta);

// What a reader asked for of the observations; empty members do not filter.
struct OpenFilter {
    std::string indicator, place, period;
    std::optional<Date> on;
};

// Reads the rows of a table page by page in the order of their ids, so that memory stays bounded.
class OpenRows {
public:
    OpenRows(OpenTable const& table, OpenFilter filter, std::string after = {});
    // The next rows, at most `limit`; `row` gets each object (of the table's entity). False when there are no more.
    bool next(db::Session& session, int limit, FunctionRef<void(void const* object)> row);
    std::string const& after() const { return after_; } // id of the last row given

private:
    OpenTable const& table_;
    OpenFilter filter_;
    std::string after_;
};

} // namespace sangu::indicators
