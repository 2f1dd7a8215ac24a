#include "kernel/search/text/quantity.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <vector>

namespace sangu::search {
namespace {

struct Unit {
    std::string_view written; // normalised
    std::string_view base;
    double factor;
};

// Units of the SI and those that stand beside it in Chinese technical and business texts (GB 3100, GB 3101).
constexpr Unit units[] = {
    {"w", "W", 1},           {"kw", "W", 1e3},        {"gw", "W", 1e9},
    {"瓦", "W", 1},          {"千瓦", "W", 1e3},      {"万千瓦", "W", 1e7},
    {"兆瓦", "W", 1e6},      {"吉瓦", "W", 1e9},      {"kwh", "kWh", 1},
    {"千瓦时", "kWh", 1},    {"wh", "kWh", 1e-3},     {"mwh", "kWh", 1e3},
    {"gwh", "kWh", 1e6},     {"兆瓦时", "kWh", 1e3},  {"万千瓦时", "kWh", 1e4},
    {"v", "V", 1},           {"kv", "V", 1e3},        {"mv", "V", 1e-3},
    {"伏", "V", 1},          {"千伏", "V", 1e3},      {"毫伏", "V", 1e-3},
    {"ma", "A", 1e-3},       {"安", "A", 1},          {"毫安", "A", 1e-3},
    {"ah", "Ah", 1},         {"mah", "Ah", 1e-3},     {"毫安时", "Ah", 1e-3},
    {"安时", "Ah", 1},       {"hz", "Hz", 1},         {"khz", "Hz", 1e3},
    {"ghz", "Hz", 1e9},      {"赫兹", "Hz", 1},       {"千赫", "Hz", 1e3},
    {"兆赫", "Hz", 1e6},     {"吉赫", "Hz", 1e9},     {"pa", "Pa", 1},
    {"kpa", "Pa", 1e3},      {"gpa", "Pa", 1e9},      {"帕", "Pa", 1},
    {"千帕", "Pa", 1e3},     {"兆帕", "Pa", 1e6},     {"吉帕", "Pa", 1e9},
    {"bar", "Pa", 1e5},      {"m", "m", 1},           {"km", "m", 1e3},
    {"cm", "m", 1e-2},       {"mm", "m", 1e-3},       {"μm", "m", 1e-6},
    {"um", "m", 1e-6},       {"nm", "m", 1e-9},       {"米", "m", 1},
    {"千米", "m", 1e3},      {"公里", "m", 1e3},      {"厘米", "m", 1e-2},
    {"毫米", "m", 1e-3},     {"微米", "m", 1e-6},     {"纳米", "m", 1e-9},
    {"m2", "m2", 1},         {"km2", "m2", 1e6},      {"平方米", "m2", 1},
    {"平方公里", "m2", 1e6}, {"万平方米", "m2", 1e4}, {"公顷", "m2", 1e4},
    {"m3", "m3", 1},         {"立方米", "m3", 1},     {"l", "L", 1},
    {"ml", "L", 1e-3},       {"μl", "L", 1e-6},       {"升", "L", 1},
    {"毫升", "L", 1e-3},     {"g", "kg", 1e-3},       {"mg", "kg", 1e-6},
    {"μg", "kg", 1e-9},      {"kg", "kg", 1},         {"t", "kg", 1e3},
    {"克", "kg", 1e-3},      {"毫克", "kg", 1e-6},    {"微克", "kg", 1e-9},
    {"千克", "kg", 1},       {"公斤", "kg", 1},       {"吨", "kg", 1e3},
    {"万吨", "kg", 1e7},     {"s", "s", 1},           {"ms", "s", 1e-3},
    {"μs", "s", 1e-6},       {"ns", "s", 1e-9},       {"秒", "s", 1},
    {"毫秒", "s", 1e-3},     {"微秒", "s", 1e-6},     {"min", "s", 60},
    {"分钟", "s", 60},       {"h", "s", 3600},        {"小时", "s", 3600},
    {"°c", "°C", 1},         {"摄氏度", "°C", 1},     {"k", "K", 1},
    {"%", "%", 1},           {"n", "N", 1},           {"kn", "N", 1e3},
    {"千牛", "N", 1e3},      {"nm2", "m2", 1e-18},    {"rpm", "rpm", 1},
    {"r/min", "rpm", 1},     {"转/分", "rpm", 1},     {"转每分钟", "rpm", 1},
    {"bit", "bit", 1},       {"kb", "B", 1e3},        {"mb", "B", 1e6},
    {"gb", "B", 1e9},        {"tb", "B", 1e12},       {"元", "CNY", 1},
    {"万元", "CNY", 1e4},    {"百万元", "CNY", 1e6},  {"亿元", "CNY", 1e8},
    {"rmb", "CNY", 1},       {"dpi", "dpi", 1},       {"db", "dB", 1},
    {"分贝", "dB", 1},       {"ppm", "ppm", 1},       {"mol", "mol", 1},
    {"mmol", "mol", 1e-3},   {"ω", "Ω", 1},           {"kω", "Ω", 1e3},
    {"欧姆", "Ω", 1},        {"kn/m", "N/m", 1e3},    {"km/h", "m/s", 1 / 3.6},
    {"m/s", "m/s", 1},
};

// Written alike but for the case of the m: "mW" is a thousandth, "MW" and the careless "mw" a million.
struct MegaOrMilli {
    std::string_view written;
    std::string_view base;
};
constexpr MegaOrMilli mega_or_milli[] = {{"mw", "W"}, {"mpa", "Pa"}, {"mhz", "Hz"}, {"mn", "N"}, {"mω", "Ω"}};

constexpr std::size_t unit_characters_max = 5;
constexpr std::uint32_t number_characters_max = 30;

bool is_digit(char32_t code) { return code >= '0' && code <= '9'; }

// The characters of the number, without grouping; the length that was read.
std::uint32_t read_number(std::span<Character const> text, std::string& number) {
    std::uint32_t at = 0;
    bool has_point = false;
    auto const digit_at = [&](std::uint32_t place) { return place < text.size() && is_digit(text[place].code); };
    while (at < text.size() && at < number_characters_max) {
        char32_t const code = text[at].code;
        if (is_digit(code)) {
            number += static_cast<char>(code);
            ++at;
        } else if (code == '.' && !has_point && digit_at(at + 1)) {
            number += '.';
            has_point = true;
            ++at;
        } else if (code == ',' && !has_point && digit_at(at + 1) && digit_at(at + 2) && digit_at(at + 3) &&
                   !digit_at(at + 4)) {
            ++at;
        } else {
            break;
        }
    }
    return at;
}

double decimal_multiple(char32_t code) {
    switch (code) {
    case U'万': return 1e4;
    case U'亿': return 1e8;
    default: return 0;
    }
}

bool continues_word(std::span<Character const> text, std::uint32_t at) {
    if (at == 0 || at >= text.size()) return false;
    auto const is_latin = [](char32_t code) {
        Script const script = script_of(code);
        return script == Script::letter || script == Script::digit || script == Script::mark;
    };
    return is_latin(text[at - 1].code) && is_latin(text[at].code);
}

struct Found {
    std::string_view base;
    double factor = 1;
    std::uint32_t length = 0;
};

// "5G" is no mass and "4T" no weight: the units that are one small letter are not written large.
bool is_wrongly_large(Character const& first, std::uint32_t length) {
    return length == 1 && first.was_capital &&
           std::string_view{"gmtsh"}.find(static_cast<char>(first.code)) != std::string_view::npos;
}

void consider(Found& found, std::span<Character const> text, std::string_view written, std::uint32_t length,
              std::string_view base, double factor, std::string_view spelled) {
    if (spelled != written || length <= found.length || continues_word(text, length)) return;
    if (is_wrongly_large(text[0], length)) return;
    found = {base, factor, length};
}

Found unit_at(std::span<Character const> text) {
    Found found;
    std::string spelled;
    bool has_capital = false;
    for (std::uint32_t length = 1; length <= unit_characters_max && length <= text.size(); ++length) {
        append_utf8(spelled, text[length - 1].code);
        has_capital = has_capital || text[length - 1].was_capital;
        for (Unit const& unit : units) consider(found, text, unit.written, length, unit.base, unit.factor, spelled);
        for (auto const& [written, base] : mega_or_milli)
            consider(found, text, written, length, base, has_capital && !text[0].was_capital ? 1e-3 : 1e6, spelled);
    }
    return found;
}

std::string shortest(double value) {
    char text[40];
    int const size = std::snprintf(text, sizeof text, "%.6g", value);
    return {text, static_cast<std::size_t>(size)};
}

} // namespace

std::string Quantity::term() const { return unit.empty() ? number_term() : shortest(number * factor) + ' ' + unit; }
std::string Quantity::number_term() const { return shortest(number); }

std::optional<Quantity> quantity_at(std::span<Character const> text) {
    if (text.empty() || !is_digit(text[0].code)) return std::nullopt;
    std::string digits;
    Quantity quantity;
    quantity.number_length = read_number(text, digits);
    std::from_chars(digits.data(), digits.data() + digits.size(), quantity.number);
    quantity.length = quantity.number_length;
    auto rest = text.subspan(quantity.number_length);
    if (rest.empty()) return quantity;
    std::uint32_t const gap = rest[0].code == ' ' ? 1 : 0;
    rest = rest.subspan(gap);
    Found found = unit_at(rest);
    if (found.length == 0 && gap == 0 && !rest.empty() && decimal_multiple(rest[0].code) > 0) {
        quantity.number *= decimal_multiple(rest[0].code);
        quantity.number_length = quantity.length = quantity.number_length + 1;
        found = unit_at(rest.subspan(1));
    }
    if (found.length > 0) {
        quantity.unit = found.base;
        quantity.factor = found.factor;
        quantity.length += gap + found.length;
    }
    return quantity;
}

} // namespace sangu::search
