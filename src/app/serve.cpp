#include "app/command.h"
#include "app/first_run.h"
#include "base/log.h"
#include "kernel/host.h"
#include "kernel/version.h"

#include <csignal>
#include <iostream>

namespace sangu::app {

namespace {

http::ServerOptions server_options(config::Settings const& settings) {
    http::ServerOptions options;
    options.address = settings.listen;
    options.port = static_cast<std::uint16_t>(settings.port);
    options.loops = static_cast<int>(settings.loops);
    options.workers = static_cast<int>(settings.workers);
    options.upload_bytes_max = static_cast<std::size_t>(settings.upload_mb_max) << 20;
    options.tls_certificate = settings.tls_certificate;
    options.tls_key = settings.tls_key;
    options.trusted_proxy = settings.trusted_proxy;
    return options;
}

// Blocks until SIGINT or SIGTERM; both were blocked before any thread began.
void wait_for_signal(sigset_t const& signals) {
    int received = 0;
    while (::sigwait(&signals, &received) != 0) {
    }
    log::info("server.stopping", {{"signal", std::to_string(received)}});
}

} // namespace

void add_serve(CommandLine& line) {
    CLI::App& command = line.command("serve", "Migrate the database, then serve pages and API");
    auto const first_run = std::make_shared<FirstRun>();
    command.add_flag("--first-run", first_run->wanted,
                     "create the first administrators and import the plan when they are missing");
    command.add_option("--admins", first_run->administrators_file, "file with lines \"role login password\"")
        ->check(CLI::ExistingFile);
    line.on_run(command, [first_run](config::Loaded const& loaded) -> int {
        sigset_t signals;
        ::sigemptyset(&signals);
        ::sigaddset(&signals, SIGINT);
        ::sigaddset(&signals, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);

        SystemClock const clock;
        prepare_database_folder(loaded.settings);
        Host host{loaded.settings, modules(), clock};
        if (int const code = first_run->run(host); code != done) return code;
        http::Server server{server_options(loaded.settings), host.application()};
        server.start();
        host.services().server = &server;
        host.start_background();
        log::info("server.started", {{"version", std::string{version}},
                                     {"address", loaded.settings.listen},
                                     {"port", std::to_string(server.port())}});
        std::cerr << "\n  sangu is ready: " << (loaded.settings.tls_certificate.empty() ? "http://" : "https://")
                  << loaded.settings.listen << ':' << server.port() << "\n\n";
        wait_for_signal(signals);
        server.stop();
        host.stop_background();
        return done;
    });
}

} // namespace sangu::app
