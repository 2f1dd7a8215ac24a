// Who runs beside whom: as many as keep the processors busy, and more only in place of those that wait.

#include "kernel/http/worker_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

namespace sangu::http {

namespace {

using namespace std::chrono_literals;

struct Act final : WorkerPool::Work {
    explicit Act(std::function<void()> act_) : act{std::move(act_)} {}
    void run() override { act(); }
    std::function<void()> act;
};

bool comes_true(std::function<bool()> const& condition) {
    for (int i = 0; i < 2000; ++i, std::this_thread::sleep_for(1ms))
        if (condition()) return true;
    return false;
}

int const at_once = std::max(4, 2 * static_cast<int>(std::thread::hardware_concurrency()));

TEST(WorkerPool, RunsNoMoreAtOnceThanKeepTheProcessorsBusy) {
    std::atomic<int> running = 0, most = 0, done = 0;
    Act act{[&] {
        int const now = ++running;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
        }
        std::this_thread::sleep_for(1ms);
        --running;
        ++done;
    }};
    WorkerPool pool{96, 1000};
    for (int i = 0; i < 200; ++i) pool.submit(act);
    EXPECT_TRUE(comes_true([&] { return done == 200; }));
    EXPECT_LE(most, at_once);
    EXPECT_LE(pool.threads(), 96);
}

TEST(WorkerPool, WhoSaysThatItWaitsMakesRoomForAnother) {
    std::atomic<bool> may_go = false;
    std::atomic<int> waiting = 0;
    Act wait{[&] {
        Blocking const blocking;
        ++waiting;
        may_go.wait(false);
    }};
    WorkerPool pool{96, 1000};
    int const many = at_once + 20;
    for (int i = 0; i < many; ++i) pool.submit(wait);
    EXPECT_TRUE(comes_true([&] { return waiting == many; })) << waiting << " of " << many;
    may_go = true;
    may_go.notify_all();
}

TEST(WorkerPool, WhoWaitsWithoutSayingSoHoldsNobodyUpForEver) {
    std::atomic<bool> may_go = false, is_done = false;
    std::atomic<int> waiting = 0;
    Act wait{[&] {
        ++waiting;
        may_go.wait(false);
    }};
    Act quick{[&] { is_done = true; }};
    WorkerPool pool{96, 1000};
    for (int i = 0; i < at_once; ++i) pool.submit(wait);
    ASSERT_TRUE(comes_true([&] { return waiting == at_once; }));
    std::this_thread::sleep_for(40ms);
    pool.submit(quick);
    EXPECT_TRUE(comes_true([&] { return is_done.load(); }));
    may_go = true;
    may_go.notify_all();
}

TEST(WorkerPool, WhatWaitsIsRunBeforeItStops) {
    std::atomic<int> done = 0;
    Act act{[&] { ++done; }};
    {
        WorkerPool pool{8, 1000};
        for (int i = 0; i < 500; ++i) pool.submit(act);
    }
    EXPECT_EQ(done, 500);
}

} // namespace

} // namespace sangu::http
