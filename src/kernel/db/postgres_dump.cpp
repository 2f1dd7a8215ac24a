#include "kernel/db/postgres_dump.h"

#include "kernel/db/db.h"

#include <cstring>
#include <filesystem>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

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

} // namespace

void dump_postgres(std::string const& url, std::string const& path) {
    auto const part = path + ".part";
    auto environment = environment_for(url);
    std::vector<std::string> arguments{"pg_dump", "--format=custom", "--no-password", "--file=" + part};
    pid_t child = 0;
    int const failed = posix_spawnp(&child, "pg_dump", nullptr, nullptr, pointers(arguments).data(),
                                    pointers(environment).data());
    if (failed != 0) throw Fault{std::string{"pg_dump cannot be started: "} + std::strerror(failed)};
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw Fault{"pg_dump was lost"};
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        throw Fault{"pg_dump failed; its message is in the log"};
    }
    std::filesystem::rename(part, path);
}

} // namespace sangu::db
