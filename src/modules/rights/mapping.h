#pragma once

// The language of mappings: one line a field, so that a source's file is taken as it is.
//
//   # everything after "#" is a remark
//   kind = "invention"                            a constant
//   title = Title                                 a column of the file
//   legal_status = Status | values Issued>granted, Application>pending
//   declared_expiry = Expiration | dates mdy ymd | blank 0, 0000-00-00
//   holders = Center                              "name share%; name share%"; also inventors, classes
//
// Pure.

#include "base/result.h"
#include "kernel/http/message.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::rights {

struct FieldRule {
    std::string field;
    std::string column; // empty: the constant
    std::string constant;
    std::map<std::string, std::string> values; // what the file says → what is stored; empty: as it is
    std::vector<std::string> blanks;           // texts that mean "nothing"
    std::vector<std::string> date_orders;      // "mdy", "dmy", "ymd"; empty: no date
};
using FieldRules = std::vector<FieldRule>;

// Problems of field "rules" carry the line: rights.mapping.line, .field, .date_order, .twice.
Result<FieldRules> parse_mapping(std::string_view text);
// One rule a column, for files with our own field names. Unknown columns are problems with their number.
Result<FieldRules> own_columns(std::span<std::string const> header);
// Problems for columns that the header lacks (rights.mapping.column).
Problems check_header(FieldRules const& rules, std::span<std::string const> header);

// A row as name and text of the fields; what it cannot say is a problem (rights.mapping.value, .date).
struct MappedRow {
    http::Pairs fields;
    Problems problems;
};
MappedRow map_row(FieldRules const& rules, std::span<std::string const> header, std::span<std::string const> row);

} // namespace sangu::rights
