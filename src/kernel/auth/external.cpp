#include "kernel/auth/external.h"

#include "kernel/auth/digest.h"
#include "kernel/auth/sign_in.h"

namespace sangu::auth {

namespace {

constexpr std::int64_t remembered_ms = 600'000;

} // namespace

void remember(db::Transaction& transaction, ExternalSignIn const& one, Instant now) {
    transaction.execute("delete from kernel_external_sign_in where expires_at < ?", {to_text(now)});
    transaction.execute(
        "insert into kernel_external_sign_in (state, nonce, verifier, return_to, account_id, expires_at)"
        " values (?, ?, ?, ?, ?, ?)",
        {sha256_hex(one.secrets.state), one.secrets.nonce, one.secrets.verifier, one.return_to, one.account_id,
         to_text(Instant{now.ms + remembered_ms})});
}

std::optional<ExternalSignIn> take_remembered(db::Transaction& transaction, std::string_view state, Instant now) {
    std::string const hash = sha256_hex(state);
    std::optional<ExternalSignIn> found;
    transaction.query(
        "select nonce, verifier, return_to, account_id from kernel_external_sign_in where state = ? and expires_at > ?",
        {hash, to_text(now)}, [&](db::Row const& row) {
            found = ExternalSignIn{{std::string{state}, std::string{row.text(0)}, std::string{row.text(1)}},
                                   std::string{row.text(2)},
                                   std::string{row.text(3)}};
        });
    transaction.execute("delete from kernel_external_sign_in where state = ?", {hash});
    return found;
}

Result<void> link_external(db::Transaction& transaction, std::string_view account_id, std::string_view issuer,
                           std::string_view subject, Instant now) {
    auto const holder =
        transaction.text("select account_id from kernel_external_identity where issuer = ? and subject = ?",
                         {std::string{issuer}, std::string{subject}});
    if (holder && *holder != account_id) return refuse(Refusal::conflict, "auth.oidc.linked");
    if (!holder)
        transaction.execute(
            "insert into kernel_external_identity (issuer, subject, account_id, linked_at) values (?, ?, ?, ?)",
            {std::string{issuer}, std::string{subject}, std::string{account_id}, to_text(now)});
    return {};
}

bool is_linked(db::Session& session, std::string_view account_id, std::string_view issuer) {
    return session.exists("select 1 from kernel_external_identity where account_id = ? and issuer = ?",
                          {std::string{account_id}, std::string{issuer}});
}

void unlink_external(db::Transaction& transaction, std::string_view account_id, std::string_view issuer) {
    transaction.execute("delete from kernel_external_identity where account_id = ? and issuer = ?",
                        {std::string{account_id}, std::string{issuer}});
}

} // namespace sangu::auth
