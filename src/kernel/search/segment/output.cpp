#include "kernel/search/segment/output.h"

#include "kernel/search/segment/checksum.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace sangu::search {
namespace {

constexpr std::size_t write_bytes = std::size_t{1} << 20;

[[noreturn]] void fail(char const* what) { throw std::system_error{errno, std::generic_category(), what}; }

} // namespace

Output::Output(std::string const& path) : file_{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640)} {
    if (file_ < 0) fail("open a new segment");
}

Output::~Output() {
    if (file_ >= 0) ::close(file_);
}

void Output::append(std::string_view bytes) {
    size_ += bytes.size();
    memory_ += bytes;
    while (is_checked_ && !bytes.empty()) {
        auto const part = bytes.substr(0, checked_bytes - block_.size());
        block_ += part;
        bytes.remove_prefix(part.size());
        if (block_.size() < checked_bytes) break;
        checksums_.push_back(checksum(block_));
        block_.clear();
    }
    if (file_ >= 0 && memory_.size() >= write_bytes) write_out();
}

void Output::align(std::size_t bytes) {
    if (std::size_t const over = size_ % bytes; over > 0) append(std::string(bytes - over, '\0'));
}

std::vector<std::uint64_t> const& Output::finish_checksums() {
    if (!block_.empty()) checksums_.push_back(checksum(block_));
    block_.clear();
    is_checked_ = false;
    return checksums_;
}

void Output::write_out() {
    std::string_view left = memory_;
    while (!left.empty()) {
        auto const written = ::write(file_, left.data(), left.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("write a segment");
        left.remove_prefix(static_cast<std::size_t>(written));
    }
    memory_.clear();
}

void Output::sync() {
    if (file_ < 0) return;
    write_out();
    if (::fsync(file_) != 0) fail("sync a segment");
}

} // namespace sangu::search
