#include "kernel/search/index/index.h"
#include "kernel/search/segment/bytes.h"
#include "kernel/search/segment/checksum.h"

#include <cstdio>
#include <filesystem>
#include <set>

namespace sangu::search {
namespace {

std::string to_bytes(Bitmap const& bitmap) {
    std::string bytes;
    append_value(bytes, bitmap.size());
    for (std::uint64_t const word : bitmap.words()) append_value(bytes, word);
    return bytes;
}

Bitmap bitmap_of(std::string const& bytes, std::uint32_t size) {
    Bitmap bitmap{size};
    if (bytes.size() != sizeof size + bitmap.words().size() * 8 || load<std::uint32_t>(bytes.data()) != size)
        throw CorruptIndex{"a list of deleted documents is not whole"};
    for (std::uint32_t at = 0; at < size; ++at)
        if ((load<std::uint64_t>(bytes.data() + sizeof size + at / 64 * 8) >> (at % 64) & 1) != 0) bitmap.add(at);
    return bitmap;
}

} // namespace

void Index::open() {
    Manifest const manifest = read_manifest(folder_).value_or(Manifest{schema_.fingerprint(), 0, 1, {}});
    if (manifest.schema != schema_.fingerprint()) throw CorruptIndex{"the search index has another schema"};
    for (Manifest::Entry const& listed : manifest.entries) {
        Entry entry;
        entry.file = listed.segment;
        if (!std::filesystem::exists(folder_ + "/" + listed.segment)) throw CorruptIndex{"a segment is missing"};
        entry.state.segment = Segment::open(folder_ + "/" + listed.segment);
        if (entry.state.segment->identity() != listed.identity) throw CorruptIndex{"a segment is another one"};
        if (!listed.deleted.empty()) {
            auto const bytes = read_whole(folder_ + "/" + listed.deleted);
            if (!bytes || checksum(*bytes) != listed.deleted_checksum)
                throw CorruptIndex{"a list of deleted documents is damaged"};
            entry.written = std::make_shared<Bitmap const>(bitmap_of(*bytes, entry.state.segment->documents()));
            entry.state.deleted = entry.written;
            entry.deleted_file = listed.deleted;
            entry.deleted_checksum = listed.deleted_checksum;
        }
        entries_.push_back(std::move(entry));
    }
    position_ = durable_ = manifest.position;
    next_file_ = manifest.next_file;
    remove_orphans(manifest);
}

// What a crash left behind, and what a later manifest no longer names.
void Index::remove_orphans(Manifest const& manifest) const {
    std::set<std::string> kept;
    for (Manifest::Entry const& entry : manifest.entries) kept.insert({entry.segment, entry.deleted});
    std::error_code ignored;
    for (auto const& file : std::filesystem::directory_iterator{folder_, ignored}) {
        auto const extension = file.path().extension();
        if ((extension == ".segment" || extension == ".deleted") && !kept.contains(file.path().filename().string()))
            std::filesystem::remove(file.path(), ignored);
    }
}

std::string Index::new_file(std::string_view ending) {
    char name[32];
    std::snprintf(name, sizeof name, "%010llu.", static_cast<unsigned long long>(next_file_++));
    return std::string{name}.append(ending);
}

void Index::write_deleted(Entry& entry) {
    if (!entry.state.deleted || entry.state.deleted == entry.written) return;
    std::string const bytes = to_bytes(*entry.state.deleted);
    std::string const file = new_file("deleted");
    write_whole(folder_ + "/" + file, bytes);
    entry.deleted_file = file;
    entry.deleted_checksum = checksum(bytes);
    entry.written = entry.state.deleted;
}

void Index::write_state() {
    Manifest manifest{schema_.fingerprint(), durable_, 0, {}};
    for (Entry& entry : entries_) {
        if (entry.is_fresh()) continue;
        write_deleted(entry);
        manifest.entries.push_back(
            {entry.file, entry.state.segment->identity(), entry.deleted_file, entry.deleted_checksum});
    }
    manifest.next_file = next_file_;
    write_manifest(folder_, manifest);
    remove_orphans(manifest);
}

} // namespace sangu::search
