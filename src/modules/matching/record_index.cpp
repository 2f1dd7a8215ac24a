#include "modules/matching/record_index.h"

#include "base/log.h"
#include "base/text.h"
#include "kernel/auth/secrets.h"
#include "kernel/module.h"
#include "modules/matching/feeding.h"
#include "modules/matching/holding.h"
#include "modules/matching/published.h"

#include <chrono>
#include <system_error>

namespace sangu::matching {

namespace {

constexpr int poll_ms = 500; // for the commits of other servers
constexpr auto patience = std::chrono::milliseconds{300};
constexpr int changed_max = 2000;
constexpr std::int64_t flush_every_ms = 30'000;
constexpr std::int64_t compare_every_ms = std::int64_t{6} * 3600 * 1000; // for what no event told
constexpr int servers_in_one_folder = 8;

// The feed's last number in a state of the database: no further query where other data is held.
struct FeedHead {
    std::int64_t last = 0;
    static FeedHead load(db::Session& session) { return {events::last_sequence(session)}; }
};

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

RecordIndex::~RecordIndex() { stop(); }

std::shared_ptr<Holding> RecordIndex::current() const {
    std::lock_guard const lock{state_};
    return current_;
}

void RecordIndex::start(Services& services) {
    services_ = &services;
    stop_ = false;
    started_ = true;
    thread_ = std::thread{[this] { loop(); }};
}

void RecordIndex::stop() {
    stop_ = true;
    if (services_) services_->wake_waiters();
    if (thread_.joinable()) thread_.join();
    started_ = false;
    stop_ = false; // run_once() may still be called
    services_ = nullptr;
    std::lock_guard const feeding{feeding_};
    try {
        if (auto const holding = current()) holding->index->flush();
    } catch (std::exception const& fault) { // what is lost is fed in again
        log::error("search.flush_failed", {{"what", fault.what()}});
    }
    std::lock_guard const lock{state_};
    current_.reset();
    is_whole_ = false;
    lock_.reset();
}

void RecordIndex::loop() {
    std::uint64_t seen = 0;
    while (!stop_) {
        try {
            run_once(*services_);
        } catch (std::exception const& fault) {
            log::error("search.fault", {{"what", fault.what()}});
            services_->wait_for_commit(services_->data_version, stop_, poll_ms); // no busy loop while a disk is full
        }
        if (!stop_) seen = services_->wait_for_commit(seen, stop_, poll_ms);
    }
}

void RecordIndex::run_once(Services& services) {
    std::lock_guard const feeding{feeding_};
    settle(services);
}

// Opens what there is, builds what is missing, takes in what is new. Under feeding_.
void RecordIndex::settle(Services& services) {
    if (!lock_) open(services);
    if (!is_whole_) build(services);
    auto const holding = current();
    if (!holding || stop_) return;
    try {
        follow(services, *holding);
    } catch (search::CorruptIndex const&) {
        give_up(holding);
        throw;
    }
}

void RecordIndex::follow(Services& services, Holding& holding) {
    take_in(services, holding, events::last_sequence(*services.database.read()));
    std::int64_t const now = steady_ms();
    if (compared_ms_ == 0) compared_ms_ = now;
    if (now - compared_ms_ > compare_every_ms) {
        for (Searchable const& source : all_searchable(services))
            compare(services, holding, source, [&](std::int64_t) { return !stop_; });
        compared_ms_ = now;
    }
    if (now - flushed_ms_ > flush_every_ms && holding.index->position() != holding.index->durable_position()) {
        holding.index->flush();
        flushed_ms_ = now;
    }
}

void RecordIndex::take_in(Services& services, Holding& holding, std::int64_t head) {
    if (static_cast<std::int64_t>(holding.index->position()) >= head) return;
    auto const sources = all_searchable(services);
    while (!stop_ && take_events(services, holding, sources, head)) {
    }
}

void RecordIndex::open(Services& services) {
    std::filesystem::path const base = search_folder_of(services.settings);
    for (int n = 1; !lock_; ++n) {
        home_ = n == 1 ? base : std::filesystem::path{base.string() + "-" + std::to_string(n)};
        std::filesystem::create_directories(home_);
        try {
            lock_ = std::make_unique<search::FolderLock>((home_ / "lock").string());
        } catch (std::system_error const& taken) { // by another server on this machine
            if (taken.code().value() != EWOULDBLOCK || n == servers_in_one_folder) throw;
        }
    }
    auto const identity = identity_of(*services.database.read());
    std::int64_t const head = events::last_sequence(*services.database.read());
    auto const usable = [&](std::optional<Holding> const& one) {
        return one && static_cast<std::int64_t>(one->index->position()) <= head;
    };
    // One of today's shape; else any, which serves until a new one is built.
    std::optional<Holding> found;
    for (bool const of_today : {true, false})
        for (auto const& entry : std::filesystem::directory_iterator{home_}) {
            bool const has_shape = entry.path().filename().string().starts_with(folder_name(schema()));
            if (found || !entry.is_directory() || has_shape != of_today) continue;
            found = open_holding(entry.path(), identity);
            if (!usable(found)) found.reset();
            is_whole_ = found && of_today;
        }
    std::lock_guard const lock{state_};
    if (found) current_ = std::make_shared<Holding>(*std::move(found));
}

void RecordIndex::build(Services& services) {
    auto const sources = all_searchable(services);
    Holding fresh = new_holding(home_ / (folder_name(schema()) + "-" + new_id()));
    done_ = 0;
    total_ = count_records(services, sources);
    building_ = true;
    auto const old = current();
    std::int64_t const head = events::last_sequence(*services.database.read());
    for (Searchable const& source : sources)
        compare(services, fresh, source, [&](std::int64_t count) {
            done_ += count;
            if (old) take_in(services, *old, events::last_sequence(*services.database.read()));
            return !stop_;
        });
    building_ = false;
    if (stop_) return;
    fresh.index->apply({}, {}, static_cast<std::uint64_t>(head));
    fresh.index->flush();
    mark_whole(fresh, identity_of(*services.database.read()));
    log::info("search.built", {{"records", std::to_string(total_)}});
    remove_others(home_, fresh.folder);
    is_whole_ = true;
    std::lock_guard const lock{state_};
    current_ = std::make_shared<Holding>(std::move(fresh));
}

View RecordIndex::view(Context& context) {
    std::int64_t const head = context.held<FeedHead>().last;
    auto holding = current();
    if (!started_) {
        run_once(context.services);
        holding = current();
    } else if (holding && static_cast<std::int64_t>(holding->index->position()) < head) {
        std::unique_lock const feeding{feeding_, patience};
        if (feeding && !building_) take_in(context.services, *holding, head);
    }
    View view{.holding = holding, .progress = {building_, done_, total_}};
    if (!holding) return view;
    auto const position = static_cast<std::int64_t>(holding->index->position());
    view.snapshot = holding->index->snapshot();
    if (position < head) {
        auto const waiting = events::after(context.reader(), position, changed_max);
        for (events::Event const& event : waiting) view.changed.insert(event.object_id);
        view.behind = waiting.size() == static_cast<std::size_t>(changed_max);
    }
    return view;
}

void RecordIndex::give_up(std::shared_ptr<Holding const> const& broken) {
    log::error("search.not_whole", {{"folder", broken->folder.string()}});
    std::lock_guard const lock{state_};
    if (current_ != broken) return;
    current_.reset();
    is_whole_ = false;
}

RecordIndex* index_of(Services const& services) {
    for (auto const& one : offers_of<std::shared_ptr<RecordIndex>>(services.modules)) return one.get();
    return nullptr;
}

std::filesystem::path search_folder_of(config::Settings const& settings) {
    return std::filesystem::path{auth::key_file_of(settings)}.replace_extension("search");
}

} // namespace sangu::matching
