#pragma once

// OpenID Connect 1.0, authorisation code flow with PKCE (RFC 7636), state and nonce. The provider is found by discovery
// from settings.oidc_issuer; ID tokens are verified against its key set (asymmetric algorithms only).

#include "base/result.h"
#include "base/time.h"

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace sangu::config {
struct Settings;
}

namespace sangu::auth::oidc {

struct Claims {
    std::string issuer, subject;
    std::string name; // may be empty
};

// The secrets of one sign-in between leaving for the provider and coming back.
struct Secrets {
    std::string state, nonce, verifier;
};
Secrets new_secrets();

struct Provider {
    std::string authorization_endpoint, token_endpoint, jwks_uri;
};

// Verifies signature, issuer, audience, expiry (one minute of leeway) and nonce. `keys` is a JWK Set.
// Refuses "auth.oidc.bad_token".
Result<Claims> verify_id_token(std::string_view token, std::string_view keys, std::string_view issuer,
                               std::string_view client_id, std::string_view nonce, Instant now);

class Client {
public:
    // Where to send the browser. Fetches the provider's description when it is older than ten minutes.
    Result<std::string> authorization_address(config::Settings const& settings, Secrets const& secrets, Instant now);
    // Exchanges the code for a verified identity.
    Result<Claims> redeem(config::Settings const& settings, std::string_view code, Secrets const& secrets, Instant now);

private:
    Result<Provider> provider(config::Settings const& settings, Instant now);
    Result<std::string> keys(Provider const& provider, Instant now, bool fresh);

    std::mutex mutex_;
    Provider provider_;
    std::string issuer_, keys_;
    Instant provider_at_, keys_at_;
    std::atomic<int> running_{0};
};

// The address the provider sends the browser back to.
std::string callback_address(config::Settings const& settings);

} // namespace sangu::auth::oidc
