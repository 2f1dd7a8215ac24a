#include "kernel/db/postgres_dump.h"

#include "kernel/db/db.h"

#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

namespace sangu::db {

namespace {

// Our environment with libpq's variables set from the URL.
std::vector<std::string> environment_for(std::string const& url) {
    char* message = nullptr;
    std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> const parsed{PQconninfoParse(url.c_str(), &message),
                                                                                &PQconninfoFree};
    if (!parsed) {
        PQfreemem(message);
        throw Fault{"the database URL cannot be read"};
    }
    std::vector<std::string> environment;
    for (char** variable = environ; *variable != nullptr; ++variable)
        if (std::strncmp(*variable, "PG", 2) != 0) environment.emplace_back(*variable);
    for (auto const* option = parsed.get(); option->keyword != nullptr; ++option)
        if (option->envvar != nullptr && option->val != nullptr)
            environment.push_back(std::string{option->envvar} + "=" + option->val);
    return environment;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (auto& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

// Runs one of PostgreSQL's programs to its end; its messages go to our log.
void run_tool(std::string const& url, std::vector<std::string> arguments) {
    auto environment = environment_for(url);
    pid_t child = 0;
    std::string const name = arguments.front();
    int const failed =
        posix_spawnp(&child, name.c_str(), nullptr, nullptr, pointers(arguments).data(), pointers(environment).data());
    if (failed != 0) throw Fault{name + " cannot be started: " + std::strerror(failed)};
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw Fault{name + " was lost"};
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw Fault{name + " failed; its message is in the log"};
}

std::string database_of(std::string const& url) {
    char* message = nullptr;
    std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> const parsed{PQconninfoParse(url.c_str(), &message),
                                                                                &PQconninfoFree};
    PQfreemem(message);
    for (auto const* option = parsed.get(); option != nullptr && option->keyword != nullptr; ++option)
        if (std::string_view{option->keyword} == "dbname" && option->val != nullptr) return option->val;
    throw Fault{"the database URL names no database"};
}

} // namespace

void dump_postgres(std::string const& url, std::string const& path, std::string const& snapshot) {
    auto const part = path + ".part";
    try {
        run_tool(url, {"pg_dump", "--format=custom", "--no-password", "--no-owner", "--no-privileges",
                       "--snapshot=" + snapshot, "--file=" + part});
    } catch (Fault const&) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        throw;
    }
    std::filesystem::rename(part, path);
}

void restore_postgres(std::string const& url, std::string const& path) {
    run_tool(url, {"pg_restore", "--no-password", "--no-owner", "--no-privileges", "--single-transaction",
                   "--dbname=" + database_of(url), path});
}

} // namespace sangu::db
