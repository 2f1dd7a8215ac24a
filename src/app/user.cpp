#include "app/command.h"
#include "app/first_run.h"
#include "kernel/host.h"
#include "modules/identity/identity.h"

#include <fstream>
#include <iostream>

namespace sangu::app {

namespace {

struct Arguments {
    std::string login, name, password_file, administrators_file;
    std::vector<std::string> roles;
};

int report(Result<void> const& result) {
    if (result) return done;
    print_error(result.error());
    return refused;
}

std::string first_line(std::istream& in) {
    std::string line;
    std::getline(in, line);
    return line;
}

int add_account(Host& host, Arguments const& given) {
    identity::NewAccount account{given.login, given.name.empty() ? given.login : given.name, {}, {}};
    for (std::string const& text : given.roles) {
        auto const role = identity::parse_role(text);
        if (!role) return report(tl::make_unexpected(role.error()));
        account.roles.push_back(*role);
    }
    if (given.password_file.empty())
        account.password = first_line(std::cin);
    else {
        std::ifstream in{given.password_file};
        account.password = first_line(in);
    }
    return report(identity::create_first_administrators(host.services(), {account}));
}

int reset_account(Host& host, Arguments const& given) {
    auto const code = identity::issue_code_by_system(host.services(), given.login);
    if (!code) return report(tl::make_unexpected(code.error()));
    std::cout << *code << '\n';
    return done;
}

using Act = int (*)(Host&, Arguments const&);

void add_act(CommandLine& line, CLI::App& command, std::shared_ptr<Arguments> const& given, Act act) {
    line.on_run(command, [given, act](config::Loaded const& loaded) -> int {
        SystemClock const clock;
        prepare_database_folder(loaded.settings);
        Host host{loaded.settings, modules(), clock};
        return act(host, *given);
    });
}

} // namespace

void add_user(CommandLine& line) {
    auto const given = std::make_shared<Arguments>();
    CLI::App& user = line.command("user", "Accounts, from the machine itself");
    user.require_subcommand(1);

    CLI::App& add = line.below(user, "add", "Add an account; the password is read from standard input or a file");
    add.add_option("login", given->login)->required();
    add.add_option("--name", given->name, "name shown to people");
    add.add_option("--role", given->roles, "role@scope, may be repeated: city_officer@zone/changsha");
    add.add_option("--password-file", given->password_file)->check(CLI::ExistingFile);
    add_act(line, add, given, add_account);

    CLI::App& reset = line.below(user, "reset", "Print a one-time code with which the account sets a new password");
    reset.add_option("login", given->login)->required();
    add_act(line, reset, given, reset_account);

    CLI::App& factor =
        line.below(user, "reset-second-factor", "Take the second factor from an account whose device is lost");
    factor.add_option("login", given->login)->required();
    add_act(line, factor, given, [](Host& host, Arguments const& a) -> int {
        return report(identity::reset_second_factor_by_system(host.services(), a.login));
    });

    CLI::App& first = line.below(user, "first-administrators", "Create the three administrators when they are missing");
    first.add_option("--admins", given->administrators_file, "file with lines \"role login password\"")
        ->check(CLI::ExistingFile);
    add_act(line, first, given,
            [](Host& host, Arguments const& a) -> int { return FirstRun{true, a.administrators_file}.run(host); });
}

} // namespace sangu::app
