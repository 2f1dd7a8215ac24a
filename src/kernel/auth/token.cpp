#include "kernel/auth/token.h"

#include "base/id.h"
#include "base/text.h"
#include "kernel/auth/digest.h"
#include "kernel/auth/random.h"

namespace sangu::auth {

Result<NewToken> create_token(db::Transaction& transaction, std::string_view account_id, std::string_view name,
                              std::vector<std::string> const& permissions, Instant now, Instant expires_at) {
    std::string const account{account_id};
    if (transaction.integer("select count(*) from kernel_token where account_id = ?", {account}).value_or(0) >=
        tokens_max)
        return refuse(Refusal::conflict, "auth.token.too_many", {std::to_string(tokens_max)});
    NewToken token{new_id(), std::string{token_prefix} + random_token()};
    transaction.execute("insert into kernel_token (id, account_id, hash, name, permissions, created_at, expires_at)"
                        " values (?, ?, ?, ?, ?, ?, ?)",
                        {token.id, account, sha256_hex(token.secret), std::string{name}, join(permissions, " "),
                         to_text(now), to_text(expires_at)});
    return token;
}

bool revoke_token(db::Transaction& transaction, std::string_view account_id, std::string_view token_id) {
    return transaction.execute("delete from kernel_token where account_id = ? and id = ?",
                               {std::string{account_id}, std::string{token_id}}) > 0;
}

void revoke_tokens_of(db::Transaction& transaction, std::string_view account_id) {
    transaction.execute("delete from kernel_token where account_id = ?", {std::string{account_id}});
}

std::vector<TokenView> tokens_of(db::Session& session, std::string_view account_id) {
    std::vector<TokenView> result;
    session.query(
        "select id, name, permissions, created_at, expires_at, last_used_at from kernel_token where account_id = ?"
        " order by created_at desc limit 100",
        {std::string{account_id}}, [&](db::Row const& row) {
            TokenView token{std::string{row.text(0)},
                            std::string{row.text(1)},
                            {},
                            parse_instant(row.text(3)).value_or(Instant{}),
                            parse_instant(row.text(4)).value_or(Instant{}),
                            row.is_null(5) ? std::optional<Instant>{} : parse_instant(row.text(5))};
            for (std::string_view const one : split_text(row.text(2), ' ')) token.permissions.emplace_back(one);
            result.push_back(std::move(token));
        });
    return result;
}

} // namespace sangu::auth
