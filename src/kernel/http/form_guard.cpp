#include "kernel/http/form_guard.h"

#include "base/text.h"
#include "kernel/auth/random.h"

namespace sangu::http {

namespace {

std::string_view host_of(std::string_view address) {
    auto const at = address.find("://");
    if (at != std::string_view::npos) address.remove_prefix(at + 3);
    return address.substr(0, address.find('/'));
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
    return difference == 0;
}

} // namespace

bool comes_from_elsewhere(Request const& request, std::string_view public_url) {
    auto const origin = request.header("origin");
    if (!origin.empty() && origin != "null") {
        auto const host = host_of(origin);
        return host != request.header("host") && host != host_of(public_url);
    }
    auto const site = request.header("sec-fetch-site");
    return origin == "null" ? site != "same-origin" : site == "cross-site" || site == "same-site";
}

bool has_token(Request const& request, std::string_view expected) {
    if (expected.empty()) return false;
    auto const given = request.form_value("csrf").value_or(request.header("x-csrf-token"));
    return equal_in_constant_time(given, expected);
}

std::string new_visit() { return auth::random_token(); }

i18n::Language chosen_language(std::string_view cookies, std::string_view accept_language,
                               std::string_view of_account) {
    constexpr std::string_view name = "sangu_language=";
    auto const fallback = [&] {
        auto const best = i18n::negotiate(accept_language);
        return of_account.empty() ? best : i18n::language_of(of_account, best);
    };
    auto const at = cookies.find(name);
    if (at == std::string_view::npos) return fallback();
    auto const value = cookies.substr(at + name.size());
    return i18n::language_of(value.substr(0, value.find(';')), fallback());
}

} // namespace sangu::http
