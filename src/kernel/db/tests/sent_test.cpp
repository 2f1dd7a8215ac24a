// Statements that are sent without waiting, and the rows of journals: whoever fails fails alone and hears why, whoever
// asks sees the truth, and numbers have no holes.

#include "kernel/db/journal.h"
#include "support/database.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <latch>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

namespace sangu::db {

namespace {

struct Refused : std::exception {};

constexpr std::array<std::string_view, 3> columns{"number", "command", "chain"};
constexpr std::array<std::string_view, 2> links{"number", "chain"};

std::int64_t chained(std::int64_t before, std::string_view command) {
    for (char const c : command) before = (before * 31 + c) % 1'000'000'007;
    return before;
}

void link(std::vector<Value>& row, std::vector<Value>& head) {
    row[0] = std::get<std::int64_t>(head[0]) + 1;
    row[2] = chained(std::get<std::int64_t>(head[1]), std::get<std::string>(row[1]));
    head = {row[0], row[2]};
}

constexpr Journal journal{"log", columns, "log_head", links, link};

class Sent : public test::OnBothDatabases {
protected:
    void SetUp() override {
        OnBothDatabases::SetUp();
        if (IsSkipped()) return;
        database().write_alone([](Transaction& transaction) {
            transaction.execute("create table thing (id text primary key, owner text not null, n bigint not null "
                                "check (n >= 0))");
            transaction.execute("create table log (number bigint primary key, command text not null, chain bigint not "
                                "null)");
            transaction.execute(
                "create table log_head (id integer primary key, number bigint not null, chain bigint not "
                "null)");
            transaction.execute("insert into log_head (id, number, chain) values (1, 0, 7)");
        });
    }

