#include "app/command.h"
#include "kernel/auth/secrets.h"
#include "kernel/json/json.h"

#include <iostream>

namespace sangu::app {

namespace {

int show(db::Database& database, config::Settings const& settings, bool as_json) {
    auth::KeyState const keys = auth::look_at_keys(*database.read(), settings);
    bool const good = keys.readable && keys.is_private && keys.missing.empty() && keys.plain == 0;
    if (as_json) {
        std::string out;
        json::Writer writer{out};
        writer.begin_object().member("file", keys.file).member("readable", keys.readable);
        writer.member("private", keys.is_private).key("keys").begin_array();
        for (std::string const& id : keys.ids) writer.value(id);
        writer.end_array().key("missing").begin_array();
        for (std::string const& id : keys.missing) writer.value(id);
        writer.end_array().member("sealed", keys.sealed).member("sealed_with_newest", keys.with_newest);
        writer.member("plain", keys.plain).end_object();
        std::cout << out << '\n';
        return good ? done : refused;
    }
    std::cout << keys.file << (keys.readable ? "" : keys.exists ? ": " + keys.problem : ": missing") << '\n';
    if (keys.exists && !keys.is_private) std::cout << "others may read it: chmod 600\n";
    for (std::string const& id : keys.ids)
        std::cout << id << (id == keys.ids.back() ? "  seals\n" : "  opens older secrets\n");
    for (std::string const& id : keys.missing) std::cout << id << "  MISSING\n";
    std::cout << keys.sealed << " secrets sealed, " << keys.with_newest << " with the newest key, " << keys.plain
              << " in plain\n";
    return good ? done : refused;
}

int told(Result<std::int64_t> const& count, std::string_view what) {
    if (!count) {
        print_error(count.error());
        return refused;
    }
    std::cout << *count << ' ' << what << '\n';
    return done;
}

using Act = std::function<int(db::Database&, config::Settings const&)>;

void add_act(CommandLine& line, CLI::App& command, Act act) {
    line.on_run(command, [act = std::move(act)](config::Loaded const& loaded) -> int {
        auto const database = db::open({.url = loaded.settings.database});
        return act(*database, loaded.settings);
    });
}

} // namespace

void add_key(CommandLine& line) {
    CLI::App& key = line.command("key", "The keys that seal secrets in the database");
    key.require_subcommand(1);
    CLI::App& shown = line.below(key, "show", "Which keys there are and what they seal; exit code 1 when one is missing");
    auto const as_json = std::make_shared<bool>(false);
    shown.add_flag("--json", *as_json, "machine-readable output");
    add_act(line, shown, [as_json](db::Database& database, config::Settings const& settings) {
        return show(database, settings, *as_json);
    });
    add_act(line, line.below(key, "rotate", "Add a new key and seal every secret with it; older keys stay in the file"),
            [](db::Database& database, config::Settings const& settings) {
                return told(auth::rotate_keys(database, settings, SystemClock{}.now()), "secrets sealed with a new key");
            });
    add_act(line,
            line.below(key, "replace-lost",
                       "When the key file is lost: make a new one and reset the second factors it sealed"),
            [](db::Database& database, config::Settings const& settings) {
                return told(auth::replace_lost_keys(database, settings, SystemClock{}.now()), "second factors reset");
            });
}

} // namespace sangu::app
