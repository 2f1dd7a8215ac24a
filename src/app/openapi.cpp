#include "kernel/openapi/openapi.h"

#include "app/command.h"

#include <iostream>

namespace sangu::app {

void add_openapi(CommandLine& line) {
    CLI::App& command = line.command("openapi", "Print the OpenAPI 3.1 document of the API");
    line.on_run(command, [](config::Loaded const& loaded) -> int {
        auto const all = modules();
        std::cout << openapi::document(all, loaded.settings.public_url) << '\n';
        return done;
    });
}

} // namespace sangu::app
