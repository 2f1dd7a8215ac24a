#include "kernel/http/multipart.h"

#include "base/text.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace sangu::http {

namespace {

constexpr std::size_t total_max = 2u << 20; // of all files of a body that stay in memory

tl::unexpected<Error> malformed() { return refuse(Refusal::invalid, "error.multipart"); }

bool is_boundary_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view{"'()+_,-./:=? "}.find(c) != std::string_view::npos;
}

// The value of `name="…"` in a header such as Content-Disposition; nothing when it is absent or not closed.
std::optional<std::string> parameter_of(std::string_view header, std::string_view name) {
    for (std::size_t at = header.find(';'); at != std::string_view::npos; at = header.find(';', at)) {
        ++at;
        while (at < header.size() && (header[at] == ' ' || header[at] == '\t')) ++at;
        auto const equals = header.find('=', at);
        if (equals == std::string_view::npos) return std::nullopt;
        bool const is_wanted = to_lower_ascii(trim(header.substr(at, equals - at))) == name;
        at = equals + 1;
        std::string value;
        if (at < header.size() && header[at] == '"') {
            for (++at; at < header.size() && header[at] != '"'; ++at) {
                if (header[at] == '\\' && at + 1 < header.size() && (header[at + 1] == '"' || header[at + 1] == '\\'))
                    ++at;
                value += header[at];
            }
            if (at >= header.size()) return std::nullopt;
        } else {
            auto const end = std::min(header.find(';', at), header.size());
            value = trim(header.substr(at, end - at));
            at = end;
        }
        if (is_wanted) return value;
    }
    return std::nullopt;
}

// Browsers write '"' and line ends in names as %22, %0D, %0A and leave everything else as UTF-8.
std::string unescape_name(std::string name) {
    for (auto const& [from, to] : {std::pair{"%22", "\""}, std::pair{"%0D", ""}, std::pair{"%0A", " "}}) {
        for (auto at = name.find(from); at != std::string::npos; at = name.find(from, at)) name.replace(at, 3, to);
    }
    return name;
}

} // namespace

std::optional<std::string> boundary_of(std::string_view content_type) {
    constexpr std::string_view type = "multipart/form-data";
    if (to_lower_ascii(trim(content_type.substr(0, content_type.find(';')))) != type) return std::nullopt;
    auto boundary = parameter_of(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > 70 || boundary->back() == ' ') return std::nullopt;
    if (!std::ranges::all_of(*boundary, is_boundary_byte)) return std::nullopt;
    return boundary;
}

UploadWriter::UploadWriter(std::string directory, std::size_t memory_bytes_max)
    : directory_{std::move(directory)}, memory_bytes_max_{memory_bytes_max} {}

UploadWriter::~UploadWriter() {
    if (file_ >= 0) ::close(file_);
}

void UploadWriter::begin(std::string field, std::string file_name, std::string content_type) {
    upload_ = Upload{};
    upload_.field = std::move(field);
    upload_.file_name = std::move(file_name);
    upload_.content_type = std::move(content_type);
}

bool UploadWriter::open_file() {
    std::string path = directory_ + "/sangu-upload-" + std::string(6, 'X'); // the place mkostemp fills in
    file_ = ::mkostemp(path.data(), O_CLOEXEC);
    if (file_ < 0) return false;
    upload_.path = std::move(path);
    std::string const begun = std::move(upload_.data);
    upload_.data.clear();
    upload_.size = 0;
    return write(begun);
}

bool UploadWriter::write(std::string_view bytes) {
    if (file_ < 0 && upload_.data.size() + bytes.size() <= memory_bytes_max_ &&
        in_memory_ + bytes.size() <= total_max) {
        upload_.data += bytes;
        in_memory_ += bytes.size();
        upload_.size += bytes.size();
        return true;
    }
    if (file_ < 0 && !open_file()) return false;
    while (!bytes.empty()) {
        auto const written = ::write(file_, bytes.data(), bytes.size());
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
        upload_.size += static_cast<std::uint64_t>(written);
    }
    return true;
}

Upload UploadWriter::take() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
    return std::exchange(upload_, Upload{});
}

MultipartParser::MultipartParser(std::string_view boundary, std::string upload_directory, MultipartLimits limits)
    : delimiter_{"\r\n--" + std::string{boundary}}, limits_{limits},
      buffer_{"\r\n"}, // the first boundary may stand at the very start
      writer_{std::move(upload_directory), limits.memory_bytes_max} {}

Result<void> MultipartParser::feed(std::string_view bytes) {
    if (state_ == State::epilogue) return {};
    buffer_ += bytes;
    while (TRY(step())) {
    }
    buffer_.erase(0, read_);
    read_ = 0;
    return {};
}

