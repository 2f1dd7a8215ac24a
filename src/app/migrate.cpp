#include "app/command.h"
#include "kernel/host.h"

#include <iostream>

namespace sangu::app {

void add_migrate(CommandLine& line) {
    CLI::App& command = line.command("migrate", "Apply pending migrations");
    auto const only_plan = std::make_shared<bool>(false);
    command.add_flag("--plan", *only_plan, "only list what would be applied");
    line.on_run(command, [only_plan](config::Loaded const& loaded) -> int {
        auto const all = modules();
        auto const database = db::open({.url = loaded.settings.database});
        auto const migrations = migrations_of(all);
        auto const steps = *only_plan ? db::plan_migrations(*database, migrations) : db::migrate(*database, migrations);
        for (db::MigrationStep const& step : steps) std::cout << step.module << '/' << step.name << '\n';
        std::cerr << steps.size() << (*only_plan ? " pending\n" : " applied\n");
        return done;
    });
}

} // namespace sangu::app
