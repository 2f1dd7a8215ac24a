#pragma once

// multipart/form-data (RFC 7578) read piece by piece as it arrives: fields stay in memory under a limit, files go
// to a temporary file when they are large. Nothing of the body is held twice.

#include "kernel/http/message.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sangu::http {

struct MultipartLimits {
    std::size_t parts_max = 200;
    std::size_t field_bytes_max = 1u << 20;
    std::size_t fields_bytes_max = 4u << 20;   // of all fields together
    std::size_t header_bytes_max = 8192;       // of one part
    std::size_t memory_bytes_max = 256u << 10; // of one file, before it is spooled
};

// The boundary of a Content-Type "multipart/form-data; boundary=…"; nothing when it is another type or malformed.
std::optional<std::string> boundary_of(std::string_view content_type);

// Collects one file, in memory first and in a new file of `directory` when it grows.
class UploadWriter {
public:
    UploadWriter(std::string directory, std::size_t memory_bytes_max);
    ~UploadWriter();
    UploadWriter(UploadWriter const&) = delete;
    UploadWriter& operator=(UploadWriter const&) = delete;

    void begin(std::string field, std::string file_name, std::string content_type);
    bool write(std::string_view bytes); // false: the directory is full or not writable
    Upload take();                      // the finished file

private:
    bool open_file();
    std::string directory_;
    std::size_t memory_bytes_max_;
    std::size_t in_memory_ = 0; // of all files so far
    Upload upload_;
    int file_ = -1;
};

class MultipartParser {
public:
    MultipartParser(std::string_view boundary, std::string upload_directory, MultipartLimits limits = {});

    // The next piece of the body. Refuses "error.multipart" (malformed), "error.too_large", "error.storage_full".
    Result<void> feed(std::string_view bytes);
    // After the last piece: moves what was read into `request`. Refuses a body that ended too early.
    Result<void> finish(Request& request);

private:
    enum class State : std::uint8_t { preamble, after_boundary, headers, body, epilogue };

    Result<bool> step(); // false: needs more bytes
    Result<bool> read_preamble();
    Result<bool> read_after_boundary();
    Result<bool> read_headers();
    Result<bool> read_body();
    Result<void> open_part(std::string_view head);
    Result<void> append(std::string_view bytes);
    Result<void> close_part();

    std::string delimiter_; // "\r\n--boundary"
    MultipartLimits limits_;
    State state_ = State::preamble;
    std::string buffer_;
    std::size_t read_ = 0; // bytes of buffer_ that are consumed
    std::size_t parts_ = 0;
    std::size_t fields_bytes_ = 0;
    bool is_file_ = false;
    std::string field_, value_;
    UploadWriter writer_;
    Pairs fields_;
    std::vector<Upload> uploads_;
};

} // namespace sangu::http
