#pragma once

// Every option of the server in one described table: key, default, meaning, limits, secret or not. Values come
// from the file, then SANGU_… variables (…_FILE for secrets), then flags, in rising order. `sangu doctor` shows
// what is in force and where it came from; docs/options.md is generated from this table.

#include "base/result.h"
#include "kernel/i18n/i18n.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::config {

struct Settings {
    std::string database = "sqlite:var/sangu.db";
    std::string listen = "127.0.0.1";
    std::int64_t port = 8080;
    std::string public_url = "http://127.0.0.1:8080"; // for links in feeds, mail and OpenID Connect
    std::int64_t workers = 96;
    std::int64_t loops = 0;
    std::string tls_certificate, tls_key;
    std::string trusted_proxy;
    std::string log_level = "info";
    bool demo = false; // marks every page as demonstration data
    std::int64_t upload_mb_max = 64;
    std::int64_t session_idle_minutes = 30;
    std::int64_t session_hours_max = 12;
    std::int64_t lockout_failures = 5;
    std::int64_t lockout_minutes = 15;
    std::int64_t password_length_min = 10;
    std::string second_factor_roles = "system_administrator,security_administrator,audit_administrator";
    std::int64_t anonymous_requests_per_minute = 600;
    std::string oidc_issuer, oidc_client_id, oidc_client_secret, oidc_label;
    std::string mail_server, mail_from, mail_user, mail_password; // empty server: no mail
    std::string key_file;                                         // see kernel/auth/secrets.h
    std::int64_t audit_keep_months = 0;                           // 0: for ever; at least 6 otherwise
    std::string zone_name_zh = "长株潭国家自主创新示范区",
                zone_name_en = "Chang-Zhu-Tan National Innovation Demonstration Zone";
};

enum class Source : std::uint8_t { built_in, file, environment, flag };

struct Option {
    std::string_view key; // "session_idle_minutes"; SANGU_SESSION_IDLE_MINUTES; --session-idle-minutes
    bool secret = false;
    std::int64_t min = 0, max = 0; // of numbers; both 0: no limits
};
std::vector<Option> const& options();
// What the option means, in one line (message "setting.<key>"); --help and docs/options.md speak English.
std::string_view help_of(Option const& option, i18n::Language language = i18n::Language::en);

struct Loaded {
    Settings settings;
    std::map<std::string, Source, std::less<>> sources;
    std::string file; // the file that was read; empty: none
};
// Unknown keys, wrong types and values out of range are all reported at once, with file, line and column.
Result<Loaded> load(std::string const& file_or_empty, std::map<std::string, std::string> const& flags);
// The value as text, "***" for a secret that is set.
std::string value_text(Settings const& settings, std::string_view key);

} // namespace sangu::config
