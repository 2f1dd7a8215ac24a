#include "kernel/mail/address.h"

#include "kernel/auth/random.h"
#include "kernel/hash/sha256.h"

namespace sangu::mail {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t pause_ms = 5 * minute_ms;

std::string name_of(Purpose purpose) { return purpose == Purpose::address ? "address" : "password"; }

} // namespace

std::optional<Recipient> recipient_of(db::Session& session, std::string_view account_id) {
    std::optional<Recipient> found;
    session.query("select a.id, a.login, a.name, a.language, m.address from kernel_account a join kernel_mail_address "
                  "m on m.account_id = a.id where a.id = ? and a.state = 'active'",
                  {std::string{account_id}}, [&](db::Row const& row) {
                      found = Recipient{.account_id = std::string{row.text(0)},
                                        .login = std::string{row.text(1)},
                                        .name = std::string{row.text(2)},
                                        .address = std::string{row.text(4)},
                                        .language = i18n::language_of(row.text(3), i18n::Language::zh_hans)};
                  });
    return found;
}

std::optional<std::string> address_of(db::Session& session, std::string_view account_id) {
    return session.text("select address from kernel_mail_address where account_id = ?", {std::string{account_id}});
}

void set_address(db::Transaction& transaction, std::string_view account_id, std::string_view address, Instant now) {
    transaction.execute("insert into kernel_mail_address (account_id, address, confirmed_at) values (?, ?, ?) on "
                        "conflict (account_id) do update set address = excluded.address, confirmed_at = "
                        "excluded.confirmed_at",
                        {std::string{account_id}, std::string{address}, to_text(now)});
}

void remove_address(db::Transaction& transaction, std::string_view account_id) {
    transaction.execute("delete from kernel_mail_address where account_id = ?", {std::string{account_id}});
    transaction.execute("delete from kernel_mail_token where account_id = ?", {std::string{account_id}});
}

std::int64_t life_ms(Purpose purpose) { return (purpose == Purpose::address ? 24 * 60 : 30) * minute_ms; }

std::optional<std::string> make_token(db::Transaction& transaction, std::string_view account_id, Purpose purpose,
                                      std::string_view address, Instant now) {
    std::string const account{account_id}, named = name_of(purpose);
    if (transaction.exists("select 1 from kernel_mail_token where account_id = ? and purpose = ? and made_at > ?",
                           {account, named, to_text(Instant{now.ms - pause_ms})}))
        return {};
    transaction.execute("delete from kernel_mail_token where account_id = ? and purpose = ?", {account, named});
    std::string const token = auth::random_token();
    transaction.execute("insert into kernel_mail_token (token_hash, account_id, purpose, address, made_at, expires_at) "
                        "values (?, ?, ?, ?, ?, ?)",
                        {hash::sha256_hex(token), account, named, std::string{address}, to_text(now),
                         to_text(Instant{now.ms + life_ms(purpose)})});
    return token;
}

std::optional<Proven> look_at_token(db::Session& session, std::string_view token, Purpose purpose, Instant now) {
    std::optional<Proven> found;
    session.query("select account_id, address from kernel_mail_token where token_hash = ? and purpose = ? and "
                  "expires_at > ?",
                  {hash::sha256_hex(token), name_of(purpose), to_text(now)}, [&](db::Row const& row) {
                      found = Proven{std::string{row.text(0)}, std::string{row.text(1)}};
                  });
    return found;
}

std::optional<Proven> use_token(db::Transaction& transaction, std::string_view token, Purpose purpose, Instant now) {
    auto found = look_at_token(transaction, token, purpose, now);
    if (found)
        transaction.execute("delete from kernel_mail_token where token_hash = ?", {hash::sha256_hex(token)});
    return found;
}

} // namespace sangu::mail
