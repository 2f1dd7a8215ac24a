#include "app/first_run.h"

#include "app/command.h"
#include "base/text.h"
#include "kernel/auth/account.h"
#include "kernel/auth/random.h"
#include "modules/identity/identity.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>

namespace sangu::app {

namespace {

constexpr std::string_view roles[] = {auth::system_administrator, auth::security_administrator,
                                      auth::audit_administrator};

std::string short_name(std::string_view role) { return std::string{role.substr(0, role.find('_'))}; }

std::string random_password() { return auth::random_code(5); }

// Reads a line without showing it; the terminal is as before whatever happens.
std::string ask_hidden(std::string const& question) {
    std::cerr << question << std::flush;
    termios before{};
    ::tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    std::string line;
    std::getline(std::cin, line);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::cerr << '\n';
    return line;
}

std::string ask(std::string const& question, std::string const& otherwise) {
    std::cerr << question << " [" << otherwise << "]: " << std::flush;
    std::string line;
    std::getline(std::cin, line);
    std::string const answer{trim(line)};
    return answer.empty() ? otherwise : answer;
}

std::vector<identity::NewAccount> ask_for_administrators() {
    std::cerr
        << "\nThree separate administrators are needed: system (accounts, operation), security (roles), audit (log).\n"
           "They should be three people. Leave a password empty to get a random one.\n\n";
    std::vector<identity::NewAccount> accounts;
    for (std::string_view const role : roles) {
        std::string const login = ask("Login of the " + short_name(role) + " administrator", short_name(role));
        std::string password = ask_hidden("Password: ");
        if (password.empty()) {
            password = random_password();
            std::cerr << "  password of " << login << ": " << password << '\n';
        }
        accounts.push_back({login, login, password, {{std::string{role}, "zone"}}});
    }
    return accounts;
}

Result<std::vector<identity::NewAccount>> read_administrators(std::string const& file) {
    std::ifstream in{file};
    std::vector<identity::NewAccount> accounts;
    std::string line;
    for (std::int64_t number = 1; std::getline(in, line); ++number) {
        std::string_view const text = trim(line);
        if (text.empty() || text.starts_with('#')) continue;
        std::size_t const first = text.find_first_of(" \t");
        std::size_t const second = first == std::string_view::npos ? first : text.find_first_of(" \t", first + 1);
        if (second == std::string_view::npos)
            return refuse({Problem{file, "error.administrators_file", {}, number, 1}});
        std::string const login{text.substr(first + 1, second - first - 1)};
        accounts.push_back(
            {login, login, std::string{trim(text.substr(second))}, {{std::string{text.substr(0, first)}, "zone"}}});
    }
    return accounts;
}

// Where nobody can be asked: random passwords in a file that only its owner can read.
std::vector<identity::NewAccount> invent_administrators(config::Settings const& settings) {
    std::vector<identity::NewAccount> accounts;
    for (std::string_view const role : roles)
        accounts.push_back({short_name(role), short_name(role), random_password(), {{std::string{role}, "zone"}}});
    std::filesystem::path folder{"."};
    if (std::string_view const url = settings.database; url.starts_with("sqlite:"))
        folder = std::filesystem::path{url.substr(7)}.parent_path();
    std::string const path = (folder / "first-administrators").string();
    int const file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC, S_IRUSR | S_IWUSR);
    if (file < 0) throw std::runtime_error{"cannot write " + path};
    std::string text = "# role login password: sign in, set up the second factor, then delete this file\n";
    for (auto const& account : accounts)
        text += account.roles.front().role + ' ' + account.login + ' ' + account.password + '\n';
    auto const written = ::write(file, text.data(), text.size());
    ::close(file);
    if (written != static_cast<ssize_t>(text.size())) throw std::runtime_error{"cannot write " + path};
    std::cerr << "  The first administrators and their random passwords are in " << path << '\n';
    return accounts;
}

int create_administrators(Host& host, std::string const& file) {
    if (!identity::needs_first_administrators(host.services())) return done;
    bool const terminal = ::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO);
    for (;;) {
        Result<std::vector<identity::NewAccount>> accounts = std::vector<identity::NewAccount>{};
        if (!file.empty())
            accounts = read_administrators(file);
        else if (terminal)
            accounts = ask_for_administrators();
        else
            accounts = invent_administrators(host.services().settings);
        Result<void> created = accounts ? identity::create_first_administrators(host.services(), *accounts)
                                        : Result<void>{tl::make_unexpected(accounts.error())};
        if (created) return done;
        print_error(created.error());
        if (!terminal || !file.empty()) return refused;
    }
}

int create_demo(Host& host) {
    auto const accounts = identity::create_demo_accounts(host.services());
    if (!accounts) {
        print_error(accounts.error());
        return refused;
    }
    std::cerr << "\n  Demonstration accounts (shown once):\n";
    for (identity::DemoAccount const& account : *accounts) {
        std::cerr << "    " << account.login << "  " << account.password << "  ";
        for (std::string const& role : account.roles) std::cerr << ' ' << role;
        std::cerr << '\n';
    }
    return done;
}

} // namespace

void prepare_database_folder(config::Settings const& settings) {
    std::string_view const url = settings.database;
    if (!url.starts_with("sqlite:")) return;
    auto const folder = std::filesystem::path{url.substr(7)}.parent_path();
    if (folder.empty() || std::filesystem::exists(folder)) return;
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
}

int FirstRun::run(Host& host) const {
    if (!wanted) return done;
    if (host.services().settings.demo) return create_demo(host);
    return create_administrators(host, administrators_file);
}

} // namespace sangu::app
