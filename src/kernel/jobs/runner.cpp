#include "kernel/jobs/runner.h"

#include "base/log.h"
#include "kernel/context.h"

#include <algorithm>
#include <chrono>
#include <exception>

namespace sangu::jobs {

namespace {

constexpr int at_most = 1000;
constexpr int attempts_without_handler = 8; // an older server may meet jobs of a newer one

} // namespace

Runner::Runner(Services& services, std::vector<Handler> handlers, std::vector<Schedule> schedules)
    : services_{services}, handlers_{std::move(handlers)}, schedules_{std::move(schedules)} {}

Runner::~Runner() { stop(); }

int Runner::run_due_once() {
    if (!has_schedules_) {
        create_schedules(services_.database, schedules_, services_.clock.now());
        has_schedules_ = true;
    }
    int count = 0;
    while (count < at_most && !stop_) {
        auto const lease = take(services_.database, services_.clock.now());
        if (!lease) break;
        hold(lease);
        run(*lease);
        hold({});
        ++count;
    }
    return count;
}

void Runner::run(Lease const& lease) {
    Handler const* const handler = handler_of(lease.kind);
    std::string error;
    try {
        if (!handler) {
            error = "no handler";
        } else if (lease.attempts > handler->attempts_max) {
            error = "ended with its server too often";
        } else {
            Context context{services_, auth::system_actor(), i18n::Language::zh_hans};
            context.request_id = lease.id;
            if (auto const outcome = handler->run(context, lease.key, lease.payload); !outcome)
                error = outcome.error().key;
        }
    } catch (std::exception const& fault) {
        error = fault.what();
    }
    if (error.empty()) return finish(services_.database, lease, services_.clock.now());
    log::warning(
        "job.failed",
        {{"kind", lease.kind}, {"job", lease.id}, {"attempt", std::to_string(lease.attempts)}, {"why", error}});
    give_back(services_.database, lease, services_.clock.now(), error,
              handler ? handler->attempts_max : attempts_without_handler);
}

Handler const* Runner::handler_of(std::string_view kind) const {
    auto const place = std::ranges::find(handlers_, kind, &Handler::kind);
    return place == handlers_.end() ? nullptr : &*place;
}

void Runner::hold(std::optional<Lease> lease) {
    std::lock_guard const lock{mutex_};
    held_ = std::move(lease);
}

void Runner::start() {
    worker_ = std::thread{[this] { loop(); }};
    renewer_ = std::thread{[this] { renew_loop(); }};
}

void Runner::stop() {
    auto const end = [&](std::atomic<bool>& flag, std::thread& thread) {
        {
            std::lock_guard const lock{mutex_};
            flag = true;
        }
        changed_.notify_all();
        if (thread.joinable()) thread.join();
    };
    end(stop_, worker_); // its last job keeps its lease until it has ended
    end(worker_ended_, renewer_);
    stop_ = worker_ended_ = false;
}

void Runner::loop() {
    while (!stop_) {
        try {
            run_due_once();
        } catch (std::exception const& fault) { // the lease runs out and the job is taken again
            hold({});
            log::error("job.fault", {{"what", fault.what()}});
        }
        std::unique_lock lock{mutex_};
        changed_.wait_for(lock, std::chrono::seconds{1}, [&] { return stop_.load(); });
    }
}

void Runner::renew_loop() {
    while (!worker_ended_) {
        std::optional<Lease> lease;
        {
            std::unique_lock lock{mutex_};
            changed_.wait_for(lock, std::chrono::milliseconds{lease_ms / 3}, [&] { return worker_ended_.load(); });
            lease = held_;
        }
        if (!lease) continue;
        try {
            if (!renew(services_.database, *lease, services_.clock.now()))
                log::warning("job.lease_lost", {{"kind", lease->kind}, {"job", lease->id}});
        } catch (std::exception const& fault) {
            log::error("job.fault", {{"what", fault.what()}});
        }
    }
}

} // namespace sangu::jobs
