#include "kernel/db/db.h"

#include "kernel/db/drivers.h"

namespace sangu::db {

std::unique_ptr<Database> open(Options const& options) {
    std::string_view const url = options.url;
    if (url.starts_with("sqlite:")) return open_sqlite(options, std::string{url.substr(7)});
    if (url.starts_with("postgres:") || url.starts_with("postgresql:")) return open_postgres(options);
    throw Fault{"the database URL must begin with sqlite: or postgres:"};
}

namespace {

template <class T, class Read>
std::optional<T> first_value(Session& session, std::string_view sql, std::initializer_list<Value> parameters,
                             Read read) {
    std::optional<T> found;
    bool is_first = true;
    session.query(sql, parameters, [&](Row const& row) {
        if (std::exchange(is_first, false) && !row.is_null(0)) found = read(row);
    });
    return found;
}

// "plan_task.plan_id,code" → "code": the column that tells rows apart comes last in a unique key.
std::string last_column(std::string_view name) {
    auto const dot = name.find('.');
    if (dot == std::string_view::npos) return {};
    auto const comma = name.rfind(',');
    return std::string{name.substr((comma == std::string_view::npos ? dot : comma) + 1)};
}

} // namespace

std::optional<std::int64_t> Session::integer(std::string_view sql, std::initializer_list<Value> parameters) {
    return first_value<std::int64_t>(*this, sql, parameters, [](Row const& row) { return row.integer(0); });
}

std::optional<std::string> Session::text(std::string_view sql, std::initializer_list<Value> parameters) {
    return first_value<std::string>(*this, sql, parameters, [](Row const& row) { return std::string{row.text(0)}; });
}

std::optional<double> Session::real(std::string_view sql, std::initializer_list<Value> parameters) {
    return first_value<double>(*this, sql, parameters, [](Row const& row) { return row.real(0); });
}

bool Session::exists(std::string_view sql, std::initializer_list<Value> parameters) {
    bool found = false;
    query(sql, parameters, [&](Row const&) { found = true; });
    return found;
}

Error to_error(ConstraintViolation const& violation) {
    auto const make = [&](Refusal refusal, std::string const& key) {
        return Error{refusal, key, {}, {Problem{last_column(violation.name), key, {}}}};
    };
    switch (violation.kind) {
    case ConstraintKind::unique:
    case ConstraintKind::exclusion: return make(Refusal::conflict, "error.already_exists");
    case ConstraintKind::foreign_key: return make(Refusal::conflict, "error.in_use");
    case ConstraintKind::one_row:
        if (violation.name == already_done) return Error{Refusal::conflict, "error.already_done", {}, {}};
        return Error{Refusal::stale, "error.stale", {}, {}};
    case ConstraintKind::not_null: return make(Refusal::invalid, "error.required");
    case ConstraintKind::check: break;
    }
    return make(Refusal::invalid, "error.invalid");
}

} // namespace sangu::db