    static void insert(Transaction& transaction, std::string id, std::string owner = "", std::int64_t n = 0) {
        transaction.send("insert into thing (id, owner, n) values (?, ?, ?)", {std::move(id), std::move(owner), n});
    }
    static void note(Transaction& transaction, std::string command) {
        transaction.append(journal, {std::monostate{}, std::move(command), std::monostate{}});
    }
    std::int64_t count(std::string const& what = "thing") {
        return database().read()->integer("select count(*) from " + what).value();
    }
    // Runs `work` for 0 … count - 1 in threads of their own, behind a command that keeps the writer until all wait.
    void in_one_batch(int count, FunctionRef<void(int)> work) {
        auto& shared = database();
        std::atomic<bool> started = false;
        std::vector<std::thread> threads;
        threads.emplace_back([&] {
            shared.write_alone([&](Transaction&) {
                started = true;
                while (shared.counters().queue_length < count) std::this_thread::yield();
            });
        });
        while (!started) std::this_thread::yield();
        for (int i = 0; i < count; ++i) threads.emplace_back([&, i] { work(i); });
        for (auto& thread : threads) thread.join();
    }
    // The commands of the journal, in order; checks its numbers and its chain.
    std::vector<std::string> logged() {
        std::vector<std::string> commands;
        std::int64_t number = 0, chain = 7;
        auto const reader = database().read();
        reader->query("select number, command, chain from log order by number", {}, [&](Row const& row) {
            commands.emplace_back(row.text(1));
            chain = chained(chain, commands.back());
            EXPECT_EQ(row.integer(0), ++number);
            EXPECT_EQ(row.integer(2), chain);
        });
        EXPECT_EQ(reader->integer("select number from log_head"), number);
        EXPECT_EQ(reader->integer("select chain from log_head"), chain);
        return commands;
    }
};
SANGU_ON_BOTH_DATABASES(Sent);

TEST_P(Sent, AQuestionSeesWhatWasSentBeforeIt) {
    database().write([](Transaction& transaction) {
        insert(transaction, "a");
        transaction.send("update thing set n = 5 where id = ?", {std::string{"a"}});
        EXPECT_EQ(transaction.integer("select n from thing where id = 'a'"), 5);
        insert(transaction, "b");
        EXPECT_EQ(transaction.execute("update thing set n = n + 1"), 2);
    });
    EXPECT_EQ(database().read()->integer("select sum(n) from thing"), 7);
}

TEST_P(Sent, WhatASentStatementViolatesReachesItsCaller) {
    auto const twice = [](Transaction& transaction) {
        insert(transaction, "a");
        insert(transaction, "a");
    };
    try {
        database().write(twice);
        FAIL() << "nothing was thrown";
    } catch (ConstraintViolation const& violation) {
        EXPECT_EQ(violation.kind, ConstraintKind::unique);
        EXPECT_EQ(violation.name, "thing.id");
    }
    EXPECT_EQ(count(), 0);
    EXPECT_THROW(database().write([](Transaction& transaction) { insert(transaction, "b", "", -1); }),
                 ConstraintViolation);
    EXPECT_THROW(
        database().write([](Transaction& transaction) { transaction.send("insert into nowhere values (1)", {}); }),
        Fault);
    database().write([](Transaction& transaction) { insert(transaction, "c"); });
    EXPECT_EQ(count(), 1);
}

TEST_P(Sent, OneRowOrTheCommandIsUndone) {
    database().write([](Transaction& transaction) { insert(transaction, "a"); });
    auto const missed = [&](std::string_view sql, std::string_view otherwise) {
        try {
            database().write([&](Transaction& transaction) {
                insert(transaction, "b");
                transaction.send_one(sql, {std::int64_t{7}, std::string{"a"}}, otherwise);
            });
        } catch (ConstraintViolation const& violation) {
            EXPECT_EQ(violation.kind, ConstraintKind::one_row);
            return violation.name;
        }
        return std::string{"nothing"};
    };
    EXPECT_EQ(missed("update thing set n = ? where id <> ? and id = 'c'", stale), stale);
    EXPECT_EQ(missed("update thing set n = ? where id = ? or id = 'b'", "both"), "both");
    EXPECT_EQ(missed("insert into thing (n, id, owner) values (?, ?, '') on conflict (id) do nothing", already_done),
              already_done);
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(missed("update thing set n = ? where id = ?", stale), "nothing");
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(database().read()->integer("select n from thing where id = 'a'"), 7);
    EXPECT_EQ(to_error({ConstraintKind::one_row, std::string{stale}, ""}).refusal, Refusal::stale);
    EXPECT_EQ(to_error({ConstraintKind::one_row, std::string{already_done}, ""}).key, "error.already_done");
}

TEST_P(Sent, OfManyWhoChangeOneVersionOneWins) {
    database().write([](Transaction& transaction) { insert(transaction, "a"); });
    std::atomic<int> won = 0, late = 0;
    in_one_batch(40, [&](int i) {
        try {
            database().write([&](Transaction& transaction) {
                insert(transaction, "of" + std::to_string(i));
                transaction.send_one("update thing set n = n + 1 where id = 'a' and n = ?", {std::int64_t{0}}, stale);
                note(transaction, std::to_string(i));
            });
            ++won;
        } catch (ConstraintViolation const& violation) {
            late += violation.name == stale;
        }
    });
    EXPECT_EQ(won, 1);
    EXPECT_EQ(late, 39);
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(logged().size(), 1u);
}

TEST_P(Sent, OfASharedBatchEachHearsItsOwn) {
    std::atomic<int> unique = 0, check = 0, refused = 0, wrong = 0;
    in_one_batch(60, [&](int i) {
        try {
            database().write([&](Transaction& transaction) {
                insert(transaction, "before" + std::to_string(i));
                insert(transaction, i % 3 == 0 ? "same" : "own" + std::to_string(i), "", i % 3 == 1 ? -1 : 1);
                note(transaction, std::to_string(i));
                if (i % 6 == 5) throw Refused{};
            });
            if (i % 3 == 1 || i % 6 == 5) ++wrong;
        } catch (ConstraintViolation const& violation) {
            ++(violation.kind == ConstraintKind::unique ? unique : check);
            if (i % 3 == 2 || (violation.kind == ConstraintKind::unique) != (i % 3 == 0)) ++wrong;
        } catch (Refused const&) {
            ++refused;
        }
    });
    EXPECT_EQ(unique, 19);
    EXPECT_EQ(check, 20);
    EXPECT_EQ(refused, 10);
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(count(), 2 * 11);
    EXPECT_EQ(logged().size(), 11U);
}

TEST_P(Sent, AQuestionIsAnsweredAsIfTheFailingNeighbourHadNeverBeen) {
    std::atomic<int> failed = 0;
    in_one_batch(40, [&](int i) {
        try {
            database().write([&](Transaction& transaction) {
                if (i % 4 == 3) {
                    EXPECT_EQ(transaction.integer("select count(*) from thing where owner = 'doomed'"), 0);
                    EXPECT_EQ(transaction.execute("update thing set n = n + 1 where owner = 'doomed'"), 0);
                    return;
                }
                insert(transaction, std::to_string(i), i % 4 == 0 ? "doomed" : "kept");
                if (i % 4 == 0) insert(transaction, std::to_string(i), "doomed");
            });
        } catch (ConstraintViolation const&) {
            ++failed;
        }
    });
    EXPECT_EQ(failed, 10);
    EXPECT_EQ(count(), 20);
}

TEST_P(Sent, SettleThrowsWhatWasViolated) {
    bool went_on = false;
    auto const work = [&](Transaction& transaction) {
        insert(transaction, "a");
        transaction.settle();
        insert(transaction, "a");
        transaction.settle();
        went_on = true;
    };
    EXPECT_THROW(database().write(work), ConstraintViolation);
    EXPECT_FALSE(went_on);
    EXPECT_EQ(count(), 0);
}

TEST_P(Sent, AfterAQuestionAFailingOneUndoesTheWholeCommand) {
    std::atomic<int> failed = 0;
    in_one_batch(30, [&](int i) {
        try {
            database().write([&](Transaction& transaction) {
                insert(transaction, "first" + std::to_string(i));
                EXPECT_TRUE(transaction.exists("select 1 from thing where id = ?", {"first" + std::to_string(i)}));
                insert(transaction, i % 2 == 0 ? "same" : "second" + std::to_string(i));
                note(transaction, std::to_string(i));
            });
        } catch (ConstraintViolation const&) {
            ++failed;
        }
    });
    EXPECT_EQ(failed, 14);
    EXPECT_EQ(count(), 2 * 16);
    EXPECT_EQ(logged().size(), 16U);
}

TEST_P(Sent, ABulkCommandIsUndoneWholeHoweverLateItFails) {
    auto const bulk = [](Transaction& transaction, bool fails) {
        for (int i = 0; i < 1500; ++i) {
            insert(transaction, std::to_string(i));
            note(transaction, std::to_string(i));
        }
        if (fails) insert(transaction, "700");
    };
    auto const write = [&](bool fails) {
        database().write_alone([&](Transaction& transaction) { bulk(transaction, fails); });
    };
    EXPECT_THROW(write(true), ConstraintViolation);
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE(logged().empty());
    write(false);
    EXPECT_EQ(count(), 1500);
    EXPECT_EQ(logged().size(), 1500U);
    EXPECT_EQ(logged().back(), "1499");
}

TEST_P(Sent, ARowThatNoDatabaseCanStoreFailsItsCommandOnly) {
    std::atomic<int> failed = 0;
    in_one_batch(10, [&](int i) {
        try {
            database().write([&](Transaction& transaction) {
                insert(transaction, std::to_string(i));
                note(transaction, i % 2 == 0 ? std::string{"a\0b", 3} : i == 1 ? "\xff" : "三谷");
            });
        } catch (Fault const&) {
            ++failed;
        }
    });
    EXPECT_EQ(failed, 6);
    EXPECT_EQ(count(), 4);
    EXPECT_EQ(logged().size(), 4U);
}

TEST_P(Sent, RowsAreInsertedInAnyNumber) {
    std::vector<std::vector<Value>> rows;
    for (std::int64_t i = 0; i < 1 + 2 * 8 + 3 * 64; ++i) rows.push_back({std::to_string(i), std::string{}, i});
    constexpr std::array<std::string_view, 3> names{"id", "owner", "n"};
    database().write([&](Transaction& transaction) { insert_rows(transaction, "thing", names, rows); });
    EXPECT_EQ(count(), 209);
    EXPECT_EQ(database().read()->integer("select sum(n) from thing"), 209 * 208 / 2);
}

// What one random command did, as its thread saw it.
struct Story {
    std::vector<std::string> keys;
    bool throws = false;
    bool stored = false, violated = false, refused = false;
};

// Many threads claim few keys with sent and asked statements mixed at random. Afterwards every key has one owner, who
// has all of its keys; whoever was told of a violation wanted a key of somebody else; and the journal names the owners.
TEST_P(Sent, RandomCommandsAreAllOrNothing) {
    constexpr int threads_count = 24, rounds = 12;
    std::mutex mutex;
    std::map<std::string, Story> stories;
    std::latch start{threads_count};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < threads_count; ++thread)
        threads.emplace_back([&, thread] {
            std::mt19937 random{static_cast<unsigned>(thread)};
            auto const below = [&](unsigned n) { return static_cast<int>(random() % n); };
            start.arrive_and_wait();
            for (int round = 0; round < rounds; ++round) {
                std::string const name = std::to_string(thread) + "/" + std::to_string(round);
                Story story;
                for (int i = below(4); i >= 0; --i) story.keys.push_back(std::to_string(below(400)));
                story.throws = below(5) == 0;
                std::vector<int> kinds;
                for (std::size_t i = 0; i < story.keys.size(); ++i) kinds.push_back(below(4));
                try {
                    database().write([&](Transaction& transaction) {
                        note(transaction, name);
                        for (std::size_t i = 0; i < story.keys.size(); ++i) {
                            if (kinds[i] == 0)
                                transaction.execute("insert into thing (id, owner, n) values (?, ?, 0)",
                                                    {story.keys[i], name});
                            else
                                insert(transaction, story.keys[i], name);
                            if (kinds[i] == 1) {
                                EXPECT_EQ(transaction.text("select owner from thing where id = ?", {story.keys[i]}),
                                          name);
                            }
                        }
                        if (story.throws) throw Refused{};
                    });
                    story.stored = true;
                } catch (ConstraintViolation const& violation) {
                    EXPECT_EQ(violation.name, "thing.id");
                    story.violated = true;
                } catch (Refused const&) {
                    story.refused = true;
                }
                std::lock_guard const lock{mutex};
                stories.emplace(name, std::move(story));
            }
        });
    for (auto& thread : threads) thread.join();

