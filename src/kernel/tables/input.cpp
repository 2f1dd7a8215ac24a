#include "kernel/tables/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace sangu::tables {
namespace {

class File final : public Input {
public:
    File(int descriptor, std::uint64_t size) : descriptor_{descriptor}, size_{size} {}
    ~File() override { ::close(descriptor_); }
    File(File const&) = delete;
    File& operator=(File const&) = delete;

    std::uint64_t size() const override { return size_; }
    std::size_t read(std::uint64_t offset, char* bytes, std::size_t count) const override {
        for (;;) {
            ssize_t const got = ::pread(descriptor_, bytes, count, static_cast<off_t>(offset));
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno != EINTR) throw std::system_error{errno, std::generic_category(), "reading a table file"};
        }
    }

private:
    int descriptor_;
    std::uint64_t size_;
};

class Memory final : public Input {
public:
    explicit Memory(std::string content) : content_{std::move(content)} {}

    std::uint64_t size() const override { return content_.size(); }
    std::size_t read(std::uint64_t offset, char* bytes, std::size_t count) const override {
        if (offset >= content_.size()) return 0;
        std::size_t const got = std::min(count, content_.size() - offset);
        std::memcpy(bytes, content_.data() + offset, got);
        return got;
    }

private:
    std::string content_;
};

} // namespace

Result<std::unique_ptr<Input>> file_input(std::string const& path) {
    int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return refuse(Refusal::invalid, "error.file.unreadable");
    struct stat status{};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return refuse(Refusal::invalid, "error.file.unreadable");
    }
    return std::make_unique<File>(descriptor, static_cast<std::uint64_t>(status.st_size));
}

std::unique_ptr<Input> memory_input(std::string content) { return std::make_unique<Memory>(std::move(content)); }

} // namespace sangu::tables
