#pragma once

// What the commands share: settings from file, environment and flags; the modules; exit codes; messages to people.
// Every command lives in a file of its own and adds itself to the command line by one function.

#include "kernel/config/settings.h"
#include "kernel/i18n/i18n.h"
#include "kernel/module.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace sangu::app {

enum Exit : int { done = 0, refused = 1, wrong_use = 2, fault = 3 };

std::vector<Module> modules(); // in dependency order

// The language of the terminal: LC_ALL, LC_MESSAGES, LANG; English when they say nothing.
i18n::Language terminal_language();
void print_error(Error const& error); // to standard error, with every problem on a line

class CommandLine {
public:
    CommandLine();
    // Parses and runs; the exit code.
    int run(int argc, char** argv);

    // A command with the options of the settings table (--config, --port …) added.
    CLI::App& command(std::string const& name, std::string const& help);
    CLI::App& below(CLI::App& parent, std::string const& name, std::string const& help);
    // What the chosen command does; called after parsing with the loaded settings.
    void on_run(CLI::App& command, std::function<int(config::Loaded const&)> body);

private:
    void add_settings(CLI::App& command);

    CLI::App app_;
    std::string config_file_;
    std::map<std::string, std::string> flags_;
    bool demo_ = false;
    std::function<int(config::Loaded const&)> body_;
};

void add_serve(CommandLine& line);
void add_migrate(CommandLine& line);
void add_user(CommandLine& line);
void add_transfer(CommandLine& line); // import, export
void add_audit(CommandLine& line);
void add_key(CommandLine& line); // key show, rotate, replace-lost
void add_doctor(CommandLine& line);
void add_backup(CommandLine& line); // backup, restore
void add_openapi(CommandLine& line);
void add_search(CommandLine& line); // match, search eval

} // namespace sangu::app
