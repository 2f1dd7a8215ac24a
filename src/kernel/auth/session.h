#pragma once

// Sessions and API tokens. A browser holds an opaque random token in the cookie "sangu_session" (HttpOnly,
// SameSite=Lax, Secure under TLS); the database holds its SHA-256, so a copy of the database signs nobody in.
// Sessions end after an idle time, an absolute time, sign-out, a password change or a lock of the account.

#include "base/time.h"
#include "kernel/auth/actor.h"
#include "kernel/db/db.h"
#include "kernel/http/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu {
struct Services;
}

namespace sangu::auth {

// Who sent a request and with what.
struct Identity {
    Actor actor;
    std::string session_id; // hash; empty when not signed in by a browser
    std::string csrf_token; // expected in the form field "csrf" or the header "X-CSRF-Token"; for anonymous readers
                            // derived from the "sangu_visit" cookie
    bool second_factor_due = false; // signed in by password but a role requires the second factor
};

// From the cookie or "Authorization: Bearer …". Never throws; an unknown or expired token is anonymous.
// One indexed read; roles come with it. Touches last_seen at most once a minute (queued, not on the request's path).
Identity identify(Services& services, http::Request const& request);

struct NewSession {
    std::string cookie_value; // to be set by the caller
    std::string csrf_token;
};
// Starts a session (and ends `replaced`, so that the id rotates at sign-in).
NewSession start_session(db::Transaction& transaction, std::string_view account_id, Instant now, std::string_view remote,
                         std::string_view user_agent, std::string_view replaced_session_id);
void end_session(db::Transaction& transaction, std::string_view session_id);
void end_sessions_of(db::Transaction& transaction, std::string_view account_id);

std::string session_cookie(std::string_view value, bool secure); // Set-Cookie text
std::string expired_session_cookie();

} // namespace sangu::auth
