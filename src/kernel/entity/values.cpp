#include "base/text.h"
#include "base/time_zone.h"
#include "kernel/entity/derive.h"
#include "kernel/entity/typed.h"

#include <algorithm>
#include <charconv>

namespace sangu::entity {

namespace {

constexpr int significant_digits_max = 15; // what a double keeps of any decimal text, and what spreadsheets keep

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// Full-width digits and signs, as Chinese input methods produce them, in ASCII.
std::string half_width(std::string_view text) {
    std::string result{text};
    for (char digit = 0; digit < 10; ++digit) {
        char const wide[] = {'\xEF', '\xBC', static_cast<char>(0x90 + digit)};
        char const narrow[] = {static_cast<char>('0' + digit)};
        replace_all(result, {wide, 3}, {narrow, 1});
    }
    for (auto const& [wide, narrow] :
         {std::pair{"．", "."}, {"，", ","}, {"－", "-"}, {"−", "-"}, {"／", "/"}, {"：", ":"}})
        replace_all(result, wide, narrow);
    return result;
}

// Removes thousands separators where they stand correctly: "1,234.5". Otherwise they stay, so that parsing fails.
std::string without_grouping(std::string text) {
    std::size_t const whole_end = std::min(text.find_first_of(".eE"), text.size());
    std::size_t const start = text.starts_with('-') ? 1 : 0;
    std::size_t const first = text.find(',');
    if (first == std::string::npos || first == start || first > start + 3) return text;
    for (std::size_t at = first; at < whole_end; at += 4)
        if (text[at] != ',' || at + 4 > whole_end || text.substr(at + 1, 3).find(',') != std::string::npos) return text;
    auto const fraction_comma = text.find(',', whole_end);
    if (fraction_comma == std::string::npos) std::erase(text, ',');
    return text;
}

std::string plain_number(std::string_view typed) { return without_grouping(half_width(typed)); }

// A real number, rounded to 15 significant digits: 0.30000000000000004 in a file was 0.3.
std::optional<double> parse_typed_real(std::string_view typed) {
    std::optional<double> const number = parse_real(plain_number(typed));
    if (!number) return {};
    char buffer[40];
    char const* const end =
        std::to_chars(buffer, buffer + sizeof buffer, *number, std::chars_format::general, significant_digits_max).ptr;
    return parse_real({buffer, end});
}

// "2025-03-31", also "2025-3-31", "2025/3/31", "2025.3.31" and "2025年3月31日".
std::optional<Date> parse_typed_date(std::string_view typed) {
    std::string text = half_width(typed);
    for (char const* mark : {"年", "月", "/", "."}) replace_all(text, mark, "-");
    replace_all(text, "日", "");
    auto const parts = split_text(text, '-');
    if (parts.size() != 3 || parts[0].size() != 4 || parts[1].size() > 2 || parts[2].size() > 2) return {};
    auto const year = parse_integer(parts[0]), month = parse_integer(parts[1]), day = parse_integer(parts[2]);
    if (!year || !month || !day) return {};
    return make_date(static_cast<int>(*year), static_cast<int>(*month), static_cast<int>(*day));
}

// With a zone, or local time as a browser's field and people give it: "2025-03-31T16:00", "2025-03-31 16:00[:30]".
std::optional<Instant> parse_typed_instant(std::string_view typed) {
    std::string text = half_width(typed);
    if (auto const exact = parse_instant(text)) return exact;
    std::size_t const gap = text.find_first_of("T ");
    auto const date = parse_typed_date(std::string_view{text}.substr(0, gap));
    if (!date || gap == std::string::npos) return {};
    std::string const clock = text.substr(gap + 1);
    auto const as_utc = parse_instant(to_text(*date) + "T" + clock + "Z");
    if (!as_utc) return {};
    // The zone's offset near that moment; summer time changes at night, so midnight's offset is checked once more.
    Instant moment = *as_utc;
    for (int round = 0; round < 2; ++round) {
        LocalTime const shown = local(moment);
        Instant const shown_as_utc{((shown.date.days * 24LL + shown.hour) * 60 + shown.minute) * 60'000 +
                                   shown.second * 1000LL + (moment.ms % 1000 + 1000) % 1000};
        moment.ms += as_utc->ms - shown_as_utc.ms;
    }
    return moment;
}

std::optional<bool> parse_typed_boolean(std::string_view typed) {
    std::string const text = to_lower_ascii(typed);
    for (std::string_view yes : {"true", "on", "1", "yes", "是"})
        if (text == yes) return true;
    for (std::string_view no : {"false", "off", "0", "no", "否"})
        if (text == no) return false;
    return {};
}

template <class T> Value value_of(std::optional<T> const& parsed) {
    if (!parsed) return {};
    if constexpr (std::is_same_v<T, Money>)
        return parsed->fen;
    else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, Instant>)
        return to_text(*parsed);
    else
        return *parsed;
}

Value parse_typed(FieldMeta const& field, std::string_view text) {
    switch (field.type->kind) {
    case Kind::boolean: return value_of(parse_typed_boolean(text));
    case Kind::integer: return value_of(parse_integer(plain_number(text)));
    case Kind::real: return value_of(parse_typed_real(text));
    case Kind::money: return value_of(parse_money(plain_number(text)));
    case Kind::date: return value_of(parse_typed_date(text));
    case Kind::instant: return value_of(parse_typed_instant(text));
    case Kind::id: return is_id(text) ? Value{std::string{text}} : Value{};
    case Kind::choice:
        return std::ranges::find(field.type->choices, text, &Choice::name) != field.type->choices.end()
                   ? Value{std::string{text}}
                   : Value{};
    case Kind::text: return std::string{text};
    }
    return {};
}

} // namespace

std::string_view wrong_kind_key(Kind kind) {
    switch (kind) {
    case Kind::boolean: return "error.not_yes_no";
    case Kind::integer:
    case Kind::real: return "error.not_a_number";
    case Kind::money: return "error.not_an_amount";
    case Kind::date: return "error.not_a_date";
    case Kind::instant: return "error.not_a_time";
    case Kind::id: return "error.not_an_id";
    case Kind::choice: return "error.not_a_choice";
    case Kind::text: return "error.not_a_text";
    }
    return "error.invalid";
}

std::string to_plain_text(FieldMeta const& field, Value const& value) {
    if (auto const* text = std::get_if<std::string>(&value)) return *text;
    if (auto const* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (auto const* number = std::get_if<double>(&value)) return to_text(*number);
    if (auto const* number = std::get_if<std::int64_t>(&value))
        return field.type->kind == Kind::money ? to_text(Money{*number}) : std::to_string(*number);
    return {};
}

ParsedText from_plain_text(FieldMeta const& field, std::string_view text) {
    text = trim(text);
    Kind const kind = field.type->kind;
    if (text.empty()) {
        if (field.type->optional) return {};
        if (kind == Kind::text) return {std::string{}};
        return {{}, "error.required"};
    }
    Value value = parse_typed(field, text);
    if (is_null(value)) return {{}, wrong_kind_key(kind)};
    return {std::move(value)};
}

void store_typed(FieldMeta const& field, void* object, std::string_view text, Problems& problems) {
    ParsedText const parsed = from_plain_text(field, text);
    if (!parsed.problem.empty())
        problems.push_back(problem_of(field, parsed.problem));
    else if (!field.store(object, parsed.value))
        problems.push_back(problem_of(field, wrong_kind_key(field.type->kind)));
}

Problem problem_of(FieldMeta const& field, std::string_view key, std::vector<std::string> arguments) {
    return {std::string{field.name}, std::string{key}, std::move(arguments)};
}

} // namespace sangu::entity
