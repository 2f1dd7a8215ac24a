#pragma once

// What a first start does beside serving: the three administrators are asked for at a terminal, read from a file, or
// made with random passwords; demo accounts are made and printed once. It never waits where there is no terminal.

#include "kernel/config/settings.h"
#include "kernel/host.h"

#include <string>

namespace sangu::app {

// Creates the folder of an SQLite database that does not exist yet, readable by its owner alone.
void prepare_database_folder(config::Settings const& settings);

struct FirstRun {
    bool wanted = false;
    std::string administrators_file; // lines "role login password"; '#' begins a comment

    // The exit code of the command when something is refused; 0 to go on.
    int run(Host& host) const;
};

} // namespace sangu::app
