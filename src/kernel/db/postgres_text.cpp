#include "kernel/db/postgres_text.h"

#include "base/text.h"
#include "kernel/db/sql_tokens.h"

#include <charconv>

namespace sangu::db {

namespace {

// Object identifiers of built-in types (src/include/catalog/pg_type.dat); they never change.
enum : Oid {
    oid_bool = 16,
    oid_bytea = 17,
    oid_int8 = 20,
    oid_int2 = 21,
    oid_int4 = 23,
    oid_float4 = 700,
    oid_float8 = 701,
    oid_timestamptz = 1184,
    oid_numeric = 1700
};

// "2025-03-31 08:00:00.123456+00" (the session's zone is UTC) → "2025-03-31T08:00:00.123Z".
std::string to_instant(std::string_view text) {
    if (text.size() < 19 || text[4] != '-' || !text.ends_with("+00")) return std::string{text};
    std::string fraction = "000";
    if (text[19] == '.')
        for (std::size_t i = 0; i < 3 && text[20 + i] >= '0' && text[20 + i] <= '9'; ++i) fraction[i] = text[20 + i];
    return std::string{text.substr(0, 10)} + "T" + std::string{text.substr(11, 8)} + "." + fraction + "Z";
}

// "\x00ff" → the bytes.
std::string to_bytes(std::string_view text) {
    auto bytes = from_hex(text.substr(std::min<std::size_t>(2, text.size())));
    if (!bytes) throw Fault{"unexpected form of bytea"};
    return *std::move(bytes);
}

} // namespace

std::string number_marks(std::string_view sql) {
    std::string out;
    out.reserve(sql.size() + 16);
    for (int n = 0; !sql.empty();) {
        auto const token = take_token(sql);
        if (token.kind == TokenKind::symbol && token.text == "?")
            out += "$" + std::to_string(++n);
        else
            out += token.text;
    }
    return out;
}

PostgresParameters::PostgresParameters(Parameters values)
    : texts_(values.size()), lengths_(values.size()), formats_(values.size()), numbers_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const number = [&](auto value) {
            auto& buffer = numbers_[i];
            *std::to_chars(buffer.data(), buffer.data() + buffer.size() - 1, value).ptr = '\0';
            texts_[i] = buffer.data();
        };
        if (auto const* const flag = std::get_if<bool>(&values[i])) texts_[i] = *flag ? "true" : "false";
        if (auto const* const integer = std::get_if<std::int64_t>(&values[i])) number(*integer);
        if (auto const* const real = std::get_if<double>(&values[i])) number(*real);
        if (auto const* const text = std::get_if<std::string>(&values[i])) {
            if (text->find('\0') != std::string::npos) throw Fault{"text with a zero byte cannot be stored"};
            texts_[i] = text->c_str();
        }
        if (auto const* const bytes = std::get_if<Bytes>(&values[i])) {
            texts_[i] = bytes->data.data();
            lengths_[i] = static_cast<int>(bytes->data.size());
            formats_[i] = 1;
        }
    }
}

void append_copy_text(std::string& out, Value const& value) {
    if (is_null(value)) {
        out += "\\N";
    } else if (auto const* const bytes = std::get_if<Bytes>(&value)) {
        out += "\\\\x" + to_hex(bytes->data);
    } else if (auto const* const text = std::get_if<std::string>(&value)) {
        for (char const c : *text) {
            switch (c) {
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default: out += c;
            }
        }
    } else {
        out += PostgresParameters{Parameters{&value, 1}}.texts()[0];
    }
}

PostgresRow::PostgresRow(PGresult const* result)
    : result_{result}, converted_(static_cast<std::size_t>(PQnfields(result))) {}

int PostgresRow::columns() const { return static_cast<int>(converted_.size()); }
bool PostgresRow::is_null(int column) const { return PQgetisnull(result_, row_, column) != 0; }

std::string_view PostgresRow::raw(int column) const {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t PostgresRow::integer(int column) const {
    auto const text = raw(column);
    if (PQftype(result_, column) == oid_bool) return text == "t" ? 1 : 0;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number); // of a numeric or float: its whole part
    return number;
}

double PostgresRow::real(int column) const {
    auto const text = raw(column);
    if (PQftype(result_, column) == oid_bool) return text == "t" ? 1 : 0;
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string_view PostgresRow::text(int column) const {
    if (is_null(column)) return {};
    auto& converted = converted_[static_cast<std::size_t>(column)];
    switch (PQftype(result_, column)) {
    case oid_bool: return raw(column) == "t" ? "1" : "0";
    case oid_timestamptz: return converted = to_instant(raw(column));
    case oid_bytea: return converted = to_bytes(raw(column));
    default: return raw(column);
    }
}

Value PostgresRow::value(int column) const {
    if (is_null(column)) return std::monostate{};
    switch (PQftype(result_, column)) {
    case oid_bool: return boolean(column);
    case oid_int2:
    case oid_int4:
    case oid_int8: return integer(column);
    case oid_float4:
    case oid_float8:
    case oid_numeric: return real(column);
    case oid_bytea: return Bytes{to_bytes(raw(column))};
    default: return std::string{text(column)};
    }
}

} // namespace sangu::db
