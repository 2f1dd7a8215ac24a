#pragma once

// The running application without its socket: modules put in order, permission table, migrations, calendar, route
// table and the pipeline from Request to Reply. main.cpp puts a Server in front of it; tests call handle() directly.

#include "kernel/config/settings.h"
#include "kernel/context.h"
#include "kernel/db/migrate.h"
#include "kernel/http/server.h"
#include "kernel/module.h"

#include <memory>
#include <vector>

namespace sangu {

class Host {
public:
    // Opens the database and migrates it. Throws db::Fault.
    Host(config::Settings settings, std::vector<Module> modules, Clock const& clock);
    ~Host();
    Host(Host const&) = delete;
    Host& operator=(Host const&) = delete;

    Services& services();
    http::Application application(); // for the Server
    http::Reply handle(http::Request& request);
    // Starts job, feed and checkpoint threads; stop_background() joins them.
    void start_background();
    void stop_background();
    // Runs due jobs and pumps the feed now, in the calling thread: for tests with a set clock.
    void run_background_once();

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Every migration in the order it must run: kernel, then modules in dependency order.
std::vector<db::Migration> migrations_of(std::span<Module const> modules);

} // namespace sangu