    std::map<std::string, std::string> owners;
    database().read()->query("select id, owner from thing", {},
                             [&](Row const& row) { owners.emplace(row.text(0), row.text(1)); });
    std::set<std::string> stored;
    for (auto const& [name, story] : stories) {
        EXPECT_EQ(story.stored + story.violated + story.refused, 1) << name;
        if (story.stored) stored.insert(name);
        EXPECT_FALSE(story.stored && story.throws) << name;
        std::set<std::string> const keys(story.keys.begin(), story.keys.end());
        bool const doubled = keys.size() != story.keys.size();
        auto const is_others = [&](std::string const& key) { return owners.contains(key) && owners.at(key) != name; };
        if (story.stored) {
            for (auto const& key : keys) EXPECT_EQ(owners[key], name);
        }
        if (story.violated) {
            EXPECT_TRUE(doubled || std::ranges::any_of(keys, is_others)) << name;
        }
    }
    for (auto const& [key, owner] : owners) EXPECT_TRUE(stored.contains(owner)) << key;
    auto const log = logged();
    EXPECT_EQ(std::set<std::string>(log.begin(), log.end()), stored);
    EXPECT_EQ(log.size(), stored.size());
    EXPECT_GT(stored.size(), 20U);
}

} // namespace

} // namespace sangu::db
