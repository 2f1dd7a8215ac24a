#pragma once

// Which files make up the index, and how far the feed of changes has been taken in. Replaced by renaming, so that there
// is always one whole manifest: the old or the new.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sangu::search {

struct Manifest {
    struct Entry {
        std::string segment;        // file name
        std::uint64_t identity = 0; // of its footer
        std::string deleted;        // file name, empty: none
        std::uint64_t deleted_checksum = 0;

        bool operator==(Entry const&) const = default;
    };
    std::string schema;          // its fingerprint
    std::uint64_t position = 0;  // of the feed: everything up to here is in the segments
    std::uint64_t next_file = 1; // number of the next file
    std::vector<Entry> entries;

    bool operator==(Manifest const&) const = default;
};

std::string to_text(Manifest const& manifest);
// Throws CorruptIndex when the text is not one that to_text wrote.
Manifest parse_manifest(std::string_view text);

// Nothing when the folder has none. Throws CorruptIndex or std::system_error.
std::optional<Manifest> read_manifest(std::string const& folder);
// Durable when it returns. Throws std::system_error; the old manifest holds then.
void write_manifest(std::string const& folder, Manifest const& manifest);

// Whole small files, durable when written. Throw std::system_error.
std::optional<std::string> read_whole(std::string const& path);
void write_whole(std::string const& path, std::string_view bytes);
// Written beside and renamed over: there is always one whole file, the old or the new. `path` has a folder.
void replace_whole(std::string const& path, std::string_view bytes);

} // namespace sangu::search
