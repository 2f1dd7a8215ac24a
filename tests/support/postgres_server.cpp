#include "support/postgres_server.h"

#include "base/id.h"
#include "support/database.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <vector>

namespace sangu::test {

namespace {

namespace fs = std::filesystem;

// PostgreSQL refuses to run as root: then it runs as the user of its package.
std::optional<passwd> other_user() {
    if (geteuid() != 0) return std::nullopt;
    auto const* const user = getpwnam("postgres");
    return user == nullptr ? std::nullopt : std::optional{*user};
}

pid_t start(std::vector<std::string> words, std::string const& log) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    auto const user = other_user();
    pid_t const parent = getpid();
    pid_t const child = fork();
    if (child != 0) return child;
    int const out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    if (user && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) _exit(126);
    // Not to be left behind when the tests are killed; after setuid, which would clear it.
    prctl(PR_SET_PDEATHSIG, SIGINT);
    if (getppid() != parent || chdir("/") != 0) _exit(125);
    execv(arguments[0], arguments.data());
    _exit(127);
}

int wait_for(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

fs::path programs() {
    fs::path best;
    std::error_code missing;
    for (auto const& version : fs::directory_iterator{"/usr/lib/postgresql", missing})
        if (exists(version.path() / "bin" / "initdb")) best = std::max(best, version.path() / "bin");
    return best;
}

class Server {
public:
    Server() {
        if (auto const* const given = std::getenv("SANGU_TEST_POSTGRES")) {
            given_ = given;
            return;
        }
        auto const bin = programs();
        if (bin.empty()) return;
        auto const user = other_user();
        if (geteuid() == 0 && !user) return;
        if (user && chown(directory_.path().c_str(), user->pw_uid, user->pw_gid) != 0) return;
        auto const cluster = (directory_.path() / "data").string();
        auto const log = (directory_.path() / "log").string();
        if (wait_for(start({bin / "initdb", "-D", cluster, "-U", "sangu", "-A", "trust", "-E", "UTF8", "--locale=C",
                            "--no-instructions", "--no-sync"},
                           log)) != 0)
            return;
        process_ = start({bin / "postgres", "-D", cluster, "-k", directory_.path(), "-c", "listen_addresses=", "-c",
                          "max_connections=300", "-c", "shared_buffers=32MB"},
                         log);
        wait_until_ready();
    }
    ~Server() {
        if (process_ <= 0) return;
        kill(process_, SIGINT); // fast shutdown
        wait_for(process_);
    }
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    bool is_running() const { return process_ > 0 || !given_.empty(); }
    std::string url(std::string const& name) const {
        if (given_.empty()) return "postgres:///" + name + "?user=sangu&host=" + directory_.path().string();
        auto const query = given_.find('?');
        auto const slash = given_.find('/', given_.find("//") + 2);
        auto const end = std::min(slash, query);
        return given_.substr(0, end) + "/" + name + (query == std::string::npos ? "" : given_.substr(query));
    }
    std::string admin_url() const { return given_.empty() ? url("postgres") : given_; }

private:
    void wait_until_ready() {
        for (int i = 0; i < 300; ++i) {
            if (waitpid(process_, nullptr, WNOHANG) != 0) break;
            if (can_connect()) return;
            poll(nullptr, 0, 50);
        }
        process_ = -1;
    }
    bool can_connect() const {
        auto const log = (directory_.path() / "log").string();
        return wait_for(start({programs() / "pg_isready", "-q", "-h", directory_.path()}, log)) == 0;
    }

    std::string given_;
    TemporaryDirectory directory_;
    pid_t process_ = -1;
};

Server& server() {
    static Server instance;
    return instance;
}

void run_client(std::vector<std::string> words) {
    auto const program = words.front();
    words.front() = programs() / program;
    if (wait_for(start(std::move(words), "/dev/null")) != 0) throw std::runtime_error{program + " failed"};
}

} // namespace

bool has_postgres() { return server().is_running(); }

FreshPostgresDatabase::FreshPostgresDatabase() : name_{"test_" + new_id()}, url_{server().url(name_)} {
    run_client({"createdb", "--maintenance-db=" + server().admin_url(), name_});
}

FreshPostgresDatabase::~FreshPostgresDatabase() {
    try {
        run_client({"dropdb", "--force", "--maintenance-db=" + server().admin_url(), name_});
    } catch (std::exception const&) { // the whole server is removed at exit
    }
}

} // namespace sangu::test
