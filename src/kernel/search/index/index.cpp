#include "kernel/search/index/index.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

namespace sangu::search {
namespace {

constexpr std::size_t build_documents_max = 20'000; // of one fresh segment
constexpr std::size_t build_postings_max = 4'000'000;

} // namespace

Index::Index(std::string folder, Schema schema, std::shared_ptr<Lexicon const> lexicon, IndexSettings settings)
    : folder_{std::move(folder)}, schema_{std::move(schema)}, lexicon_{std::move(lexicon)}, settings_{settings} {
    std::filesystem::create_directories(folder_);
    lock_ = std::make_unique<FolderLock>(folder_ + "/lock");
    builder_ = std::make_unique<SegmentBuilder>(schema_, lexicon_);
    open();
    publish();
    if (settings_.merges_in_background) worker_ = std::jthread{[this](std::stop_token const& stop) { work(stop); }};
}

Index::~Index() {
    is_ending_ = true;
    if (!worker_.joinable()) return;
    worker_.request_stop();
    wake_.notify_all();
    worker_.join();
}

void Index::publish() {
    std::vector<SegmentState> states;
    for (Entry const& entry : entries_) states.push_back(entry.state);
    auto snapshot = std::make_shared<Snapshot const>(schema_, std::move(states));
    std::scoped_lock const lock{published_};
    snapshot_.swap(snapshot);
}

std::shared_ptr<Snapshot const> Index::snapshot() const {
    std::scoped_lock const lock{published_};
    return snapshot_;
}

std::uint64_t Index::position() const {
    std::scoped_lock const lock{writing_};
    return position_;
}

std::uint64_t Index::durable_position() const {
    std::scoped_lock const lock{writing_};
    return durable_;
}

void Index::apply(std::span<Document const> documents, std::span<std::string const> removed, std::uint64_t position) {
    if (is_behind()) flush();
    {
        std::scoped_lock const lock{writing_};
        std::size_t const before = entries_.size();
        try {
            build(documents);
        } catch (...) {
            entries_.resize(before);
            builder_ = std::make_unique<SegmentBuilder>(schema_, lexicon_);
            throw;
        }
        std::vector<Entry> fresh{std::make_move_iterator(entries_.begin() + static_cast<std::ptrdiff_t>(before)),
                                 std::make_move_iterator(entries_.end())};
        entries_.resize(before);
        remove_documents(documents, removed);
        std::ranges::move(fresh, std::back_inserter(entries_));
        position_ = std::max(position_, position);
        publish();
        has_work_ = true;
    }
    wake_.notify_all();
}

void Index::build(std::span<Document const> documents) {
    std::unordered_map<std::string_view, std::size_t> last;
    for (std::size_t at = 0; at < documents.size(); ++at) last[documents[at].key] = at;
    auto const end_segment = [&] {
        if (builder_->documents() == 0) return;
        Output output;
        builder_->write(output);
        entries_.push_back({{Segment::in_memory(output.take_memory()), nullptr}, {}, nullptr, {}, 0});
    };
    for (std::size_t at = 0; at < documents.size(); ++at) {
        if (last[documents[at].key] != at) continue;
        builder_->add(documents[at]);
        if (builder_->documents() >= build_documents_max || builder_->postings() >= build_postings_max) end_segment();
    }
    end_segment();
}

// One new bitmap for each segment that loses a document.
void Index::remove_documents(std::span<Document const> documents, std::span<std::string const> removed) {
    for (Entry& entry : entries_) {
        std::shared_ptr<Bitmap> changed;
        auto const remove = [&](std::string_view key) {
            auto const document = entry.state.segment->document_of(key);
            if (!document || entry.state.is_deleted(*document)) return;
            if (!changed)
                changed = entry.state.deleted ? std::make_shared<Bitmap>(*entry.state.deleted)
                                              : std::make_shared<Bitmap>(entry.state.segment->documents());
            changed->add(*document);
        };
        for (Document const& document : documents) remove(document.key);
        for (std::string const& key : removed) remove(key);
        if (changed) entry.state.deleted = std::move(changed);
    }
}

} // namespace sangu::search
