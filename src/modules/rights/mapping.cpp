#include "modules/rights/mapping.h"

#include "base/text.h"
#include "base/time.h"
#include "modules/rights/entities.h"

#include <algorithm>

namespace sangu::rights {

namespace {

constexpr std::string_view part_fields[] = {"holders", "inventors", "classes"};

bool is_part(std::string_view name) { return std::ranges::find(part_fields, name) != std::end(part_fields); }

bool is_target(std::string_view name) {
    if (is_part(name)) return true;
    entity::FieldMeta const* field = Right::meta.find(name);
    return field && !field->read_only && !field->version && !field->key;
}

std::vector<std::string> words_of(std::string_view text, char separator) {
    std::vector<std::string> words;
    for (std::string_view const part : split_text(text, separator))
        if (auto const word = trim(part); !word.empty()) words.emplace_back(word);
    return words;
}

Problem at_line(std::string_view key, std::int64_t line, std::string argument) {
    return {"rules", std::string{key}, {std::to_string(line), std::move(argument)}};
}

// One option after "|"; false when it is none.
bool read_option(FieldRule& rule, std::string_view option) {
    std::size_t const blank = option.find(' ');
    std::string_view const word = option.substr(0, blank);
    std::string_view const rest = blank == std::string_view::npos ? "" : trim(option.substr(blank + 1));
    if (word == "dates") {
        rule.date_orders = words_of(rest, ' ');
        return !rule.date_orders.empty() && std::ranges::all_of(rule.date_orders, [](std::string const& order) {
            return order == "mdy" || order == "dmy" || order == "ymd";
        });
    }
    if (word == "blank") {
        rule.blanks = words_of(rest, ',');
        return !rule.blanks.empty();
    }
    if (word != "values") return false;
    for (std::string const& pair : words_of(rest, ',')) {
        std::size_t const arrow = pair.find('>');
        if (arrow == std::string::npos) return false;
        rule.values.emplace(trim(std::string_view{pair}.substr(0, arrow)),
                            trim(std::string_view{pair}.substr(arrow + 1)));
    }
    return !rule.values.empty();
}

// Numbers of a date in any of the usual separators; nothing unless there are exactly three.
std::optional<Date> read_date(std::string_view text, std::string_view order) {
    std::vector<int> numbers;
    int number = -1;
    for (char const c : text) {
        if (c >= '0' && c <= '9') {
            number = (number < 0 ? 0 : number) * 10 + (c - '0');
            if (number > 9999) return {};
        } else if (c == '/' || c == '-' || c == '.') {
            if (number < 0) return {};
            numbers.push_back(number);
            number = -1;
        } else {
            return {};
        }
    }
    if (number < 0) return {};
    numbers.push_back(number);
    if (numbers.size() != 3) return {};
    std::size_t const year = order.find('y'), month = order.find('m'), day = order.find('d');
    if (numbers[year] < 1000) return {};
    return make_date(numbers[year], numbers[month], numbers[day]);
}

// Line ends and other control characters inside a cell become blanks.
std::string tidy_cell(std::string_view cell) {
    std::string text;
    for (char const c : cell) text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return std::string{trim(text)};
}

void map_cell(FieldRule const& rule, std::string text, std::int64_t column, MappedRow& mapped) {
    if (std::ranges::find(rule.blanks, text) != rule.blanks.end()) text.clear();
    if (!text.empty() && !rule.values.empty()) {
        auto const found = rule.values.find(text);
        if (found == rule.values.end()) {
            mapped.problems.push_back({rule.field, "rights.mapping.value", {shorten(text, 40)}, 0, column});
            return;
        }
        text = found->second;
    }
    if (!text.empty() && !rule.date_orders.empty()) {
        std::optional<Date> date;
        for (std::string const& order : rule.date_orders)
            if (!date) date = read_date(text, order);
        if (!date) {
            mapped.problems.push_back({rule.field, "rights.mapping.date", {shorten(text, 40)}, 0, column});
            return;
        }
        text = to_text(*date);
    }
    mapped.fields.emplace_back(rule.field, std::move(text));
}

} // namespace

Result<FieldRules> parse_mapping(std::string_view text) {
    FieldRules rules;
    Problems problems;
    std::int64_t number = 0;
    for (std::string_view line : split_text(text, '\n')) {
        ++number;
        line = trim(line.substr(0, line.find('#')));
        if (line.empty()) continue;
        std::size_t const equals = line.find('=');
        if (equals == std::string_view::npos) {
            problems.push_back(at_line("rights.mapping.line", number, shorten(line, 40)));
            continue;
        }
        FieldRule rule{.field = std::string{trim(line.substr(0, equals))}};
        auto const options = split_text(line.substr(equals + 1), '|');
        std::string_view const source = options.empty() ? "" : trim(options.front());
        if (source.size() >= 2 && source.starts_with('"') && source.ends_with('"'))
            rule.constant = source.substr(1, source.size() - 2);
        else
            rule.column = source;
        if (!is_target(rule.field)) problems.push_back(at_line("rights.mapping.field", number, rule.field));
        if (std::ranges::find(rules, rule.field, &FieldRule::field) != rules.end())
            problems.push_back(at_line("rights.mapping.twice", number, rule.field));
        for (std::size_t i = 1; i < options.size(); ++i)
            if (!read_option(rule, trim(options[i])))
                problems.push_back(at_line("rights.mapping.line", number, std::string{trim(options[i])}));
        if (rule.column.empty() && rule.constant.empty())
            problems.push_back(at_line("rights.mapping.line", number, shorten(line, 40)));
        rules.push_back(std::move(rule));
    }
    if (rules.empty() && problems.empty()) problems.push_back(at_line("rights.mapping.line", 1, {}));
    if (!problems.empty()) return refuse(std::move(problems));
    return rules;
}

Result<FieldRules> own_columns(std::span<std::string const> header) {
    FieldRules rules;
    Problems problems;
    std::int64_t column = 0;
    for (std::string const& name : header) {
        ++column;
        std::string const tidied = tidy_cell(name);
        if (!is_target(tidied))
            problems.push_back({"", "rights.mapping.unknown_column", {shorten(tidied, 40)}, 1, column});
        else
            rules.push_back({.field = tidied, .column = name});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return rules;
}

Problems check_header(FieldRules const& rules, std::span<std::string const> header) {
    Problems problems;
    for (FieldRule const& rule : rules)
        if (!rule.column.empty() && std::ranges::find(header, rule.column) == header.end())
            problems.push_back({rule.field, "rights.mapping.column", {rule.column}, 1, 0});
    return problems;
}

MappedRow map_row(FieldRules const& rules, std::span<std::string const> header, std::span<std::string const> row) {
    MappedRow mapped;
    for (FieldRule const& rule : rules) {
        if (rule.column.empty()) {
            mapped.fields.emplace_back(rule.field, rule.constant);
            continue;
        }
        auto const at = std::ranges::find(header, rule.column) - header.begin();
        std::string_view const cell =
            static_cast<std::size_t>(at) < row.size() ? std::string_view{row[static_cast<std::size_t>(at)]} : "";
        bool const lines_matter = is_part(rule.field) || rule.field == "summary";
        map_cell(rule, lines_matter ? std::string{trim(cell)} : tidy_cell(cell), at + 1, mapped);
    }
    return mapped;
}

} // namespace sangu::rights
