#pragma once

// API tokens "sgt_…": 32 random bytes, shown once, stored as SHA-256. A token may at most what it names and never more
// than its account may at the moment of use.

#include "base/result.h"
#include "base/time.h"
#include "kernel/db/db.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::auth {

inline constexpr std::string_view token_prefix = "sgt_";
inline constexpr int tokens_max = 20; // per account

struct TokenView {
    std::string id, name;
    std::vector<std::string> permissions;
    Instant created_at, expires_at;
    std::optional<Instant> last_used_at;
};

struct NewToken {
    std::string id;
    std::string secret; // to be shown once
};

// Refuses "auth.token.too_many" over 20. `permissions` must be checked by the caller.
Result<NewToken> create_token(db::Transaction& transaction, std::string_view account_id, std::string_view name,
                              std::vector<std::string> const& permissions, Instant now, Instant expires_at);
// False when the account has no such token.
bool revoke_token(db::Transaction& transaction, std::string_view account_id, std::string_view token_id);
void revoke_tokens_of(db::Transaction& transaction, std::string_view account_id);
std::vector<TokenView> tokens_of(db::Session& session, std::string_view account_id);

} // namespace sangu::auth
