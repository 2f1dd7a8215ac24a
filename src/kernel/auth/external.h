#pragma once

// The way to an identity provider and back: what is remembered in between, once, for ten minutes.

#include "base/result.h"
#include "kernel/auth/oidc.h"
#include "kernel/db/db.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::auth {

struct ExternalSignIn {
    oidc::Secrets secrets;
    std::string return_to;  // a path on this server
    std::string account_id; // set when a signed-in person links an identity
};

void remember(db::Transaction& transaction, ExternalSignIn const& one, Instant now);
// What was remembered under the state, which is then forgotten; nothing when it is unknown or too old.
std::optional<ExternalSignIn> take_remembered(db::Transaction& transaction, std::string_view state, Instant now);

} // namespace sangu::auth
