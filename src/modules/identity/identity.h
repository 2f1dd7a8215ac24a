#pragma once

// Accounts of people: what the command line and other modules may ask for.

#include "base/result.h"
#include "kernel/context.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::identity {

// A role in a scope, as given on the command line: "zone_officer@zone/changsha", "audit_administrator".
struct RoleWish {
    std::string role, scope = "zone";
};
Result<RoleWish> parse_role(std::string_view text);

struct NewAccount {
    std::string login, name, password; // the policy holds for the password here too
    std::vector<RoleWish> roles;
};

// True until the three administrators exist: `sangu serve` then asks for them.
bool needs_first_administrators(Services& services);
// Creates accounts with their roles in one transaction, as the system: for first administrators and `sangu user add`.
// Refuses wrong logins, weak passwords, unknown roles and two administrator roles in one account, naming the account.
Result<void> create_first_administrators(Services& services, std::vector<NewAccount> const& accounts);

struct DemoAccount {
    std::string login, password;
    std::vector<std::string> roles; // "city_officer@zone/changsha"
};
// One account for each role with a random password, printed once by the caller; marked as demo accounts. Existing demo
// accounts get a new password. Refused unless settings.demo is on.
Result<std::vector<DemoAccount>> create_demo_accounts(Services& services);

// A new one-time code for an account, for `sangu user reset` on the machine itself.
Result<std::string> issue_code_by_system(Services& services, std::string_view login);
// Takes the second factor from an account whose device is lost, likewise.
Result<void> reset_second_factor_by_system(Services& services, std::string_view login);

} // namespace sangu::identity
