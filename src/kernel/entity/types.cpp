#include "kernel/entity/types.h"

#include "kernel/db/db.h"

namespace sangu::entity {

namespace {

// Parses the text in `value` and assigns; a text that does not parse leaves the member alone.
template <class T> bool store_parsed(T& member, Value const& value, std::optional<T> (*parse)(std::string_view)) {
    auto const* text = std::get_if<std::string>(&value);
    std::optional<T> const parsed = text ? parse(*text) : std::nullopt;
    if (parsed) member = *parsed;
    return parsed.has_value();
}

// Assigns the text of a column when it parses.
template <class T>
bool read_parsed(T& member, db::Row const& row, int column, std::optional<T> (*parse)(std::string_view)) {
    std::optional<T> const parsed = parse(row.text(column));
    if (parsed) member = *parsed;
    return parsed.has_value();
}

} // namespace

bool detail::is_null(db::Row const& row, int column) { return row.is_null(column); }
std::string_view detail::text_of(db::Row const& row, int column) { return row.text(column); }

Value Type<bool>::load(bool const& member) { return member; }
bool Type<bool>::store(bool& member, Value const& value) {
    if (auto const* flag = std::get_if<bool>(&value)) return member = *flag, true;
    auto const* number = std::get_if<std::int64_t>(&value); // SQLite keeps booleans as 0 and 1
    return number && (*number == 0 || *number == 1) && (member = *number == 1, true);
}
bool Type<bool>::read(bool& member, db::Row const& row, int column) { return member = row.boolean(column), true; }

Value Type<std::int64_t>::load(std::int64_t const& member) { return member; }
bool Type<std::int64_t>::store(std::int64_t& member, Value const& value) {
    auto const* number = std::get_if<std::int64_t>(&value);
    return number && (member = *number, true);
}
bool Type<std::int64_t>::read(std::int64_t& member, db::Row const& row, int column) {
    return member = row.integer(column), true;
}

Value Type<double>::load(double const& member) { return member; }
bool Type<double>::store(double& member, Value const& value) {
    if (auto const* whole = std::get_if<std::int64_t>(&value)) return member = static_cast<double>(*whole), true;
    auto const* number = std::get_if<double>(&value);
    return number && (member = *number, true);
}
bool Type<double>::read(double& member, db::Row const& row, int column) { return member = row.real(column), true; }

Value Type<std::string>::load(std::string const& member) { return member; }
bool Type<std::string>::store(std::string& member, Value const& value) {
    auto const* text = std::get_if<std::string>(&value);
    return text && (member = *text, true);
}
bool Type<std::string>::read(std::string& member, db::Row const& row, int column) {
    return member = row.text(column), true;
}

Value Type<Money>::load(Money const& member) { return member.fen; }
bool Type<Money>::store(Money& member, Value const& value) {
    auto const* fen = std::get_if<std::int64_t>(&value);
    return fen && (member.fen = *fen, true);
}
bool Type<Money>::read(Money& member, db::Row const& row, int column) { return member.fen = row.integer(column), true; }

Value Type<Date>::load(Date const& member) { return to_text(member); }
bool Type<Date>::store(Date& member, Value const& value) { return store_parsed(member, value, parse_date); }
bool Type<Date>::read(Date& member, db::Row const& row, int column) {
    return read_parsed(member, row, column, parse_date);
}

Value Type<Instant>::load(Instant const& member) { return to_text(member); }
bool Type<Instant>::store(Instant& member, Value const& value) { return store_parsed(member, value, parse_instant); }
bool Type<Instant>::read(Instant& member, db::Row const& row, int column) {
    return read_parsed(member, row, column, parse_instant);
}

} // namespace sangu::entity
