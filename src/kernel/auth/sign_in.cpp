#include "kernel/auth/sign_in.h"

#include "base/text.h"
#include "kernel/auth/account.h"
#include "kernel/auth/credential.h"
#include "kernel/auth/digest.h"
#include "kernel/auth/password.h"
#include "kernel/auth/random.h"
#include "kernel/auth/runtime.h"
#include "kernel/config/settings.h"
#include "kernel/mail/address.h"

namespace sangu::auth {

namespace {

constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;

auto refused() { return refuse(Refusal::unauthenticated, "auth.sign_in.refused"); }

// Commits even when the person is refused: the failure is part of what happened.
using Outcome = std::optional<SignedIn>;

void record(db::Transaction& transaction, Credential const& credential, Attempt const& attempt, Instant now,
            std::string_view action) {
    audit::append(
        transaction, credential.actor(), now, attempt.remote, attempt.request_id,
        {.action = action, .object_kind = "kernel.account", .object_id = credential.account_id, .scope = "zone"});
}

// Somebody tried a name that there is not. Recorded like a wrong password, without the name (a password may have been
// typed there), so that probing shows in the log and takes as long.
void note_stranger(db::Transaction& transaction, Attempt const& attempt, Instant now) {
    audit::append(transaction, anonymous(), now, attempt.remote, attempt.request_id,
                  {.action = "auth.sign_in_unknown", .object_kind = "kernel.account", .scope = "zone"});
}

void note_failure(db::Transaction& transaction, Services& services, Credential const& credential,
                  Attempt const& attempt, Instant now) {
    record(transaction, credential, attempt, now, "auth.sign_in_failed");
    if (count_failure(transaction, credential, services.settings, now))
        record(transaction, credential, attempt, now, "auth.locked");
}

SignedIn begin(db::Transaction& transaction, Credential const& credential, Attempt const& attempt, Instant now) {
    // With a second factor the failures are cleared by its code: else a known password would allow endless guesses at
    // it.
    if (!credential.totp_confirmed) clear_failures(transaction, credential.account_id);
    transaction.execute("update kernel_account set signed_in_at = ? where id = ?",
                        {to_text(now), credential.account_id});
    record(transaction, credential, attempt, now, "auth.signed_in");
    return {credential.account_id, start_session(transaction, credential.account_id, now, attempt.remote,
                                                 attempt.user_agent, attempt.replaced_session_id)};
}

std::optional<Credential> look_up(Services& services, std::string_view login) {
    auto const reader = services.database.read();
    return credential_by_login(*reader, login);
}

// The answer of an act whose failure was recorded too.
Result<SignedIn> answer(Result<Outcome> outcome) {
    if (!outcome) return tl::make_unexpected(std::move(outcome).error());
    if (!*outcome) return refused();
    return std::move(**outcome);
}

std::string code_hash(std::string_view account_id, std::string_view typed) {
    std::string kept;
    for (char const c : to_lower_ascii(typed))
        if (c != '-' && c != ' ') kept += c;
    return sha256_hex("one-time code " + std::string{account_id} + kept);
}

} // namespace

Result<SignedIn> sign_in(Services& services, Attempt const& attempt) {
    auto const known = look_up(services, attempt.login);
    bool const right = TRY(runtime_of(services).passwords.verify(known ? known->password_hash : "", attempt.password));
    Instant const now = services.clock.now();
    return answer(db::transact<Outcome>(services.database, [&](db::Transaction& transaction) -> Result<Outcome> {
        // Read again: guesses that ran side by side must not get past the lock.
        auto const current = known ? credential_of(transaction, known->account_id) : std::nullopt;
        if (!current) return note_stranger(transaction, attempt, now), Outcome{};
        if (!current->active || current->is_locked(now)) {
            record(transaction, *current, attempt, now, "auth.sign_in_refused");
            return Outcome{};
        }
        if (right && current->password_hash == known->password_hash)
            return Outcome{begin(transaction, *current, attempt, now)};
        note_failure(transaction, services, *current, attempt, now);
        return Outcome{};
    }));
}

Result<SignedIn> sign_in_with_code(Services& services, Attempt const& attempt, std::string_view new_password) {
    if (auto problems =
            check_password(new_password, trim(attempt.login), services.settings.password_length_min, "new_password");
        !problems.empty())
        return refuse(std::move(problems));
    // Hashed before the account is looked up, so that a code for nobody takes as long.
    std::string const hash = TRY(runtime_of(services).passwords.hash(new_password));
    Instant const now = services.clock.now();
    return answer(db::transact<Outcome>(services.database, [&](db::Transaction& transaction) -> Result<Outcome> {
        auto const current = credential_by_login(transaction, attempt.login);
        if (!current) return note_stranger(transaction, attempt, now), Outcome{};
        if (!current->active || current->is_locked(now)) {
            record(transaction, *current, attempt, now, "auth.sign_in_refused");
            return Outcome{};
        }
        bool const valid = !current->code_hash.empty() && current->code_until && *current->code_until > now &&
                           equal_in_constant_time(current->code_hash, code_hash(current->account_id, attempt.password));
        if (!valid) {
            note_failure(transaction, services, *current, attempt, now);
            return Outcome{};
        }
        set_password_hash(transaction, current->account_id, hash, now);
        end_sessions_of(transaction, current->account_id);
        record(transaction, *current, attempt, now, "auth.password_set");
        return Outcome{begin(transaction, *current, attempt, now)};
    }));
}

Result<SignedIn> sign_in_external(Services& services, Attempt const& attempt, std::string_view issuer,
                                  std::string_view subject) {
    Instant const now = services.clock.now();
    return db::transact<SignedIn>(services.database, [&](db::Transaction& transaction) -> Result<SignedIn> {
        auto const account =
            transaction.text("select account_id from kernel_external_identity where issuer = ? and subject = ?",
                             {std::string{issuer}, std::string{subject}});
        auto const current = account ? credential_of(transaction, *account) : std::nullopt;
        if (!current) return refuse(Refusal::unauthenticated, "auth.oidc.not_linked");
        if (!current->active) return refused();
        return begin(transaction, *current, attempt, now);
    });
}

Result<void> set_password_by_mail(Services& services, Attempt const& attempt, std::string_view new_password) {
    Instant const now = services.clock.now();
    constexpr auto purpose = mail::Purpose::password;
    auto const proven = mail::look_at_token(*services.database.read(), attempt.password, purpose, now);
    if (!proven) return refuse(Refusal::conflict, "auth.reset.expired");
    auto const account = find_account(*services.database.read(), proven->account_id);
    if (!account) return refuse(Refusal::conflict, "auth.reset.expired");
    if (auto problems =
            check_password(new_password, account->login, services.settings.password_length_min, "new_password");
        !problems.empty())
        return refuse(std::move(problems));
    std::string const hash = TRY(runtime_of(services).passwords.hash(new_password));
    auto const done = db::transact<bool>(services.database, [&](db::Transaction& transaction) -> Result<bool> {
        auto const used = mail::use_token(transaction, attempt.password, purpose, now);
        auto const current = used ? credential_of(transaction, used->account_id) : std::nullopt;
        if (!current || !current->active) return refuse(Refusal::conflict, "auth.reset.expired");
        transaction.execute("update kernel_credential set password_hash = ?, password_at = ?, code_hash = '', "
                            "code_until = null where account_id = ?",
                            {hash, to_text(now), current->account_id});
        end_sessions_of(transaction, current->account_id);
        record(transaction, *current, attempt, now, "auth.password_reset");
        return true;
    });
    if (!done) return tl::make_unexpected(done.error());
    return {};
}

std::string issue_code(db::Transaction& transaction, std::string_view account_id, Instant now) {
    std::string code = random_code(4);
    transaction.execute("update kernel_credential set code_hash = ?, code_until = ?, failures = 0, locked_until = null "
                        "where account_id = ?",
                        {code_hash(account_id, code), to_text(Instant{now.ms + day_ms}), std::string{account_id}});
    return code;
}

void set_password_hash(db::Transaction& transaction, std::string_view account_id, std::string_view hash, Instant now) {
    transaction.execute(
        "update kernel_credential set password_hash = ?, password_at = ?, code_hash = '', code_until = null,"
        " failures = 0, locked_until = null where account_id = ?",
        {std::string{hash}, to_text(now), std::string{account_id}});
}

Result<NewSession> change_password(Context& context, std::string_view session_id, std::string_view old_password,
                                   std::string_view new_password) {
    Services& services = context.services;
    auto const account = credential_of(context.reader(), context.actor.account_id);
    if (!account || account->is_locked(context.now())) return refused();
    std::string const login =
        context.reader().text("select login from kernel_account where id = ?", {account->account_id}).value_or("");
    if (auto problems = check_password(new_password, login, services.settings.password_length_min, "new_password");
        !problems.empty())
        return refuse(std::move(problems));
    bool const right = TRY(runtime_of(services).passwords.verify(account->password_hash, old_password));
    std::string const hash = right ? TRY(runtime_of(services).passwords.hash(new_password)) : std::string{};
    auto changed =
        TRY(context.change<std::optional<NewSession>>([&](Change& change) -> Result<std::optional<NewSession>> {
            auto const current = credential_of(change.transaction(), account->account_id);
            if (!current || current->is_locked(context.now())) return refused();
            if (!right) {
                count_failure(change.transaction(), *current, services.settings, context.now());
                change.audit({.action = "auth.password_refused",
                              .object_kind = "kernel.account",
                              .object_id = account->account_id});
                return std::optional<NewSession>{};
            }
            set_password_hash(change.transaction(), account->account_id, hash, context.now());
            end_sessions_of(change.transaction(), account->account_id, session_id);
            change.audit(
                {.action = "auth.password_changed", .object_kind = "kernel.account", .object_id = account->account_id});
            return rotate_session(change.transaction(), session_id, context.now(), false);
        }));
    if (!changed) return refuse(Problems{{"old_password", "auth.password.wrong", {}}});
    return std::move(*changed);
}

} // namespace sangu::auth
