// Durable writes a second and their latency with 1, 64 and 512 callers, beside what the disk can do.
//
//   bench_durable_writes <directory on the disk to measure> [postgres://…]
//
// One write is like a real one: an entity row, an audit row, and a feed row with its counter.

#include "base/id.h"
#include "kernel/db/db.h"
#include "kernel/db/migrate.h"

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
create table bench_audit (number bigint primary key, at timestamptz not null, actor text not null, action text not null, entity text not null, change text not null, hash text not null);
create table bench_feed (number bigint primary key, at timestamptz not null, topic text not null, content text not null);
create table bench_counter (name text primary key, last bigint not null);
insert into bench_counter (name, last) values ('feed', 0);
)sql"};
    db::migrate(database, {&tables, 1});
}

void write_once(db::Database& database) {
    std::string const at = "2025-03-31T08:00:00.000Z";
    std::string const change(300, 'c');
    auto const id = new_id();
    database.write([&](db::Transaction& transaction) {
        auto const number =
            transaction.integer("update bench_counter set last = last + 1 where name = 'feed' returning last").value();
        transaction.execute("insert into bench_task (id, version, title, owner, amount, due, updated_at) "
                            "values (?, 1, ?, ?, ?, ?, ?)",
                            {id, std::string{"A task of ordinary length"}, std::string{"owner"} + id.back(),
                             std::int64_t{180000}, std::string{"2025-12-31"}, at});
        transaction.execute("insert into bench_audit (number, at, actor, action, entity, change, hash) "
                            "values (?, ?, ?, 'create', ?, ?, ?)",
                            {number, at, id, id, change, std::string(64, 'f')});
        transaction.execute("insert into bench_feed (number, at, topic, content) values (?, ?, 'task.created', ?)",
                            {number, at, change});
    });
}

struct Measured {
    double rate = 0, commands_per_commit = 0, p50 = 0, p99 = 0, most = 0; // milliseconds
};

Measured measure(db::Database& database, int callers) {
    auto const before = database.counters();
    std::vector<std::vector<double>> latencies(static_cast<std::size_t>(callers));
    std::vector<std::thread> threads;
    auto const begin = Clock::now();
    for (auto& own : latencies)
        threads.emplace_back([&] {
            while (Clock::now() - begin < duration) {
                auto const start = Clock::now();
                write_once(database);
                own.push_back(seconds_since(start) * 1e3);
            }
        });
    for (auto& thread : threads) thread.join();
    double const elapsed = seconds_since(begin);
    auto const after = database.counters();
    std::vector<double> all;
    for (auto const& own : latencies) all.insert(all.end(), own.begin(), own.end());
    std::ranges::sort(all);
    auto const at = [&](double share) {
        return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
    };
    return {static_cast<double>(all.size()) / elapsed,
            static_cast<double>(after.commands - before.commands) / static_cast<double>(after.commits - before.commits),
            at(0.5), at(0.99), all.back()};
}

void report(char const* name, db::Database& database, double disk) {
    create_tables(database);
    for (int const callers : {1, 64, 512}) {
        auto const m = measure(database, callers);
        std::printf(
            "%-10s %4d callers %8.0f writes/s  %6.1f a commit  p50 %7.2f  p99 %7.2f  max %7.2f ms  %5.2f x fdatasync\n",
            name, callers, m.rate, m.commands_per_commit, m.p50, m.p99, m.most, m.rate / disk);
        std::fflush(stdout);
    }
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
