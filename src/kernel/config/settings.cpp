#include "kernel/config/settings.h"

#include "base/mail_address.h"
#include "base/text.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <variant>

namespace sangu::config {

namespace {

using Member = std::variant<std::string Settings::*, std::int64_t Settings::*, bool Settings::*>;

struct Described {
    Option option;
    Member member;
};

std::vector<Described> const& described() {
    using S = Settings;
    static std::vector<Described> const all = {
        {{"database"}, &S::database},
        {{"listen"}, &S::listen},
        {{"port", false, 1, 65535}, &S::port},
        {{"public_url"}, &S::public_url},
        {{"workers", false, 2, 1024}, &S::workers},
        {{"loops", false, 0, 64}, &S::loops},
        {{"tls_certificate"}, &S::tls_certificate},
        {{"tls_key"}, &S::tls_key},
        {{"trusted_proxy"}, &S::trusted_proxy},
        {{"log_level"}, &S::log_level},
        {{"demo"}, &S::demo},
        {{"upload_mb_max", false, 1, 1024}, &S::upload_mb_max},
        {{"session_idle_minutes", false, 1, 1440}, &S::session_idle_minutes},
        {{"session_hours_max", false, 1, 168}, &S::session_hours_max},
        {{"lockout_failures", false, 3, 100}, &S::lockout_failures},
        {{"lockout_minutes", false, 1, 1440}, &S::lockout_minutes},
        {{"password_length_min", false, 8, 128}, &S::password_length_min},
        {{"second_factor_roles"}, &S::second_factor_roles},
        {{"anonymous_requests_per_minute", false, 10, 1000000}, &S::anonymous_requests_per_minute},
        {{"oidc_issuer"}, &S::oidc_issuer},
        {{"oidc_client_id"}, &S::oidc_client_id},
        {{"oidc_client_secret", true}, &S::oidc_client_secret},
        {{"oidc_label"}, &S::oidc_label},
        {{"mail_server"}, &S::mail_server},
        {{"mail_from"}, &S::mail_from},
        {{"mail_user"}, &S::mail_user},
        {{"mail_password", true}, &S::mail_password},
        {{"key_file"}, &S::key_file},
        {{"audit_keep_months", false, 0, 1200}, &S::audit_keep_months},
        {{"zone_name_zh"}, &S::zone_name_zh},
        {{"zone_name_en"}, &S::zone_name_en},
    };
    return all;
}

Described const* find(std::string_view key) {
    auto const found = std::ranges::find_if(described(), [&](Described const& one) { return one.option.key == key; });
    return found == described().end() ? nullptr : &*found;
}

// Sets one member from text; a Problem says what is wrong with it.
std::optional<Problem> assign(Settings& settings, Described const& one, std::string_view text) {
    std::string const key{one.option.key};
    if (auto const* member = std::get_if<std::string Settings::*>(&one.member)) {
        settings.*(*member) = text;
    } else if (auto const* flag = std::get_if<bool Settings::*>(&one.member)) {
        if (text != "true" && text != "false") return Problem{key, "error.not_yes_no", {}};
        settings.*(*flag) = text == "true";
    } else {
        auto const number = parse_integer(text);
        if (!number) return Problem{key, "error.not_a_number", {}};
        if (*number < one.option.min) return Problem{key, "error.too_small", {std::to_string(one.option.min)}};
        if (*number > one.option.max) return Problem{key, "error.too_large", {std::to_string(one.option.max)}};
        settings.*std::get<std::int64_t Settings::*>(one.member) = *number;
    }
    return {};
}

// The first line that begins a table, which no option is. Looked for before toml++ 3.3 reads the file, because its
// behaviour is undefined for "[ =".
std::optional<std::int64_t> line_of_table(std::string_view text) {
    std::int64_t line = 1;
    for (std::string_view const one : split_text(text, '\n')) {
        if (trim(one).starts_with('[')) return line;
        ++line;
    }
    return {};
}

class Loading {
public:
    void set(std::string_view key, std::string_view text, Source source, std::int64_t line = 0,
             std::int64_t column = 0) {
        Described const* one = find(key);
        auto problem =
            one ? assign(loaded.settings, *one, text)
                : std::optional<Problem>{Problem{std::string{key}, "error.unknown_option", {std::string{key}}}};
        if (problem) {
            problem->line = line;
            problem->column = column;
            problems.push_back(std::move(*problem));
        } else {
            loaded.sources.insert_or_assign(std::string{key}, source);
        }
    }

