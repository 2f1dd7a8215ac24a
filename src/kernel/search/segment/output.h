#pragma once

// Where a segment is written to: a new file, or memory. Checksums of the blocks are taken on the way.

#include "kernel/search/segment/layout.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

class Output {
public:
    Output() = default;                       // to memory
    explicit Output(std::string const& path); // to a file that must not exist; throws std::system_error
    ~Output();
    Output(Output const&) = delete;
    Output& operator=(Output const&) = delete;

    void append(std::string_view bytes); // throws std::system_error when the disk is full
    void align(std::size_t bytes);
    std::uint64_t size() const { return size_; }
    // Ends the checked part and returns the checksums of its blocks.
    std::vector<std::uint64_t> const& finish_checksums();
    // Everything is on disk when it returns.
    void sync();
    std::string take_memory() { return std::move(memory_); }

private:
    void write_out();

    int file_ = -1;
    std::string memory_; // of a file: what is not written yet
    std::string block_;
    std::vector<std::uint64_t> checksums_;
    std::uint64_t size_ = 0;
    bool is_checked_ = true;
};

} // namespace sangu::search
