#pragma once

// The index of all that can be found, in this process: fed from the change feed, with its position on disk, made anew
// beside the old one when its shape has changed or its files are not whole. Each server has its own; nobody else needs
// its files, they can be thrown away at any time.

#include "kernel/context.h"
#include "kernel/events/follower.h"
#include "kernel/search/suggest/suggestions.h"
#include "modules/matching/text_store.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

namespace sangu::matching {

// One index on disk with its texts.
struct Holding {
    std::filesystem::path folder;
    search::Schema schema;
    std::unique_ptr<search::Index> index;
    std::unique_ptr<TextStore> texts;
    std::unique_ptr<search::Suggestions> names; // null in an index of an older shape
};

struct Progress {
    bool building = false;
    std::int64_t done = 0, total = 0; // records
};

// What one request searches: everything that its snapshot of the database shows.
struct View {
    std::shared_ptr<Holding const> holding; // null: the first index is still being made
    std::shared_ptr<search::Snapshot const> snapshot;
    std::set<std::string, std::less<>> changed; // objects changed since and not yet taken in: not to be shown
    bool behind = false;                        // more has changed than `changed` can name
    Progress progress;
};

class RecordIndex : public events::Follower {
public:
    RecordIndex() = default;
    ~RecordIndex() override;

    void run_once(Services& services) override;
    void start(Services& services) override;
    void stop() override;

    // Waits a moment for what the reader's snapshot shows to be taken in. Throws db::Fault, std::system_error.
    View view(Context& context);
    // After search::CorruptIndex: what there is is not used any more and made anew.
    void give_up(std::shared_ptr<Holding const> const& broken);

private:
    void loop();
    void open(Services& services);
    std::optional<Holding> open_existing(std::filesystem::path const& folder, search::Schema const& schema);
    void build(Services& services);
    void follow(Services& services, Holding& holding);
    void take_in(Services& services, Holding& holding, std::int64_t head);
    void settle(Services& services);
    std::shared_ptr<Holding> current() const;

    std::timed_mutex feeding_; // held by whoever feeds, builds or opens
    mutable std::mutex state_; // of current_
    std::shared_ptr<Holding> current_;
    std::filesystem::path home_;
    std::unique_ptr<search::FolderLock> lock_;
    bool is_whole_ = false; // current_ has today's shape; else a new one is to be built
    std::int64_t flushed_ms_ = 0, compared_ms_ = 0;
    std::atomic<std::int64_t> done_{0}, total_{0};
    std::atomic<bool> building_{false}, stop_{false}, started_{false};
    Services* services_ = nullptr;
    std::thread thread_;
};

// Of this process, by the module's offer; null without the module.
RecordIndex* index_of(Services const& services);

// Where the indexes of a server lie: beside its key file ("sangu.key" → "sangu.search").
std::filesystem::path search_folder_of(config::Settings const& settings);

} // namespace sangu::matching