    void read_file(std::string const& file) {
        loaded.file = file;
        std::stringstream whole;
        whole << std::ifstream{file}.rdbuf();
        if (auto const line = line_of_table(whole.view())) {
            problems.push_back({"[", "error.config.kind", {}, *line, 1});
            return;
        }
        toml::table table;
        try {
            table = toml::parse_file(file);
        } catch (toml::parse_error const& error) {
            auto const at = error.source().begin;
            problems.push_back({file, "error.config.syntax", {std::string{error.description()}}, at.line, at.column});
            return;
        }
        for (auto const& [key, node] : table) {
            auto const at = node.source().begin;
            std::string text;
            if (auto const* words = node.as_string())
                text = words->get();
            else if (auto const* number = node.as_integer())
                text = std::to_string(number->get());
            else if (auto const* flag = node.as_boolean())
                text = flag->get() ? "true" : "false";
            else {
                problems.push_back({std::string{key.str()}, "error.config.kind", {}, at.line, at.column});
                continue;
            }
            set(key.str(), text, Source::file, at.line, at.column);
        }
    }

    void read_environment() {
        for (Described const& one : described()) {
            std::string name = "SANGU_";
            for (char const c : one.option.key) name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            if (char const* text = std::getenv(name.c_str())) set(one.option.key, text, Source::environment);
            if (!one.option.secret) continue;
            if (char const* file = std::getenv((name + "_FILE").c_str())) read_secret(one.option.key, file);
        }
    }

    Loaded loaded;
    Problems problems;

private:
    void read_secret(std::string_view key, char const* file) {
        std::ifstream in{file};
        std::stringstream text;
        text << in.rdbuf();
        if (!in)
            problems.push_back({std::string{key}, "error.config.secret_file", {file}});
        else
            set(key, trim(text.view()), Source::environment);
    }
};

} // namespace

std::vector<Option> const& options() {
    static std::vector<Option> const all = [] {
        std::vector<Option> result;
        for (Described const& one : described()) result.push_back(one.option);
        return result;
    }();
    return all;
}

Result<Loaded> load(std::string const& file_or_empty, std::map<std::string, std::string> const& flags) {
    Loading loading;
    if (!file_or_empty.empty()) loading.read_file(file_or_empty);
    loading.read_environment();
    for (auto const& [key, text] : flags) loading.set(key, text, Source::flag);
    auto const& settings = loading.loaded.settings;
    if (settings.audit_keep_months != 0 && settings.audit_keep_months < 6)
        loading.problems.push_back({"audit_keep_months", "error.too_small", {"6"}});
    if (!settings.mail_server.empty() && !settings.mail_server.starts_with("smtp://") &&
        !settings.mail_server.starts_with("smtps://"))
        loading.problems.push_back({"mail_server", "error.config.mail_server", {}});
    if (settings.mail_server.empty() != settings.mail_from.empty())
        loading.problems.push_back({"mail_from", "error.config.mail_pair", {}});
    else if (!settings.mail_from.empty() && !is_mail_address(settings.mail_from))
        loading.problems.push_back({"mail_from", "error.mail.address", {}});
    if (settings.tls_certificate.empty() != settings.tls_key.empty())
        loading.problems.push_back({"tls_key", "error.config.tls_pair", {}});
    if (!loading.problems.empty()) return refuse(std::move(loading.problems));
    return std::move(loading.loaded);
}

std::string_view help_of(Option const& option, i18n::Language language) {
    return i18n::message(language, "setting." + std::string{option.key});
}

std::string value_text(Settings const& settings, std::string_view key) {
    Described const* one = find(key);
    SANGU_ASSERT(one);
    if (auto const* member = std::get_if<std::string Settings::*>(&one->member)) {
        std::string const& text = settings.*(*member);
        return one->option.secret && !text.empty() ? "***" : text;
    }
    if (auto const* flag = std::get_if<bool Settings::*>(&one->member)) return settings.*(*flag) ? "true" : "false";
    return std::to_string(settings.*std::get<std::int64_t Settings::*>(one->member));
}

} // namespace sangu::config
