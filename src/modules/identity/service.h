#pragma once

// Use cases of identity as verbs. The three administrators are separated: the system administrator keeps accounts, the
// security administrator roles and second factors, the audit administrator reads the log; nobody acts on himself.

#include "kernel/auth/account.h"
#include "kernel/auth/token.h"
#include "kernel/context.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::identity {

struct WithCode {
    auth::Account account;
    std::string code; // one-time, shown once
};
Result<WithCode> create_account(Context& context, std::string_view login, std::string_view name);
Result<WithCode> reset_password(Context& context, std::string_view account_id);
Result<void> set_state(Context& context, std::string_view account_id, auth::AccountState state);
Result<void> reset_second_factor(Context& context, std::string_view account_id);

struct GrantRequest {
    std::string account_id, role, scope, valid_from, valid_to; // as typed; dates may be empty
};
Result<void> grant(Context& context, GrantRequest const& request);
Result<void> revoke(Context& context, std::string_view account_id, std::string_view grant_id);
// Roles that can be granted: every role a permission names.
std::vector<std::string_view> grantable_roles(Context const& context);

// One's own account.
Result<void> save_profile(Context& context, std::string_view name, std::string_view language);
Result<void> end_own_session(Context& context, std::string_view session_id);
struct TokenRequest {
    std::string name;
    std::vector<std::string> permissions;
    std::int64_t days = 90; // 1–366
};
Result<auth::NewToken> create_own_token(Context& context, TokenRequest const& request);
Result<void> revoke_own_token(Context& context, std::string_view token_id);
// Everything the system holds about the person, as JSON.
std::string own_data(Context& context);

// A role's name for people.
std::string role_name(Context const& context, std::string_view role);

} // namespace sangu::identity
