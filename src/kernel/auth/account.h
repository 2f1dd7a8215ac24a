#pragma once

// Accounts and role grants. Secrets (password, second factor, one-time code) stand in tables of their own and are only
// reachable through the verbs of sign_in.h.

#include "kernel/auth/actor.h"
#include "kernel/db/db.h"
#include "kernel/entity/entity.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::auth {

enum class AccountState : std::uint8_t { active, suspended };
constexpr auto choices_of(AccountState) {
    return choices<AccountState>({{AccountState::active, "active"}, {AccountState::suspended, "suspended"}});
}

struct Account {
    Id<Account> id;
    std::string login; // lower case: a–z, 0–9 and . _ - @
    std::string name;  // shown to people
    std::string language = "zh-Hans";
    AccountState state = AccountState::active;
    bool demo = false; // exempt from the second factor while settings.demo is on
    Instant created_at;
    std::optional<Instant> signed_in_at;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

// A role held by an account in a scope, from a day on and, if set, until the day before `valid_to`.
struct Grant {
    Id<Grant> id;
    Id<Account> account_id;
    std::string role;
    std::string scope = "zone";
    Date valid_from;
    std::optional<Date> valid_to;
    std::string granted_by; // account id; "system" for the command line
    Instant granted_at;

    static entity::EntityMeta const meta;
};

inline constexpr std::string_view system_administrator = "system_administrator";
inline constexpr std::string_view security_administrator = "security_administrator";
inline constexpr std::string_view audit_administrator = "audit_administrator";
bool is_administrator_role(std::string_view role);

// What a person typed as login, trimmed and in lower case; "auth.login.form" when it is not 3 to 60 of the allowed
// characters.
Result<std::string> checked_login(std::string_view typed);

// Stores the account with an empty credential. A login that exists already violates a constraint (db::to_error).
Account create_account(db::Transaction& transaction, std::string_view login, std::string_view name, Instant now,
                       bool demo = false);
// The account with this login, or a new one for the demonstration; its id.
std::string demo_account(db::Transaction& transaction, std::string_view login, std::string_view name, Instant now);
// The demonstration's officer of the zone, who enters what officers enter; the role holds for this actor alone.
Actor demo_officer(db::Database& database, Instant now);
std::optional<Account> find_account(db::Session& session, std::string_view id);
std::optional<Account> find_account_by_login(db::Session& session, std::string_view login);
std::vector<Grant> grants_of(db::Session& session, std::string_view account_id);

// Grants a role and ends the account's sessions, so that new rights begin with a new session. Refuses
// "auth.role.separated" when the account already holds another administrator role and "auth.role.held" when it has
// this role in this scope.
Result<Grant> grant_role(db::Transaction& transaction, Grant grant);
// Takes a role away and ends the account's sessions. False: no such grant.
bool revoke_role(db::Transaction& transaction, Grant const& grant);
// Ends sessions and tokens of a suspended account; the state itself is saved by the caller.
void shut_out(db::Transaction& transaction, std::string_view account_id);

} // namespace sangu::auth
