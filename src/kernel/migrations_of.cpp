#include "kernel/host.h"

#include <algorithm>

namespace sangu::embedded {
std::span<EmbeddedFile const> kernel_files();
}

namespace sangu {

namespace {

// "migrations/0007_x.postgres.sql" is 0007_x for PostgreSQL only.
void add_migrations(std::vector<db::Migration>& all, std::string_view module, std::span<EmbeddedFile const> files) {
    constexpr std::string_view folder = "migrations/", ending = ".sql";
    std::vector<db::Migration> own;
    for (EmbeddedFile const& file : files) {
        if (!file.name.starts_with(folder) || !file.name.ends_with(ending)) continue;
        std::string_view name = file.name.substr(folder.size(), file.name.size() - folder.size() - ending.size());
        std::string_view dialect;
        if (auto const dot = name.find('.'); dot != name.npos) {
            dialect = name.substr(dot + 1);
            name = name.substr(0, dot);
        }
        own.push_back({.module = module, .name = name, .sql = file.data, .dialect = dialect});
    }
    std::ranges::sort(own, {}, &db::Migration::name);
    all.insert(all.end(), own.begin(), own.end());
}

} // namespace

std::vector<db::Migration> migrations_of(std::span<Module const> modules) {
    std::vector<db::Migration> all;
    add_migrations(all, "kernel", embedded::kernel_files());
    for (Module const& module : modules) add_migrations(all, module.name, module.files);
    return all;
}

} // namespace sangu
