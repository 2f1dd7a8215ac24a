#include "kernel/auth/credential.h"
#include "kernel/auth/secrets.h"
#include "kernel/auth/sign_in.h"
#include "kernel/auth/totp.h"

namespace sangu::auth {

namespace {

constexpr int recovery_codes = 10;

void audit_own(Change& change, Credential const& credential, std::string_view action) {
    change.audit({.action = action, .object_kind = "kernel.account", .object_id = credential.account_id});
}

// A wrong code: counted, and when it locks the account its sessions end too, for they know the password.
void refuse_code(Change& change, Context const& context, Credential const& credential) {
    audit_own(change, credential, "auth.second_factor_failed");
    if (!count_failure(change.transaction(), credential, context.services.settings, context.now())) return;
    end_sessions_of(change.transaction(), credential.account_id);
    audit_own(change, credential, "auth.locked");
}

bool use_recovery_code(db::Transaction& transaction, std::string_view account_id, std::string_view typed) {
    return transaction.execute("delete from kernel_recovery_code where account_id = ? and hash = ?",
                               {std::string{account_id}, recovery_hash(account_id, typed)}) > 0;
}

std::vector<std::string> replace_recovery_codes(db::Transaction& transaction, std::string const& account_id) {
    std::vector<std::string> codes;
    transaction.execute("delete from kernel_recovery_code where account_id = ?", {account_id});
    for (int i = 0; i < recovery_codes; ++i) {
        codes.push_back(new_recovery_code());
        transaction.execute("insert into kernel_recovery_code (account_id, hash) values (?, ?)",
                            {account_id, recovery_hash(account_id, codes.back())});
    }
    return codes;
}

bool has_passed(db::Session& session, std::string_view session_id) {
    return session.exists("select 1 from kernel_session where id = ? and second_factor", {std::string{session_id}});
}

bool has_recovery_code(db::Session& session, std::string_view account_id, std::string_view typed) {
    return session.exists("select 1 from kernel_recovery_code where account_id = ? and hash = ?",
                          {std::string{account_id}, recovery_hash(account_id, typed)});
}

Result<std::string> opened(Services& services, std::string_view sealed, std::string_view account_id) {
    auto secret = open_secret(services, sealed, account_id);
    if (!secret) return refuse(Refusal::unavailable, "auth.second_factor.key_missing");
    return *std::move(secret);
}

Error wrong_code() { return {Refusal::invalid, "error.invalid", {}, {{"code", "auth.second_factor.wrong", {}}}}; }

} // namespace

SecondFactor second_factor_of(db::Session& session, std::string_view account_id) {
    auto const credential = credential_of(session, account_id);
    return {credential && credential->totp_confirmed,
            session.integer("select count(*) from kernel_recovery_code where account_id = ?", {std::string{account_id}})
                .value_or(0)};
}

Result<std::string> begin_second_factor(Context& context, std::string_view session_id) {
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        db::Transaction& transaction = change.transaction();
        auto const credential = credential_of(transaction, context.actor.account_id);
        if (!credential) return refuse(Refusal::unauthenticated, "error.unauthenticated");
        if (credential->totp_confirmed && !has_passed(transaction, session_id))
            return refuse(Refusal::forbidden, "error.forbidden");
        std::string secret = new_totp_secret();
        // The factor in force stays so until the new one has shown its first code.
        transaction.execute("update kernel_credential set totp_pending = ? where account_id = ?",
                            {seal_secret(context.services, secret, credential->account_id), credential->account_id});
        audit_own(change, *credential, "auth.second_factor_begun");
        return secret;
    });
}

Result<Confirmed> confirm_second_factor(Context& context, std::string_view session_id, std::string_view typed) {
    auto confirmed =
        TRY(context.change<std::optional<Confirmed>>([&](Change& change) -> Result<std::optional<Confirmed>> {
            db::Transaction& transaction = change.transaction();
            auto const credential = credential_of(transaction, context.actor.account_id);
            if (!credential || credential->totp_pending.empty())
                return refuse(Refusal::conflict, "auth.second_factor.not_begun");
            if (credential->totp_confirmed && !has_passed(transaction, session_id))
                return refuse(Refusal::forbidden, "error.forbidden");
            auto const secret = TRY(opened(context.services, credential->totp_pending, credential->account_id));
            auto const step = check_totp(secret, typed, context.now(), 0);
            if (!step) return std::optional<Confirmed>{};
            transaction.execute(
                "update kernel_credential set totp_secret = totp_pending, totp_pending = '', totp_confirmed = true,"
                " totp_last_step = ? where account_id = ?",
                {*step, credential->account_id});
            audit_own(change, *credential, "auth.second_factor_confirmed");
            end_sessions_of(transaction, credential->account_id, session_id);
            auto session = rotate_session(transaction, session_id, context.now(), true);
            if (!session) return refuse(Refusal::unauthenticated, "error.unauthenticated");
            return Confirmed{std::move(*session), replace_recovery_codes(transaction, credential->account_id)};
        }));
    if (!confirmed) return tl::make_unexpected(wrong_code());
    return std::move(*confirmed);
}

Result<NewSession> pass_second_factor(Context& context, std::string_view session_id, std::string_view typed) {
    auto passed =
        TRY(context.change<std::optional<NewSession>>([&](Change& change) -> Result<std::optional<NewSession>> {
            db::Transaction& transaction = change.transaction();
            auto const credential = credential_of(transaction, context.actor.account_id);
            if (!credential || !credential->totp_confirmed)
                return refuse(Refusal::conflict, "auth.second_factor.not_begun");
            if (credential->is_locked(context.now())) return std::optional<NewSession>{};
            auto const secret = opened(context.services, credential->totp_secret, credential->account_id);
            if (!secret && !has_recovery_code(transaction, credential->account_id, typed))
                return tl::make_unexpected(secret.error());
            auto const step =
                check_totp(secret.value_or(std::string{}), typed, context.now(), credential->totp_last_step);
            if (step)
                transaction.execute("update kernel_credential set totp_last_step = ? where account_id = ?",
                                    {*step, credential->account_id});
            else if (!use_recovery_code(transaction, credential->account_id, typed)) {
                refuse_code(change, context, *credential);
                return std::optional<NewSession>{};
            }
            clear_failures(transaction, credential->account_id);
            audit_own(change, *credential, step ? "auth.second_factor_passed" : "auth.recovery_code_used");
            auto session = rotate_session(transaction, session_id, context.now(), true);
            if (!session) return refuse(Refusal::unauthenticated, "error.unauthenticated");
            return session;
        }));
    if (!passed) return tl::make_unexpected(wrong_code());
    return std::move(*passed);
}

std::string pending_second_factor(Services& services, db::Session& session, std::string_view account_id) {
    auto const credential = credential_of(session, account_id);
    if (!credential || credential->totp_pending.empty()) return {};
    return open_secret(services, credential->totp_pending, account_id).value_or(std::string{});
}

void reset_second_factor(db::Transaction& transaction, std::string_view account_id) {
    std::string const account{account_id};
    transaction.execute("update kernel_credential set totp_secret = '', totp_pending = '', totp_confirmed = false, "
                        "totp_last_step = 0 where account_id = ?",
                        {account});
    transaction.execute("delete from kernel_recovery_code where account_id = ?", {account});
    end_sessions_of(transaction, account);
}

} // namespace sangu::auth
