#include "kernel/backup/backup.h"

#include "app/command.h"

#include <filesystem>
#include <iostream>

namespace sangu::app {

namespace {

struct Arguments {
    std::string directory, side;
    bool verify = false, as_json = false;
};

std::string default_side(std::string const& directory) { return directory + "/verify"; }

int take(config::Loaded const& loaded, Arguments const& given) {
    auto const database = db::open({.url = loaded.settings.database});
    auto const manifest = backup::create(*database, given.directory, SystemClock{}.now());
    if (!manifest) {
        print_error(manifest.error());
        return refused;
    }
    std::cout << (given.as_json ? backup::to_json(*manifest) : given.directory + "/" + manifest->file) << '\n';
    return done;
}

// Every restore is a verified one: into a side copy that the operator then puts in place.
int restore(Arguments const& given) {
    std::string const side = given.side.empty() ? default_side(given.directory) : given.side;
    if (given.verify && given.side.empty()) std::filesystem::remove_all(side);
    auto const report = backup::verify_restore(given.directory, side, SystemClock{}.now());
    if (!report) {
        print_error(report.error());
        return refused;
    }
    std::cout << (given.as_json ? backup::to_json(*report) : backup::to_text(*report, terminal_language())) << '\n';
    if (given.verify && given.side.empty()) std::filesystem::remove_all(side);
    return report->passed() ? done : refused;
}

} // namespace

void add_backup(CommandLine& line) {
    auto const given = std::make_shared<Arguments>();
    CLI::App& create = line.command("backup", "Write a hot copy of the database with a manifest into a new folder");
    create.add_option("directory", given->directory, "folder to create")->required();
    create.add_flag("--json", given->as_json, "print the manifest");
    line.on_run(create, [given](config::Loaded const& loaded) { return take(loaded, *given); });

    CLI::App& back =
        line.command("restore", "Restore a backup into a side copy and check it: counts, hashes, audit chain");
    back.add_option("directory", given->directory, "folder of the backup")->required()->check(CLI::ExistingDirectory);
    back.add_option("--to", given->side, "folder (SQLite) or postgres:// URL of an empty database to restore into");
    back.add_flag("--verify", given->verify, "only check; without --to the side copy is removed again");
    back.add_flag("--json", given->as_json, "machine-readable report");
    line.on_run(back, [given](config::Loaded const&) -> int {
        if (!given->verify && given->side.empty()) {
            std::cerr << "sangu restore needs --verify or --to\n";
            return wrong_use;
        }
        return restore(*given);
    });
}

} // namespace sangu::app
