#include "kernel/http/temporary_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace sangu::http {

TemporaryFile::TemporaryFile(std::string_view content)
    : path_{(std::filesystem::temp_directory_path() / "sangu-XXXXXX").string()} {
    int const file = ::mkstemp(path_.data());
    if (file < 0) throw std::system_error{errno, std::generic_category(), "no temporary file"};
    std::FILE* const stream = ::fdopen(file, "wb");
    bool const is_written =
        stream && (content.empty() || std::fwrite(content.data(), 1, content.size(), stream) == content.size());
    bool const is_closed = stream ? std::fclose(stream) == 0 : ::close(file) == 0;
    if (is_written && is_closed) return;
    int const reason = errno;
    ::unlink(path_.c_str());
    throw std::system_error{reason, std::generic_category(), "a temporary file could not be written"};
}

TemporaryFile::~TemporaryFile() { ::unlink(path_.c_str()); }

UploadedFile::UploadedFile(Upload const& upload) : upload_{upload} {
    if (upload.path.empty()) own_.emplace(upload.data);
}

BodySource body_of(std::shared_ptr<TemporaryFile const> file) {
    auto const in = std::make_shared<std::ifstream>(file->path(), std::ios::binary);
    return [file = std::move(file), in](std::string& chunk) {
        chunk.resize(64 * 1024);
        in->read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        chunk.resize(static_cast<std::size_t>(in->gcount()));
        return !chunk.empty();
    };
}

} // namespace sangu::http
