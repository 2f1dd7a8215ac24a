#pragma once

// The index of one collection in one folder. Changes are searchable when apply() returns and durable after flush();
// what a crash loses is fed in again from position(). Segments are merged in the background; searches hold a snapshot
// and wait for nobody.

#include "kernel/search/index/folder_lock.h"
#include "kernel/search/index/manifest.h"
#include "kernel/search/index/snapshot.h"
#include "kernel/search/segment/builder.h"
#include "kernel/search/segment/merge.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace sangu::search {

struct IndexSettings {
    std::size_t memory_max = std::size_t{64} << 20; // bytes of fresh segments before they are written to disk
    std::size_t merge_at = 8;                       // segments of about one size that are joined
    bool merges_in_background = true;
};

class Index {
public:
    // Opens the index in the folder, or begins an empty one. Throws CorruptIndex when the files are not what was
    // written or belong to another schema (then the owner removes the folder and feeds everything in again),
    // std::system_error when the disk refuses or another process has the folder open.
    Index(std::string folder, Schema schema, std::shared_ptr<Lexicon const> lexicon, IndexSettings settings = {});
    ~Index(); // ends a merge under way; does not flush
    Index(Index const&) = delete;
    Index& operator=(Index const&) = delete;

    // Documents replace those of the same key; of two in one call the later counts. Keys that are not there are no
    // error. `position` is that of the last of these changes in the feed. One caller at a time goes on, others wait;
    // with four times memory_max in memory it flushes first. Throws std::system_error when that fails: nothing is
    // applied then.
    void apply(std::span<Document const> documents, std::span<std::string const> removed, std::uint64_t position);
    // Writes what is in memory. Throws std::system_error; then all stays as it was, in memory too.
    void flush();
    // Where the feed must go on after a crash now: what was applied and flushed.
    std::uint64_t durable_position() const;
    std::uint64_t position() const;
    std::shared_ptr<Snapshot const> snapshot() const;
    // One merge if there is one to do; false when not. What the background does.
    bool merge_once();

private:
    struct Entry {
        SegmentState state;
        std::string file;                      // empty: in memory
        std::shared_ptr<Bitmap const> written; // what deleted_file holds
        std::string deleted_file;
        std::uint64_t deleted_checksum = 0;

        bool is_fresh() const { return file.empty(); }
    };

    void open();
    void remove_orphans(Manifest const& manifest) const;
    void publish();
    void build(std::span<Document const> documents);
    void remove_documents(std::span<Document const> documents, std::span<std::string const> removed);
    std::string new_file(std::string_view ending);
    void write_deleted(Entry& entry);
    void write_state();
    std::pair<std::size_t, std::size_t> choose_merge() const;
    void merge_range(std::size_t begin, std::size_t end, bool to_disk);
    std::size_t fresh_begin() const;
    std::size_t fresh_bytes() const;
    bool is_behind() const;
    bool step();
    void work(std::stop_token const& stop);

    std::string folder_;
    Schema schema_;
    std::shared_ptr<Lexicon const> lexicon_;
    IndexSettings settings_;
    std::unique_ptr<FolderLock> lock_;

    std::mutex merging_;         // held over a merge or flush; taken before writing_
    mutable std::mutex writing_; // held over an apply
    std::unique_ptr<SegmentBuilder> builder_;
    std::vector<Entry> entries_; // those on disk, then the fresh ones
    std::uint64_t position_ = 0;
    std::uint64_t durable_ = 0;
    std::uint64_t next_file_ = 1;

    mutable std::mutex published_;
    std::shared_ptr<Snapshot const> snapshot_;

    std::condition_variable_any wake_;
    bool has_work_ = false;
    std::atomic<bool> is_ending_{false};
    std::jthread worker_;
};

} // namespace sangu::search
