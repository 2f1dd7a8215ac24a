#include "kernel/entity/types.h"

namespace sangu::entity {

namespace {

// Parses the text in `value` and assigns; a text that does not parse leaves the member alone.
template <class T> bool store_parsed(T& member, Value const& value, std::optional<T> (*parse)(std::string_view)) {
    auto const* text = std::get_if<std::string>(&value);
    std::optional<T> const parsed = text ? parse(*text) : std::nullopt;
    if (parsed) member = *parsed;
    return parsed.has_value();
}

} // namespace

Value Type<bool>::load(bool const& member) { return member; }
bool Type<bool>::store(bool& member, Value const& value) {
    if (auto const* flag = std::get_if<bool>(&value)) return member = *flag, true;
    auto const* number = std::get_if<std::int64_t>(&value); // SQLite keeps booleans as 0 and 1
    return number && (*number == 0 || *number == 1) && (member = *number == 1, true);
}

Value Type<std::int64_t>::load(std::int64_t const& member) { return member; }
bool Type<std::int64_t>::store(std::int64_t& member, Value const& value) {
    auto const* number = std::get_if<std::int64_t>(&value);
    return number && (member = *number, true);
}

Value Type<double>::load(double const& member) { return member; }
bool Type<double>::store(double& member, Value const& value) {
    if (auto const* whole = std::get_if<std::int64_t>(&value)) return member = static_cast<double>(*whole), true;
    auto const* number = std::get_if<double>(&value);
    return number && (member = *number, true);
}

Value Type<std::string>::load(std::string const& member) { return member; }
bool Type<std::string>::store(std::string& member, Value const& value) {
    auto const* text = std::get_if<std::string>(&value);
    return text && (member = *text, true);
}

Value Type<Money>::load(Money const& member) { return member.fen; }
bool Type<Money>::store(Money& member, Value const& value) {
    auto const* fen = std::get_if<std::int64_t>(&value);
    return fen && (member.fen = *fen, true);
}

Value Type<Date>::load(Date const& member) { return to_text(member); }
bool Type<Date>::store(Date& member, Value const& value) { return store_parsed(member, value, parse_date); }

Value Type<Instant>::load(Instant const& member) { return to_text(member); }
bool Type<Instant>::store(Instant& member, Value const& value) { return store_parsed(member, value, parse_instant); }

} // namespace sangu::entity
