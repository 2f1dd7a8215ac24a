#include "app/command.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/secrets.h"
#include "kernel/host.h"
#include "kernel/json/json.h"
#include "kernel/mail/mail.h"
#include "kernel/version.h"

#include <sys/resource.h>

#include <filesystem>
#include <iomanip>
#include <iostream>

namespace sangu::app {

namespace {

std::string_view source_name(config::Loaded const& loaded, std::string_view key) {
    auto const found = loaded.sources.find(key);
    if (found == loaded.sources.end()) return "built in";
    switch (found->second) {
    case config::Source::file: return "file";
    case config::Source::environment: return "environment";
    case config::Source::flag: return "flag";
    default: return "built in";
    }
}

struct Finding {
    bool good;
    std::string what, remedy;
};

void check_keys(db::Session& session, config::Settings const& settings, std::vector<Finding>& findings) {
    auth::KeyState const keys = auth::look_at_keys(session, settings);
    if (!keys.exists && keys.missing.empty() && keys.sealed == 0) {
        findings.push_back({true, "no secret is sealed yet; the first start makes the key file " + keys.file, ""});
        return;
    }
    findings.push_back(
        {keys.readable, keys.readable ? "key file " + keys.file : "key file " + keys.file + ": missing",
         keys.problem.empty() ? "copy it back from where it is kept, or run sangu key replace-lost" : keys.problem});
    if (!keys.readable) return;
    findings.push_back({keys.is_private, "only its owner may read the key file", "chmod 600 " + keys.file});
    std::string missing;
    for (std::string const& id : keys.missing) missing += " " + id;
    findings.push_back(
        {keys.missing.empty(),
         keys.missing.empty() ? "the key file holds every key of this database" : "the key file lacks" + missing,
         "copy the right file back, or run sangu key replace-lost"});
    findings.push_back({keys.plain == 0,
                        std::to_string(keys.sealed) + " secrets sealed, " + std::to_string(keys.plain) + " in plain",
                        "start the server once, it seals them"});
}

void check_database(config::Loaded const& loaded, std::vector<Finding>& findings) {
    try {
        auto const database = db::open({.url = loaded.settings.database});
        auto const all = modules();
        auto const pending = db::plan_migrations(*database, migrations_of(all));
        findings.push_back({true, "database reachable", ""});
        findings.push_back(
            {pending.empty(), std::to_string(pending.size()) + " migrations pending", "run sangu migrate"});
        if (!pending.empty()) return;
        auto const lease = database->read();
        auto const verdict = audit::verify(*lease);
        findings.push_back({verdict.whole, "audit chain of " + std::to_string(verdict.records) + " records",
                            "restore from a backup and keep this database as evidence"});
        auto const administrators =
            lease->integer("select count(distinct role) from kernel_role_grant where role in ('system_administrator', "
                           "'security_administrator', 'audit_administrator')");
        findings.push_back(
            {administrators.value_or(0) == 3, "three administrators exist", "run sangu user first-administrators"});
        check_keys(*lease, loaded.settings, findings);
    } catch (std::exception const& exception) {
        findings.push_back({false, std::string{"database: "} + exception.what(), "check the database option"});
    }
}

void check_limits(std::vector<Finding>& findings) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    findings.push_back({files.rlim_cur >= 8192, "open files limit " + std::to_string(files.rlim_cur),
                        "raise it (ulimit -n 65536, LimitNOFILE in the unit) for many connections"});
    bool const zones = std::filesystem::exists("/usr/share/zoneinfo/Asia/Shanghai");
    findings.push_back({zones, "time zone Asia/Shanghai known", "install tzdata"});
    bool const opencc = std::filesystem::exists("/usr/share/opencc/s2t.json");
    findings.push_back({opencc, "simplified to traditional conversion available", "install libopencc-data"});
}

void check_address(config::Settings const& settings, std::vector<Finding>& findings) {
    bool const open_plain = settings.listen != "127.0.0.1" && settings.listen != "::1" &&
                            settings.tls_certificate.empty() && settings.trusted_proxy.empty();
    findings.push_back({!open_plain, "passwords travel encrypted or stay on this machine",
                        "set tls_certificate and tls_key, or put a TLS proxy in front and name it in trusted_proxy"});
}

} // namespace

void add_doctor(CommandLine& line) {
    CLI::App& command = line.command("doctor", "Show the settings in force, where each came from, and what is wrong");
    auto const as_json = std::make_shared<bool>(false);
    auto const only_options = std::make_shared<bool>(false);
    command.add_flag("--json", *as_json, "machine-readable output");
    command.add_flag("--options", *only_options, "list every option with its default and meaning");
    line.on_run(command, [as_json, only_options](config::Loaded const& loaded) -> int {
        if (*only_options) {
            config::Settings const built_in;
            for (config::Option const& option : config::options())
                std::cout << option.key << " = " << config::value_text(built_in, option.key) << "\n    "
                          << config::help_of(option) << '\n';
            return done;
        }
        std::vector<Finding> findings;
        check_database(loaded, findings);
        check_limits(findings);
        check_address(loaded.settings, findings);
        findings.push_back({true,
                            mail::is_enabled(loaded.settings) ? "mail goes through " + loaded.settings.mail_server
                                                              : "mail is off: no mail_server is set",
                            ""});
        bool const healthy = std::ranges::all_of(findings, &Finding::good);
        if (*as_json) {
            std::string out;
            json::Writer writer{out};
            writer.begin_object().member("version", version).member("healthy", healthy).key("settings").begin_object();
            for (config::Option const& option : config::options()) {
                writer.key(option.key).begin_object().member("value", config::value_text(loaded.settings, option.key));
                writer.member("source", source_name(loaded, option.key)).end_object();
            }
            writer.end_object().key("findings").begin_array();
            for (Finding const& finding : findings)
                writer.begin_object()
                    .member("good", finding.good)
                    .member("what", finding.what)
                    .member("remedy", finding.good ? "" : finding.remedy)
                    .end_object();
            writer.end_array().end_object();
            std::cout << out << '\n';
            return healthy ? done : refused;
        }
        std::cout << "sangu " << version << (loaded.file.empty() ? "" : ", settings from " + loaded.file) << "\n\n";
        for (config::Option const& option : config::options())
            std::cout << std::left << std::setw(32) << option.key << std::setw(12) << source_name(loaded, option.key)
                      << config::value_text(loaded.settings, option.key) << '\n';
        std::cout << '\n';
        for (Finding const& finding : findings) {
            std::cout << (finding.good ? "ok    " : "WRONG ") << finding.what << '\n';
            if (!finding.good) std::cout << "      → " << finding.remedy << '\n';
        }
        return healthy ? done : refused;
    });
}

} // namespace sangu::app
