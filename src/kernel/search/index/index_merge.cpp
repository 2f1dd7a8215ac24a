#include "base/log.h"
#include "kernel/search/index/index.h"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <chrono>

namespace sangu::search {
namespace {

constexpr std::size_t fresh_unit = std::size_t{64} << 10;
constexpr std::size_t disk_unit = std::size_t{1} << 20;
constexpr auto retry_after = std::chrono::seconds{1};

// Segments of one level differ in size by less than eight times.
unsigned level_of(std::size_t bytes, std::size_t unit) {
    return (static_cast<unsigned>(std::bit_width(bytes / unit)) + 2) / 3;
}

// What was deleted while a merge ran, in the numbers of the merged segment.
void carry_over(MergeInput const& input, Bitmap const* now, std::uint32_t& number, std::shared_ptr<Bitmap>& deleted,
                std::uint32_t documents) {
    for (std::uint32_t at = 0; at < input.segment->documents(); ++at) {
        if (input.deleted && input.deleted->has(at)) continue;
        if (now && now->has(at)) {
            if (!deleted) deleted = std::make_shared<Bitmap>(documents);
            deleted->add(number);
        }
        ++number;
    }
}

} // namespace

std::size_t Index::fresh_begin() const {
    return static_cast<std::size_t>(std::ranges::find_if(entries_, &Entry::is_fresh) - entries_.begin());
}

std::size_t Index::fresh_bytes() const {
    std::size_t bytes = 0;
    for (std::size_t at = fresh_begin(); at < entries_.size(); ++at) bytes += entries_[at].state.segment->bytes();
    return bytes;
}

// Writers outrun the background: then they wait for it.
bool Index::is_behind() const {
    std::scoped_lock const lock{writing_};
    return fresh_bytes() > settings_.memory_max * 4;
}

// The last segments of one kind, as many as are of a level and below, when they are enough. Disk and memory never mix.
std::pair<std::size_t, std::size_t> Index::choose_merge() const {
    std::size_t const border = fresh_begin();
    auto const longest = [&](std::size_t begin, std::size_t end, std::size_t unit) {
        for (unsigned level = 0; level < 22; ++level) {
            std::size_t first = end;
            while (first > begin && level_of(entries_[first - 1].state.segment->bytes(), unit) <= level) --first;
            if (end - first >= settings_.merge_at) return std::pair{first, end};
        }
        return std::pair{end, end};
    };
    if (auto const fresh = longest(border, entries_.size(), fresh_unit); fresh.first < fresh.second) return fresh;
    return longest(0, border, disk_unit);
}

// Holds merging_. Only apply() may add entries meanwhile, behind the range.
void Index::merge_range(std::size_t begin, std::size_t end, bool to_disk) {
    std::vector<MergeInput> inputs;
    std::string file;
    std::uint64_t covered = 0;
    bool takes_all_fresh = false;
    {
        std::scoped_lock const lock{writing_};
        takes_all_fresh = to_disk && begin == fresh_begin();
        if (takes_all_fresh) end = entries_.size(); // with what was applied since the range was chosen
        for (std::size_t at = begin; at < end; ++at)
            inputs.push_back({entries_[at].state.segment, entries_[at].state.deleted});
        if (to_disk) file = new_file("segment");
        covered = position_;
    }
    std::optional<std::uint32_t> documents;
    Entry merged;
    std::string const path = folder_ + "/" + file;
    try {
        std::unique_ptr<Output> const output = to_disk ? std::make_unique<Output>(path) : std::make_unique<Output>();
        documents = merge_segments(inputs, *output, [this] { return is_ending_.load(); });
        if (documents && *documents > 0)
            merged.state.segment = to_disk ? Segment::open(path) : Segment::in_memory(output->take_memory());
    } catch (...) {
        if (to_disk) ::unlink(path.c_str());
        throw;
    }
    if (!documents) return; // the index is being closed
    merged.file = file;
    std::scoped_lock const lock{writing_};
    std::shared_ptr<Bitmap> deleted;
    std::uint32_t number = 0;
    for (std::size_t at = begin; at < end; ++at)
        carry_over(inputs[at - begin], entries_[at].state.deleted.get(), number, deleted, *documents);
    merged.state.deleted = std::move(deleted);
    std::vector<Entry> const before = entries_;
    std::uint64_t const durable_before = durable_;
    auto const first = entries_.begin() + static_cast<std::ptrdiff_t>(begin);
    auto const place = entries_.erase(first, entries_.begin() + static_cast<std::ptrdiff_t>(end));
    if (*documents > 0) entries_.insert(place, std::move(merged));
    if (takes_all_fresh) durable_ = covered;
    try {
        if (to_disk) write_state();
    } catch (...) {
        entries_ = before;
        durable_ = durable_before;
        throw;
    }
    publish();
}

bool Index::merge_once() {
    std::scoped_lock const lock{merging_};
    std::pair<std::size_t, std::size_t> range;
    bool to_disk = false;
    {
        std::scoped_lock const reading{writing_};
        range = choose_merge();
        to_disk = range.first < range.second && !entries_[range.first].is_fresh();
    }
    if (range.first == range.second) return false;
    merge_range(range.first, range.second, to_disk);
    return true;
}

void Index::flush() {
    std::scoped_lock const lock{merging_};
    std::size_t begin = 0, end = 0;
    {
        std::scoped_lock const reading{writing_};
        begin = fresh_begin();
        end = entries_.size();
        if (begin == end) {
            std::uint64_t const before = durable_;
            durable_ = position_;
            try {
                write_state();
            } catch (...) {
                durable_ = before;
                throw;
            }
            return;
        }
    }
    merge_range(begin, end, true);
}

bool Index::step() {
    bool is_full = false;
    {
        std::scoped_lock const lock{writing_};
        is_full = fresh_bytes() > settings_.memory_max;
    }
    if (is_full) flush();
    return merge_once() || is_full;
}

void Index::work(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock{writing_};
            if (!wake_.wait(lock, stop, [this] { return has_work_; })) return;
            has_work_ = false;
        }
        try {
            while (!stop.stop_requested() && step()) {
            }
        } catch (std::exception const& fault) {
            log::warning("search.merge_failed", {{"folder", folder_}, {"reason", fault.what()}});
            std::unique_lock lock{writing_};
            has_work_ = true;
            wake_.wait_for(lock, stop, retry_after, [] { return false; });
        }
    }
}

} // namespace sangu::search
