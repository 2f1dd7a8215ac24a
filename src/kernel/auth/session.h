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
class Context;
}

namespace sangu::auth {

// Who sent a request and with what.
struct Identity {
    Actor actor;
    std::string session_id; // hash; empty when not signed in by a browser
    std::string csrf_token; // expected in the form field "csrf" or the header "X-CSRF-Token"; for anonymous readers
                            // derived from the "sangu_visit" cookie
    bool second_factor_due = false; // signed in by password, but the second factor is set up or a role requires it:
                                    // only the pages of the second factor and sign-out are allowed
    std::string language;           // tag the account has chosen; empty for anonymous readers
};

// From the cookie or "Authorization: Bearer …". Never throws; an unknown or expired token is anonymous. One indexed
// read in the snapshot of the context, whose own actor does not matter; roles come with it. Touches last_seen at most
// once a minute (queued, not on the request's path).
Identity identify(Context& context, http::Request const& request);

struct NewSession {
    std::string cookie_value; // to be set by the caller
    std::string csrf_token;
};
// Starts a session (and ends `replaced`, so that the id rotates at sign-in). An account has at most five; the oldest
// end.
NewSession start_session(db::Transaction& transaction, std::string_view account_id, Instant now,
                         std::string_view remote, std::string_view user_agent, std::string_view replaced_session_id);
// Gives a session a new secret, after the second factor (`second_factor`) or a password change. Nothing when it has
// ended.
std::optional<NewSession> rotate_session(db::Transaction& transaction, std::string_view session_id, Instant now,
                                         bool second_factor);
void end_session(db::Transaction& transaction, std::string_view session_id);
// `except`: the session that goes on; empty: none.
void end_sessions_of(db::Transaction& transaction, std::string_view account_id, std::string_view except = {});
// Deletes sessions that ended by time.
void forget_old_sessions(db::Transaction& transaction, Instant now);

struct SessionView {
    std::string id, remote, user_agent;
    Instant started_at, last_seen_at;
};
std::vector<SessionView> sessions_of(db::Session& session, std::string_view account_id); // newest first

// The id of the request's browser session; empty without the cookie.
std::string session_id_of(http::Request const& request);
// Where a session goes whose second factor is due, and the only paths it may use: these pages, sign-out, assets.
inline constexpr std::string_view second_factor_path = "/sign-in/second-factor";
bool is_allowed_before_second_factor(std::string_view path);

// The token a form of this browser must bring, derived from its session (or visit) cookie.
std::string csrf_token_for(std::string_view cookie_value);
// True when a role in `roles` is one of the comma-separated names.
bool has_role_of(std::vector<RoleGrant> const& roles, std::string_view comma_separated);

std::string session_cookie(std::string_view value, bool secure); // Set-Cookie text
std::string expired_session_cookie();

} // namespace sangu::auth
