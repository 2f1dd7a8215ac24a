#pragma once

// Signing in and everything that touches secrets of an account. Refusals never tell whether an account exists, is
// locked or is suspended, and take the same time. Every act is audited.

#include "kernel/auth/session.h"
#include "kernel/context.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::auth {

struct Attempt {
    std::string login, password;
    std::string remote, user_agent, request_id;
    std::string replaced_session_id; // of the browser; ends when the new one starts
};
struct SignedIn {
    std::string account_id;
    NewSession session;
};

// By password. "auth.sign_in.refused" for a wrong pair, a locked or a suspended account; settings.lockout_failures
// wrong passwords in a row lock the account for settings.lockout_minutes.
Result<SignedIn> sign_in(Services& services, Attempt const& attempt);
// By the one-time code an administrator has handed over (attempt.password is the code); sets the new password.
Result<SignedIn> sign_in_with_code(Services& services, Attempt const& attempt, std::string_view new_password);
// After an identity provider has vouched for the person. Refuses "auth.oidc.not_linked".
Result<SignedIn> sign_in_external(Services& services, Attempt const& attempt, std::string_view issuer,
                                  std::string_view subject);

// A one-time code, valid for a day, replacing earlier ones; failures and lock are cleared. Shown once.
std::string issue_code(db::Transaction& transaction, std::string_view account_id, Instant now);
// Sets a new password by the link of a mail (kernel/mail/address.h), which is used up; sessions end, a lock and the
// second factor stay. Refuses "auth.reset.expired".
Result<void> set_password_by_mail(Services& services, Attempt const& attempt, std::string_view new_password);
// For the command line and demo accounts: sets a hash made by PasswordHasher.
void set_password_hash(db::Transaction& transaction, std::string_view account_id, std::string_view hash, Instant now);
// The signed-in person's own; ends all other sessions and gives this one a new secret.
Result<NewSession> change_password(Context& context, std::string_view session_id, std::string_view old_password,
                                   std::string_view new_password);

// The second factor of the signed-in person. A wrong code counts towards the lock like a wrong password.
struct SecondFactor {
    bool confirmed = false;
    std::int64_t recovery_codes = 0; // left
};
SecondFactor second_factor_of(db::Session& session, std::string_view account_id);
// A new secret (base 32) that waits for its first code. Where one is confirmed already, only a session that has
// passed it may replace it ("error.forbidden").
Result<std::string> begin_second_factor(Context& context, std::string_view session_id);
// The secret that waits, to be shown while it is set up; empty when there is none.
std::string pending_second_factor(Services& services, db::Session& session, std::string_view account_id);
struct Confirmed {
    NewSession session;
    std::vector<std::string> recovery_codes; // shown once
};
Result<Confirmed> confirm_second_factor(Context& context, std::string_view session_id, std::string_view typed);
// By a code of the app or a recovery code (which is used up).
Result<NewSession> pass_second_factor(Context& context, std::string_view session_id, std::string_view typed);
// Ties the identity of a provider to the account; refuses "auth.oidc.linked" when it belongs to another one.
Result<void> link_external(db::Transaction& transaction, std::string_view account_id, std::string_view issuer,
                           std::string_view subject, Instant now);
bool is_linked(db::Session& session, std::string_view account_id, std::string_view issuer);
void unlink_external(db::Transaction& transaction, std::string_view account_id, std::string_view issuer);

// By an administrator, for a lost device: enrolment starts again.
void reset_second_factor(db::Transaction& transaction, std::string_view account_id);

} // namespace sangu::auth
