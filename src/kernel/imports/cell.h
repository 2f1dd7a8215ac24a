#pragma once

// One column of a file on its way into a field: what a cell says, in the forms that files use.

#include "kernel/entity/derive.h"
#include "kernel/imports/mapping.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace sangu::imports {

// "1,234.5万元" moved by `shift` decimal places, exactly: "12345000" for 4 and a unit in the cell wins over `shift`.
// Nothing for what is not a number.
std::string shifted_number(std::string_view text, int shift);

class CellReader {
public:
    CellReader(entity::EntityMeta const& meta, entity::FieldMeta const& field, Column const& column);

    // Like entity::from_plain_text, and besides: choices by their labels in every language, dates of several forms,
    // numbers with units. References are left to References; their cell comes back as text.
    entity::ParsedText read(std::string_view cell) const;

private:
    entity::ParsedText read_date(std::string_view cell) const;

    entity::FieldMeta const* field_;
    DateOrder order_;
    int shift_;
    std::unordered_map<std::string, std::string> labels_; // folded label → name of the choice
};

} // namespace sangu::imports
