#pragma once

// How the columns of a file are understood: which field each one fills and how its values are written. Guessed from the
// names of the columns and from the values, changed by people, remembered by the name of the source.

#include "base/result.h"
#include "kernel/db/db.h"
#include "kernel/entity/meta.h"
#include "kernel/tables/tables.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu::imports {

// What comes first in dates like 03/04/2015. Dates that begin with the year, that name the month or say 年月日 need no
// order.
enum class DateOrder : std::uint8_t { unknown, month_first, day_first };
std::string_view name_of(DateOrder order); // "", "month_first", "day_first"
DateOrder date_order_of(std::string_view name);

struct Column {
    std::string header;
    std::string field; // empty: not imported
    DateOrder order = DateOrder::unknown;
    int shift = 0; // decimal places a number is moved by: 4 for 万元, 8 for 亿元

    bool operator==(Column const&) const = default;
};

struct Mapping {
    std::vector<Column> columns;                                // in the order of the file
    std::vector<std::pair<std::string, std::string>> constants; // field, text: for fields without a column
    bool leave_out_bad = false; // rows with problems are left out; else one such row refuses the whole file

    bool operator==(Mapping const&) const = default;
};

std::string to_json(Mapping const& mapping);
Mapping mapping_from(std::string_view json); // of to_json; empty for anything else

// Fields an import may fill.
bool is_importable(entity::FieldMeta const& field);

// "项目 金额（万元）" → "项目金额": folded, without brackets, blanks and marks; for comparing names of columns.
std::string bare_name(std::string_view header);
// The decimal places named in a header: 4 for 万, 8 for 亿, else 0.
int shift_of(std::string_view header);
// Which field each column means, by field names, labels in every language and data/column-names.tsv. Each field is
// taken by at most one column.
Mapping guess(entity::EntityMeta const& meta, tables::Row const& header);
// The guess, with what `earlier` says about columns of the same name.
Mapping guess(entity::EntityMeta const& meta, tables::Row const& header, Mapping const& earlier);

// Unknown fields, a field filled twice, a required field that nothing fills; Problem::column counts from 1.
Problems check_mapping(entity::EntityMeta const& meta, Mapping const& mapping);

std::optional<Mapping> remembered(db::Session& session, std::string_view resource, std::string_view source);
void remember(db::Transaction& transaction, std::string_view resource, std::string_view source, Mapping const& mapping,
              std::string_view now);

} // namespace sangu::imports
