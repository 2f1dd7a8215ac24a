#include "base/text.h"
#include "kernel/auth/oidc.h"
#include "kernel/json/json.h"

#include <cjose/cjose.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace sangu::auth::oidc {

namespace {

using Signed = std::unique_ptr<cjose_jws_t, void (*)(cjose_jws_t*)>;
using Key = std::unique_ptr<cjose_jwk_t, void (*)(cjose_jwk_t*)>;

constexpr std::size_t token_bytes_max = 16384;
constexpr std::int64_t leeway_s = 60;

auto bad_token() { return refuse(Refusal::unauthenticated, "auth.oidc.bad_token"); }

// Only asymmetric algorithms: "none" and HMAC with a public key as the secret are the classic forgeries.
std::string_view key_type_of(std::string_view algorithm) {
    constexpr std::array<std::string_view, 6> rsa{"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"};
    constexpr std::array<std::string_view, 3> ec{"ES256", "ES384", "ES512"};
    if (std::ranges::find(rsa, algorithm) != rsa.end()) return "RSA";
    if (std::ranges::find(ec, algorithm) != ec.end()) return "EC";
    return "";
}

// cjose wants one key; the set is split by hand so that keys of other types and uses do not matter.
std::string key_json(json::Node key) {
    std::string text;
    json::Writer writer{text};
    writer.begin_object();
    for (std::string_view const name : {"kty", "kid", "n", "e", "crv", "x", "y"})
        if (auto const part = key.text_of(name); !part.empty()) writer.member(name, part);
    writer.end_object();
    return text;
}

bool verifies(cjose_jws_t* token, json::Node key) {
    std::string const text = key_json(key);
    cjose_err error{};
    Key const imported{cjose_jwk_import(text.data(), text.size(), &error),
                       [](cjose_jwk_t* one) { cjose_jwk_release(one); }};
    return imported && cjose_jws_verify(token, imported.get(), &error);
}

bool is_signed_by_one_of(cjose_jws_t* token, std::string_view algorithm, std::string_view key_id,
                         std::string_view keys) {
    auto const document = json::Document::parse(keys);
    if (!document || document->root().kind() != json::Kind::object) return false;
    auto const list = document->root().find("keys");
    if (!list || list->kind() != json::Kind::array) return false;
    for (std::size_t i = 0; i < std::min<std::size_t>(list->size(), 50); ++i) {
        json::Node const key = list->at(i);
        if (key.kind() != json::Kind::object || key.text_of("kty") != key_type_of(algorithm)) continue;
        if (!key.text_of("use").empty() && key.text_of("use") != "sig") continue;
        if (!key.text_of("alg").empty() && key.text_of("alg") != algorithm) continue;
        if (!key_id.empty() && key.text_of("kid") != key_id) continue;
        if (verifies(token, key)) return true;
    }
    return false;
}

bool is_for(json::Node claims, std::string_view client_id) {
    auto const audience = claims.find("aud");
    if (!audience) return false;
    if (audience->kind() == json::Kind::string) return audience->text() == client_id;
    if (audience->kind() != json::Kind::array) return false;
    bool named = false;
    for (std::size_t i = 0; i < audience->size(); ++i)
        named = named || (audience->at(i).kind() == json::Kind::string && audience->at(i).text() == client_id);
    // OpenID Connect Core 3.1.3.7: with several audiences the authorised party must be this client.
    return named && (audience->size() == 1 || claims.text_of("azp") == client_id);
}

} // namespace

Result<Claims> verify_id_token(std::string_view token, std::string_view keys, std::string_view issuer,
                               std::string_view client_id, std::string_view nonce, Instant now) {
    if (token.empty() || token.size() > token_bytes_max) return bad_token();
    cjose_err error{};
    Signed const parsed{cjose_jws_import(token.data(), token.size(), &error),
                        [](cjose_jws_t* one) { cjose_jws_release(one); }};
    if (!parsed) return bad_token();
    cjose_header_t* const header = cjose_jws_get_protected(parsed.get());
    char const* const algorithm = cjose_header_get(header, CJOSE_HDR_ALG, &error);
    char const* const key_id = cjose_header_get(header, CJOSE_HDR_KID, &error);
    if (!algorithm || key_type_of(algorithm).empty()) return bad_token();
    if (!is_signed_by_one_of(parsed.get(), algorithm, key_id ? key_id : "", keys)) return bad_token();

    std::uint8_t* plain = nullptr;
    size_t size = 0;
    if (!cjose_jws_get_plaintext(parsed.get(), &plain, &size, &error)) return bad_token();
    auto const document = json::Document::parse({reinterpret_cast<char const*>(plain), size});
    if (!document || document->root().kind() != json::Kind::object) return bad_token();
    json::Node const claims = document->root();
    auto const expires = claims.real_of("exp"), issued = claims.real_of("iat");
    double const now_s = static_cast<double>(now.ms) / 1000;
    bool const in_time = expires && issued && *expires + leeway_s > now_s && *issued - leeway_s < now_s;
    std::string_view const subject = claims.text_of("sub");
    if (claims.text_of("iss") != issuer || !is_for(claims, client_id) || !in_time) return bad_token();
    if (nonce.empty() || claims.text_of("nonce") != nonce || subject.empty() || subject.size() > 255)
        return bad_token();
    return Claims{std::string{issuer}, std::string{subject}, shorten(claims.text_of("name"), 100)};
}

} // namespace sangu::auth::oidc
