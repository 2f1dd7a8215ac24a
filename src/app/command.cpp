#include "app/command.h"

#include "base/log.h"
#include "kernel/db/db.h"
#include "kernel/version.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace sangu {
#define SANGU_MODULE(name) Module name##_module();
#include "app/modules.def"
#undef SANGU_MODULE
} // namespace sangu

namespace sangu::app {

std::vector<Module> modules() {
    std::vector<Module> all;
#define SANGU_MODULE(name) all.push_back(name##_module());
#include "app/modules.def"
#undef SANGU_MODULE
    return in_order(std::move(all));
}

i18n::Language terminal_language() {
    for (char const* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (char const* value = std::getenv(name); value && *value) {
            std::string tag{value};
            tag = tag.substr(0, tag.find('.'));
            return i18n::language_of(tag, i18n::Language::en);
        }
    return i18n::Language::en;
}

void print_error(Error const& error) {
    i18n::Language const language = terminal_language();
    std::cerr << i18n::format(language, error) << '\n';
    for (Problem const& problem : error.problems) {
        std::cerr << "  ";
        if (problem.line) std::cerr << problem.line << ':' << problem.column << ": ";
        if (!problem.field.empty()) std::cerr << problem.field << ": ";
        std::cerr << i18n::format(language, problem) << '\n';
    }
}

CommandLine::CommandLine()
    : app_{"sangu runs an innovation zone: plan, people, offers, needs and figures with receipts.", "sangu"} {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", std::string{version});
    app_.failure_message(CLI::FailureMessage::help);
    add_serve(*this);
    add_migrate(*this);
    add_user(*this);
    add_transfer(*this);
    add_audit(*this);
    add_key(*this);
    add_doctor(*this);
    add_backup(*this);
    add_openapi(*this);
    add_search(*this);
}

CLI::App& CommandLine::command(std::string const& name, std::string const& help) { return below(app_, name, help); }

CLI::App& CommandLine::below(CLI::App& parent, std::string const& name, std::string const& help) {
    CLI::App& added = *parent.add_subcommand(name, help);
    add_settings(added);
    return added;
}

void CommandLine::add_settings(CLI::App& command) {
    auto const group = "Settings (file < SANGU_… < flags)";
    command.add_option("--config", config_file_, "settings file (TOML)")->group(group)->check(CLI::ExistingFile);
    for (config::Option const& option : config::options()) {
        if (option.secret) continue; // secrets come from files, never from the command line
        std::string const key{option.key};
        std::string flag = "--" + key;
        for (char& c : flag)
            if (c == '_') c = '-';
        if (key == "demo")
            command.add_flag(flag, demo_, std::string{config::help_of(option)})->group(group);
        else
            command
                .add_option_function<std::string>(
                    flag, [this, key](std::string const& text) { flags_[key] = text; },
                    std::string{config::help_of(option)})
                ->group(group);
    }
}

void CommandLine::on_run(CLI::App& command, std::function<int(config::Loaded const&)> body) {
    command.callback([this, body = std::move(body)] { body_ = body; });
}

int CommandLine::run(int argc, char** argv) {
    try {
        app_.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        int const code = app_.exit(error);
        return code == 0 ? done : wrong_use;
    }
    i18n::load_catalogues();
    if (demo_) flags_["demo"] = "true";
    auto const loaded = config::load(config_file_, flags_);
    if (!loaded) {
        print_error(loaded.error());
        return wrong_use;
    }
    auto const& level = loaded->settings.log_level;
    log::set_level(level == "debug"     ? log::Level::debug
                   : level == "warning" ? log::Level::warning
                   : level == "error"   ? log::Level::error
                                        : log::Level::info);
    try {
        return body_(*loaded);
    } catch (std::exception const& exception) {
        std::cerr << "sangu: " << exception.what() << '\n';
        return fault;
    }
}

} // namespace sangu::app
