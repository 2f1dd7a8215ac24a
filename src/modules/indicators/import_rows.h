#pragma once

// The rows of one file on their way into the database. Used by import.cpp only.

#include "modules/indicators/checks.h"
#include "modules/indicators/import.h"

namespace sangu::indicators::detail {

// The columns of a file, resolved once, and the problems found so far.
class Sheet {
public:
    Sheet(entity::EntityMeta const& meta, tables::Reader& reader, ImportReport& report)
        : meta_{meta}, reader_{reader}, report_{report} {}

    // Reads the header; false and a problem when a column is unknown, doubled or a required one is missing.
    bool read_header();
    // The next row into `object` (freshly reset by the caller); false at the end of the file. A row with problems sets
    // row_is_good() to false. Blank cells leave the member as it is unless it is required.
    bool next(void* object);
    bool row_is_good() const { return good_; }
    // Takes what the file has columns for from one object into another: an update leaves the rest as it is.
    void take_columns(void const* from, void* into) const;
    std::int64_t line() const { return line_; }
    // Adds problems of the current row, with line and, where the field has one, column.
    void report(Problems problems);

private:
    entity::EntityMeta const& meta_;
    tables::Reader& reader_;
    ImportReport& report_;
    std::vector<entity::FieldMeta const*> columns_; // null: read-only, ignored
    tables::Row row_;
    std::int64_t line_ = 0;
    bool good_ = true;
};

// Upserts by natural key; audits each change of an existing row.
void import_sources(Change& change, tables::Reader& reader, ImportReport& report);
void import_indicators(Change& change, tables::Reader& reader, ImportReport& report);
void import_targets(Change& change, tables::Reader& reader, ImportReport& report);
// Always new rows, through the database's bulk way.
void import_observations(Context& context, Change& change, tables::Reader& reader, ImportReport& report);
// Which rows of the file are doubled in it or stored already: the report after a unique constraint refused them.
void find_doubled(Context& context, tables::Reader& reader, ImportReport& report);

} // namespace sangu::indicators::detail
