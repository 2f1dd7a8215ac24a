// Durable writes a second and their latency with 1, 64 and 512 callers, beside what the disk can do.
//
//   bench_durable_writes <directory on the disk to measure> [postgres://…]
//
// Two kinds of act, with the product's own audit log and change feed: "create" stores an entity row, an audit row and a
// feed row; "edit" claims an idempotency key, changes a row where its version is still the one that was read (both as
// every act of the product does), and stores an audit row and a feed row.

#include "base/id.h"
#include "kernel/audit/audit.h"
#include "kernel/db/db.h"
#include "kernel/db/migrate.h"
#include "kernel/host.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

namespace {

using namespace sangu;
using Clock = std::chrono::steady_clock;

constexpr auto duration = std::chrono::seconds{3};

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// Overwrites 8 KiB and waits for the disk, again and again.
double fdatasyncs_per_second(std::string const& directory) {
    auto const path = directory + "/fdatasync.probe";
    int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return 0;
    std::string const block(8192, 'x');
    long count = 0;
    auto const begin = Clock::now();
    for (; seconds_since(begin) < 2; ++count)
        if (pwrite(file, block.data(), block.size(), 0) < 0 || fdatasync(file) != 0) break;
    double const rate = static_cast<double>(count) / seconds_since(begin);
    close(file);
    unlink(path.c_str());
    return rate;
}

void create_tables(db::Database& database) {
    db::Migration const tables{"bench", "0001_init", R"sql(
create table bench_task (id text primary key, version bigint not null, title text not null, owner text not null, amount bigint not null, due date not null, updated_at timestamptz not null);
create index bench_task_owner on bench_task (owner, due);
)sql"};
    auto migrations = migrations_of({});
    migrations.push_back(tables);
    db::migrate(database, migrations);
}

void note(db::Transaction& transaction, std::string_view what, std::string const& id) {
    Instant const now{1'743'408'000'000};
    std::string const change(300, 'c');
    audit::append(transaction, auth::system_actor(), now, "10.0.0.1", "request",
                  {.action = what, .object_kind = "bench.task", .object_id = id, .scope = "zone", .comment = change});
    events::publish(transaction, now, what, id, "zone", "public", "\"" + change + "\"");
}

std::string const at = "2025-03-31T08:00:00.000Z";

void insert_task(db::Transaction& transaction, std::string const& id) {
    transaction.send("insert into bench_task (id, version, title, owner, amount, due, updated_at) "
                     "values (?, 1, ?, ?, ?, ?, ?)",
                     {id, std::string{"A task of ordinary length"}, std::string{"owner"} + id.back(),
                      std::int64_t{180000}, std::string{"2025-12-31"}, at});
}

void create(db::Database& database, std::string&, std::int64_t&) {
    auto const id = new_id();
    database.write([&](db::Transaction& transaction) {
        insert_task(transaction, id);
        note(transaction, "bench.task.created", id);
    });
}

// `id` and `version`: the caller's own row and what it has seen of it.
void edit(db::Database& database, std::string& id, std::int64_t& version) {
    if (id.empty()) {
        id = new_id();
        version = 1;
        database.write([&](db::Transaction& transaction) { insert_task(transaction, id); });
    }
    database.write([&](db::Transaction& transaction) {
        transaction.send_one("insert into kernel_idempotency (actor, key, request_hash, created_at) values "
                             "(?, ?, ?, ?) on conflict (actor, key) do nothing",
                             {std::string{"a"}, new_id(), std::string{"h"}, at}, db::already_done);
        transaction.send_one(
            "update bench_task set version = ?, title = ?, updated_at = ? where id = ? and version = ?",
            {version + 1, "A task edited " + std::to_string(version), at, id, version}, db::stale);
        note(transaction, "bench.task.edited", id);
    });
    ++version;
}

using Act = void (*)(db::Database&, std::string& id, std::int64_t& version);

struct Measured {
    double rate = 0, commands_per_commit = 0, p50 = 0, p99 = 0, most = 0; // milliseconds
};

Measured measure(db::Database& database, int callers, Act act) {
    auto const before = database.counters();
    std::vector<std::vector<double>> latencies(static_cast<std::size_t>(callers));
    std::vector<std::thread> threads;
    auto const begin = Clock::now();
    for (auto& own : latencies)
        threads.emplace_back([&] {
            std::string id;
            std::int64_t version = 0;
            while (Clock::now() - begin < duration) {
                auto const start = Clock::now();
                act(database, id, version);
                own.push_back(seconds_since(start) * 1e3);
            }
        });
    for (auto& thread : threads) thread.join();
    double const elapsed = seconds_since(begin);
    auto const after = database.counters();
    std::vector<double> all;
    for (auto const& own : latencies) all.insert(all.end(), own.begin(), own.end());
    std::ranges::sort(all);
    auto const quantile = [&](double share) {
        return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
    };
    return {static_cast<double>(all.size()) / elapsed,
            static_cast<double>(after.commands - before.commands) / static_cast<double>(after.commits - before.commits),
            quantile(0.5), quantile(0.99), all.back()};
}

void report(char const* name, db::Database& database, double disk) {
    create_tables(database);
    for (auto const& [what, act] : {std::pair{"create", &create}, std::pair{"edit", &edit}})
        for (int const callers : {1, 64, 512}) {
            auto const m = measure(database, callers, act);
            std::printf(
                "%-8s %-6s %4d callers %8.0f writes/s  %6.1f a commit  p50 %7.2f  p99 %7.2f  max %7.2f ms  %5.2f x "
                "fdatasync\n",
                name, what, callers, m.rate, m.commands_per_commit, m.p50, m.p99, m.most, m.rate / disk);
            std::fflush(stdout);
        }
    if (!audit::verify(*database.read()).whole) throw std::runtime_error{"the audit chain is not whole"};
}

} // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::fputs("usage: bench_durable_writes <directory> [postgres://...]\n", stderr);
        return 2;
    }
    try {
        auto const directory = std::filesystem::path{arguments[1]} / ("durable-writes-" + new_id());
        std::filesystem::create_directories(directory);
        double const disk = fdatasyncs_per_second(directory.string());
        std::printf("disk       %8.0f fdatasync/s of 8 KiB\n", disk);
        report("sqlite", *db::open({.url = "sqlite:" + (directory / "bench.db").string()}), disk);
        if (count > 2) report("postgres", *db::open({.url = arguments[2]}), disk);
        std::printf("disk       %8.0f fdatasync/s of 8 KiB afterwards\n", fdatasyncs_per_second(directory.string()));
        std::filesystem::remove_all(directory);
    } catch (std::exception const& fault) {
        std::fprintf(stderr, "%s\n", fault.what());
        return 1;
    }
    return 0;
}
