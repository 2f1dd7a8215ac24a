#include "kernel/auth/credential.h"

#include "base/text.h"

namespace sangu::auth {

namespace {

std::optional<Instant> instant_at(db::Row const& row, int column) {
    return row.is_null(column) ? std::optional<Instant>{} : parse_instant(row.text(column));
}

std::optional<Credential> read(db::Session& session, std::string_view sql, std::string_view key) {
    std::optional<Credential> found;
    session.query(sql, {std::string{key}}, [&](db::Row const& row) {
        Credential one;
        one.account_id = row.text(0);
        one.name = row.text(1);
        one.active = row.text(2) == "active";
        one.password_hash = row.text(3);
        one.failures = row.integer(4);
        one.locked_until = instant_at(row, 5);
        one.code_hash = row.text(6);
        one.code_until = instant_at(row, 7);
        one.totp_secret = row.text(8);
        one.totp_confirmed = row.boolean(9);
        one.totp_last_step = row.integer(10);
        one.totp_pending = row.text(11);
        found = std::move(one);
    });
    return found;
}

#define SANGU_CREDENTIAL_SQL                                                                                           \
    "select a.id, a.name, a.state, c.password_hash, c.failures, c.locked_until, c.code_hash, c.code_until,"            \
    " c.totp_secret, c.totp_confirmed, c.totp_last_step, c.totp_pending"                                               \
    " from kernel_account a join kernel_credential c on c.account_id = a.id where "

} // namespace

std::optional<Credential> credential_by_login(db::Session& session, std::string_view login) {
    return read(session, SANGU_CREDENTIAL_SQL "a.login = ?", to_lower_ascii(trim(login)));
}

std::optional<Credential> credential_of(db::Session& session, std::string_view account_id) {
    return read(session, SANGU_CREDENTIAL_SQL "a.id = ?", account_id);
}

#undef SANGU_CREDENTIAL_SQL

bool count_failure(db::Transaction& transaction, Credential const& credential, config::Settings const& settings,
                   Instant now) {
    bool const locks = credential.failures + 1 >= settings.lockout_failures;
    if (locks)
        transaction.execute("update kernel_credential set failures = 0, locked_until = ? where account_id = ?",
                            {to_text(Instant{now.ms + settings.lockout_minutes * 60'000}), credential.account_id});
    else
        transaction.execute("update kernel_credential set failures = failures + 1 where account_id = ?",
                            {credential.account_id});
    return locks;
}

void clear_failures(db::Transaction& transaction, std::string_view account_id) {
    transaction.execute("update kernel_credential set failures = 0, locked_until = null where account_id = ?",
                        {std::string{account_id}});
}

} // namespace sangu::auth
