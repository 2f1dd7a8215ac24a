#pragma once

// The way from the event loop to a worker thread and back, for server_connection.cpp only.

#include "base/function_ref.h"
#include "kernel/http/server_loop.h"

namespace sangu::http {

// Runs `act` on a worker thread and goes on on the loop.
template <class Handler> struct Job final : WorkerPool::Work, Completion {
    Job(Loop& owner, FunctionRef<void()> work, Handler next) : loop{owner}, act{work}, handler{std::move(next)} {}
    void run() override {
        act();
        loop.complete(*this);
    }
    void finish() override {
        auto next = std::move(handler);
        delete this;
        std::move(next)();
    }
    Loop& loop;
    FunctionRef<void()> act;
    Handler handler;
};

inline Task<void> on_worker(Loop& loop, FunctionRef<void()> act) {
    return asio::async_initiate<asio::use_awaitable_t<Executor> const, void()>(
        [&loop](auto handler, FunctionRef<void()> work) {
            loop.shared.workers.submit(*new Job<decltype(handler)>{loop, work, std::move(handler)});
        },
        asio::use_awaitable_t<Executor>{}, act);
}

} // namespace sangu::http
