#pragma once

// The secrets of one account as stored; only sign_in*.cpp sees them.

#include "base/time.h"
#include "kernel/auth/actor.h"
#include "kernel/config/settings.h"
#include "kernel/db/db.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::auth {

struct Credential {
    std::string account_id, name, password_hash, code_hash, totp_secret, totp_pending;
    bool active = false, totp_confirmed = false;
    std::optional<Instant> locked_until, code_until;
    std::int64_t failures = 0, totp_last_step = 0;

    bool is_locked(Instant now) const { return locked_until && *locked_until > now; }
    Actor actor() const { return {ActorKind::person, account_id, name, {}, {}}; }
};

std::optional<Credential> credential_by_login(db::Session& session, std::string_view login);
std::optional<Credential> credential_of(db::Session& session, std::string_view account_id);

// Counts a failure; true when it locked the account.
bool count_failure(db::Transaction& transaction, Credential const& credential, config::Settings const& settings,
                   Instant now);
void clear_failures(db::Transaction& transaction, std::string_view account_id);

} // namespace sangu::auth
