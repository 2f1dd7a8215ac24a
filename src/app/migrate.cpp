#include "app/command.h"
#include "kernel/backup/move.h"
#include "kernel/host.h"

#include <iostream>

namespace sangu::app {

namespace {

struct Arguments {
    bool only_plan = false, as_json = false;
    std::string to;
};

int apply(db::Database& database, std::span<db::Migration const> migrations, bool only_plan) {
    auto const steps = only_plan ? db::plan_migrations(database, migrations) : db::migrate(database, migrations);
    for (db::MigrationStep const& step : steps) std::cout << step.module << '/' << step.name << '\n';
    std::cerr << steps.size() << (only_plan ? " pending\n" : " applied\n");
    return done;
}

int move(db::Database& source, std::span<db::Migration const> migrations, Arguments const& given) {
    auto const target = db::open({.url = given.to, .statement_timeout_ms = 0});
    auto const report = backup::move_everything(source, *target, migrations, SystemClock{}.now());
    if (!report) {
        print_error(report.error());
        return refused;
    }
    std::cout << (given.as_json ? backup::to_json(*report) : backup::to_text(*report, terminal_language())) << '\n';
    return report->passed() ? done : refused;
}

} // namespace

void add_migrate(CommandLine& line) {
    CLI::App& command = line.command("migrate", "Apply pending migrations, or copy everything into another database");
    auto const given = std::make_shared<Arguments>();
    auto* const plan = command.add_flag("--plan", given->only_plan, "only list what would be applied");
    auto* const to = command.add_option("--to", given->to,
                                        "copy the whole database into this empty one (postgres://… or sqlite:<path>), "
                                        "compare both, report; stop the servers before");
    command.add_flag("--json", given->as_json, "machine-readable report of --to")->needs(to);
    to->excludes(plan);
    line.on_run(command, [given](config::Loaded const& loaded) -> int {
        auto const all = modules();
        auto const migrations = migrations_of(all);
        // Reading everything takes longer than any page may.
        int const timeout_ms = given->to.empty() ? db::Options{}.statement_timeout_ms : 0;
        auto const database = db::open({.url = loaded.settings.database, .statement_timeout_ms = timeout_ms});
        return given->to.empty() ? apply(*database, migrations, given->only_plan) : move(*database, migrations, *given);
    });
}

} // namespace sangu::app
