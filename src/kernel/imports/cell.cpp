#include "kernel/imports/cell.h"

#include "base/text.h"
#include "base/time_zone.h"
#include "kernel/i18n/i18n.h"
#include "kernel/imports/dates.h"

#include <algorithm>

namespace sangu::imports {

using entity::Kind;

namespace {

struct Unit {
    std::string_view text;
    int shift;
};
// Longest first.
constexpr Unit units[] = {{"亿元", 8}, {"億元", 8}, {"万元", 4}, {"萬元", 4}, {"亿", 8},
                          {"億", 8},   {"万", 4},   {"萬", 4},   {"元", 0},   {"¥", 0}};

} // namespace

std::string shifted_number(std::string_view text, int shift) {
    text = trim(text);
    for (std::string_view const mark : {"¥", "￥"})
        if (text.starts_with(mark)) text = trim(text.substr(mark.size()));
    for (Unit const& unit : units)
        if (text.ends_with(unit.text)) {
            text = trim(text.substr(0, text.size() - unit.text.size()));
            shift = unit.shift;
            break;
        }
    std::string number{text};
    if (shift == 0 || number.find_first_of("eE") != std::string::npos) return number;
    // Only separators that stand correctly go; a wrong one must stay for the parser to refuse.
    std::size_t const whole_end = std::min(number.find('.'), number.size());
    std::string whole = number.substr(0, whole_end), fraction = number.substr(std::min(whole_end + 1, number.size()));
    if (fraction.find_first_not_of("0123456789") != std::string::npos) return number;
    std::size_t const comma = whole.find(',');
    if (comma != std::string::npos) {
        for (std::size_t at = whole.size(); at > comma + 4; at -= 4)
            if (whole[at - 4] != ',') return number;
        if (whole.size() - comma < 4 || (whole.size() - comma) % 4 != 0) return number;
        std::erase(whole, ',');
    }
    while (shift-- > 0) {
        whole += fraction.empty() ? '0' : fraction[0];
        if (!fraction.empty()) fraction.erase(0, 1);
    }
    return fraction.empty() ? whole : whole + "." + fraction;
}

CellReader::CellReader(entity::EntityMeta const& meta, entity::FieldMeta const& field, Column const& column)
    : field_{&field}, order_{column.order}, shift_{column.shift} {
    std::string const key = std::string{meta.name} + "." + std::string{field.name} + ".";
    for (Choice const& choice : field.type->choices)
        for (i18n::Language const language : i18n::languages)
            labels_.emplace(i18n::fold(i18n::message(language, key + std::string{choice.name})), choice.name);
    for (Choice const& choice : field.type->choices) labels_[std::string{choice.name}] = choice.name;
}

entity::ParsedText CellReader::read_date(std::string_view cell) const {
    auto const date = parse_file_date(cell, order_);
    if (!date) {
        bool const needs_order = order_ == DateOrder::unknown && two_numbers(cell);
        if (needs_order) return {{}, "error.import.date_order"};
        return {{}, field_->type->kind == Kind::date ? "error.not_a_date" : "error.not_a_time"};
    }
    if (field_->type->kind == Kind::date) return {Value{to_text(*date)}};
    return {Value{to_text(start_of(*date))}};
}

entity::ParsedText CellReader::read(std::string_view cell) const {
    cell = trim(cell);
    if (cell.empty()) return entity::from_plain_text(*field_, cell);
    switch (field_->type->kind) {
    case Kind::choice: {
        auto found = labels_.find(std::string{cell});
        if (found == labels_.end()) found = labels_.find(i18n::fold(cell));
        return found == labels_.end() ? entity::ParsedText{{}, "error.not_a_choice"}
                                      : entity::ParsedText{Value{found->second}};
    }
    case Kind::integer:
    case Kind::real:
    case Kind::money: return entity::from_plain_text(*field_, shifted_number(cell, shift_));
    case Kind::date: return read_date(cell);
    case Kind::instant: {
        auto const exact = entity::from_plain_text(*field_, cell);
        return exact.problem.empty() ? exact : read_date(cell);
    }
    case Kind::id: return {Value{std::string{cell}}};
    case Kind::boolean:
    case Kind::text: return entity::from_plain_text(*field_, cell);
    }
    return entity::from_plain_text(*field_, cell);
}

} // namespace sangu::imports
