#pragma once

// Bytes of a file on disk or of a text in memory, read in pieces from any offset.

#include "base/result.h"

#include <memory>
#include <string>

namespace sangu::tables {

class Input {
public:
    virtual ~Input() = default;
    virtual std::uint64_t size() const = 0;
    // Up to `count` bytes at `offset`; 0 at the end. Throws std::system_error when the disk fails.
    virtual std::size_t read(std::uint64_t offset, char* bytes, std::size_t count) const = 0;
};

// Refuses "error.file.unreadable" when `path` is not a file that can be read.
Result<std::unique_ptr<Input>> file_input(std::string const& path);
std::unique_ptr<Input> memory_input(std::string content);

} // namespace sangu::tables
