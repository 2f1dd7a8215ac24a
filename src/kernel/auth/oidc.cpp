#include "kernel/auth/oidc.h"

#include "base/text.h"
#include "kernel/auth/digest.h"
#include "kernel/auth/fetch.h"
#include "kernel/auth/random.h"
#include "kernel/config/settings.h"
#include "kernel/http/message.h"
#include "kernel/json/json.h"

namespace sangu::auth::oidc {

namespace {

constexpr std::int64_t remembered_ms = 600'000, refetch_ms = 30'000;
constexpr int exchanges_max = 8; // each holds a request thread for up to ten seconds

struct Turn {
    explicit Turn(std::atomic<int>& running_) : running{running_}, taken{++running_ <= exchanges_max} {}
    ~Turn() { --running; }
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;
    std::atomic<int>& running;
    bool taken;
};

Result<Provider> parse_provider(std::string_view text, std::string_view issuer) {
    auto const document = TRY(json::Document::parse(text));
    json::Node const root = document.root();
    Provider provider{std::string{root.text_of("authorization_endpoint")}, std::string{root.text_of("token_endpoint")},
                      std::string{root.text_of("jwks_uri")}};
    bool const allowed = is_allowed_address(provider.authorization_endpoint) &&
                         is_allowed_address(provider.token_endpoint) && is_allowed_address(provider.jwks_uri);
    if (root.text_of("issuer") != issuer || !allowed) return refuse(Refusal::unavailable, "auth.oidc.unreachable");
    return provider;
}

std::string token_form(config::Settings const& settings, std::string_view code, Secrets const& secrets) {
    std::string form = "grant_type=authorization_code&code=" + http::percent_encode(code) +
                       "&redirect_uri=" + http::percent_encode(callback_address(settings)) +
                       "&code_verifier=" + http::percent_encode(secrets.verifier);
    if (settings.oidc_client_secret.empty()) form += "&client_id=" + http::percent_encode(settings.oidc_client_id);
    return form;
}

} // namespace

Secrets new_secrets() { return {random_token(), random_token(), random_token()}; }

std::string callback_address(config::Settings const& settings) {
    return settings.public_url + "/sign-in/oidc/callback";
}

Result<Provider> Client::provider(config::Settings const& settings, Instant now) {
    {
        std::lock_guard const lock{mutex_};
        if (issuer_ == settings.oidc_issuer && now.ms - provider_at_.ms < remembered_ms) return provider_;
    }
    std::string address = settings.oidc_issuer;
    if (address.ends_with('/')) address.pop_back();
    auto const text = TRY(fetch({.address = address + "/.well-known/openid-configuration"}));
    auto found = parse_provider(text, settings.oidc_issuer);
    if (!found) return refuse(Refusal::unavailable, "auth.oidc.unreachable");
    std::lock_guard const lock{mutex_};
    issuer_ = settings.oidc_issuer;
    provider_ = *found;
    provider_at_ = now;
    keys_.clear();
    return std::move(*found);
}

Result<std::string> Client::keys(Provider const& provider, Instant now, bool fresh) {
    {
        std::lock_guard const lock{mutex_};
        auto const age = now.ms - keys_at_.ms;
        if (!keys_.empty() && age < (fresh ? refetch_ms : remembered_ms)) return keys_;
    }
    auto text = TRY(fetch({.address = provider.jwks_uri}));
    std::lock_guard const lock{mutex_};
    keys_ = text;
    keys_at_ = now;
    return text;
}

Result<std::string> Client::authorization_address(config::Settings const& settings, Secrets const& secrets,
                                                  Instant now) {
    if (settings.oidc_issuer.empty()) return refuse(Refusal::not_found, "error.not_found");
    Turn const turn{running_};
    if (!turn.taken) return refuse(Refusal::too_many, "error.too_many");
    auto const found = TRY(provider(settings, now));
    char const joint = found.authorization_endpoint.find('?') == std::string::npos ? '?' : '&';
    return found.authorization_endpoint + joint +
           "response_type=code&scope=openid%20profile&client_id=" + http::percent_encode(settings.oidc_client_id) +
           "&redirect_uri=" + http::percent_encode(callback_address(settings)) + "&state=" + secrets.state +
           "&nonce=" + secrets.nonce +
           "&code_challenge_method=S256&code_challenge=" + to_base64url(sha256(secrets.verifier));
}

Result<Claims> Client::redeem(config::Settings const& settings, std::string_view code, Secrets const& secrets,
                              Instant now) {
    Turn const turn{running_};
    if (!turn.taken) return refuse(Refusal::too_many, "error.too_many");
    auto const found = TRY(provider(settings, now));
    Fetch request{.address = found.token_endpoint, .form = token_form(settings, code, secrets)};
    if (!settings.oidc_client_secret.empty()) {
        request.user = http::percent_encode(settings.oidc_client_id);
        request.password = http::percent_encode(settings.oidc_client_secret);
    }
    auto const answer = TRY(fetch(request));
    auto const document = json::Document::parse(answer);
    if (!document) return refuse(Refusal::unauthenticated, "auth.oidc.bad_token");
    std::string_view const token = document->root().text_of("id_token");
    auto claims = verify_id_token(token, TRY(keys(found, now, false)), settings.oidc_issuer, settings.oidc_client_id,
                                  secrets.nonce, now);
    if (claims) return claims;
    // The provider may have changed its keys since they were fetched.
    return verify_id_token(token, TRY(keys(found, now, true)), settings.oidc_issuer, settings.oidc_client_id,
                           secrets.nonce, now);
}

} // namespace sangu::auth::oidc
