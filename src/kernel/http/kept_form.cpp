#include "kernel/http/kept_form.h"

#include "base/text.h"
#include "kernel/auth/random.h"
#include "kernel/hash/sha256.h"

#include <algorithm>
#include <array>

namespace sangu::http {

namespace {

constexpr std::size_t bytes_max = 256u << 10;
constexpr std::int64_t life_ms = 3'600'000;
constexpr std::int64_t forms_max = 2000; // of all visitors together

bool is_secret(std::string_view field) {
    constexpr std::array<std::string_view, 4> words{"password", "secret", "token", "code"};
    auto const name = to_lower_ascii(field);
    return std::ranges::any_of(words, [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

} // namespace

std::optional<std::string> keep_form(db::Database& database, Request const& request, std::string_view visit,
                                     Instant now) {
    std::string fields;
    for (auto const& [name, value] : request.form) {
        if (name == "csrf" || name == "once" || is_secret(name)) continue;
        fields += percent_encode(name) + "=" + percent_encode(value) + "&";
    }
    if (fields.empty() || fields.size() > bytes_max || visit.empty()) return std::nullopt;
    auto token = auth::random_token();
    bool is_kept = false;
    database.write([&](db::Transaction& transaction) {
        transaction.execute("delete from kernel_kept_form where expires_at < ?", {to_text(now)});
        is_kept = transaction.integer("select count(*) from kernel_kept_form", {}).value_or(0) < forms_max;
        if (!is_kept) return;
        transaction.execute("insert into kernel_kept_form (id, visit, path, fields, expires_at) values (?, ?, ?, ?, ?)",
                            {hash::sha256_hex(token), hash::sha256_hex(visit), request.target, fields,
                             to_text(Instant{now.ms + life_ms})});
    });
    return is_kept ? std::optional{token} : std::nullopt;
}

std::optional<KeptForm> find_kept_form(db::Session& session, std::string_view token, std::string_view visit,
                                       Instant now) {
    std::optional<KeptForm> form;
    if (visit.empty()) return form;
    session.query("select path, fields from kernel_kept_form where id = ? and visit = ? and expires_at > ?",
                  {hash::sha256_hex(token), hash::sha256_hex(visit), to_text(now)}, [&](db::Row const& row) {
                      form = KeptForm{std::string{row.text(0)}, parse_form(row.text(1)).value_or(Pairs{})};
                  });
    return form;
}

} // namespace sangu::http