Result<bool> MultipartParser::step() {
    switch (state_) {
    case State::preamble: return read_preamble();
    case State::after_boundary: return read_after_boundary();
    case State::headers: return read_headers();
    case State::body: return read_body();
    case State::epilogue: read_ = buffer_.size(); return false;
    }
    return false;
}

Result<bool> MultipartParser::read_preamble() {
    auto const at = buffer_.find(delimiter_, read_);
    if (at == std::string::npos) {
        if (buffer_.size() - read_ > limits_.header_bytes_max) return malformed();
        return false;
    }
    read_ = at + delimiter_.size();
    state_ = State::after_boundary;
    return true;
}

Result<bool> MultipartParser::read_after_boundary() {
    auto const rest = std::string_view{buffer_}.substr(read_);
    if (rest.size() < 2) return false;
    if (rest.starts_with("--")) {
        state_ = State::epilogue;
        return true;
    }
    if (!rest.starts_with("\r\n")) return malformed();
    if (++parts_ > limits_.parts_max) return refuse(Refusal::too_large, "error.too_large");
    read_ += 2;
    state_ = State::headers;
    return true;
}

Result<bool> MultipartParser::read_headers() {
    auto const rest = std::string_view{buffer_}.substr(read_);
    auto const end = rest.find("\r\n\r\n");
    if (std::min(end, rest.size()) > limits_.header_bytes_max) return malformed();
    if (end == std::string_view::npos) return false;
    TRY_VOID(open_part(rest.substr(0, end)));
    read_ += end + 4;
    value_.clear();
    state_ = State::body;
    return true;
}

Result<void> MultipartParser::open_part(std::string_view head) {
    std::optional<std::string> name;
    std::optional<std::string> file_name;
    std::string content_type = "application/octet-stream";
    for (std::string_view line : split_text(head, '\n')) {
        line = trim(line);
        auto const colon = line.find(':');
        if (colon == std::string_view::npos) return malformed();
        auto const header = to_lower_ascii(trim(line.substr(0, colon)));
        auto const value = trim(line.substr(colon + 1));
        if (header == "content-disposition") {
            if (!value.starts_with("form-data")) return malformed();
            name = parameter_of(value, "name");
            file_name = parameter_of(value, "filename");
        } else if (header == "content-type") {
            content_type = shorten(value, 200);
        }
    }
    if (!name || !is_valid_utf8(*name) || name->size() > 200) return malformed();
    if (file_name && (!is_valid_utf8(*file_name) || file_name->size() > 1000)) return malformed();
    field_ = unescape_name(std::move(*name));
    is_file_ = file_name.has_value();
    if (is_file_) writer_.begin(field_, unescape_name(std::move(*file_name)), std::move(content_type));
    return {};
}

Result<bool> MultipartParser::read_body() {
    auto const rest = std::string_view{buffer_}.substr(read_);
    auto const at = rest.find(delimiter_);
    if (at == std::string_view::npos) {
        if (rest.size() < delimiter_.size()) return false;
        auto const sure = rest.size() - delimiter_.size() + 1;
        TRY_VOID(append(rest.substr(0, sure)));
        read_ += sure;
        return false;
    }
    TRY_VOID(append(rest.substr(0, at)));
    TRY_VOID(close_part());
    read_ += at + delimiter_.size();
    state_ = State::after_boundary;
    return true;
}

Result<void> MultipartParser::append(std::string_view bytes) {
    if (is_file_) {
        if (!writer_.write(bytes)) return refuse(Refusal::unavailable, "error.storage_full");
        return {};
    }
    fields_bytes_ += bytes.size();
    if (value_.size() + bytes.size() > limits_.field_bytes_max || fields_bytes_ > limits_.fields_bytes_max)
        return refuse(Refusal::too_large, "error.too_large");
    value_ += bytes;
    return {};
}

Result<void> MultipartParser::close_part() {
    if (is_file_) {
        auto upload = writer_.take();
        // A file control that was left empty is sent as an empty part without a name.
        if (!upload.file_name.empty() || upload.size > 0) uploads_.push_back(std::move(upload));
        return {};
    }
    if (!is_valid_utf8(value_)) return malformed();
    fields_.emplace_back(std::move(field_), std::exchange(value_, {}));
    return {};
}

Result<void> MultipartParser::finish(Request& request) {
    if (state_ != State::epilogue) return malformed();
    request.form = std::move(fields_);
    request.uploads = std::move(uploads_);
    return {};
}

} // namespace sangu::http
