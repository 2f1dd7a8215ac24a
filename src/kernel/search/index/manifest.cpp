#include "kernel/search/index/manifest.h"

#include "base/text.h"
#include "kernel/search/segment/checksum.h"
#include "kernel/search/segment/layout.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <system_error>

namespace sangu::search {
namespace {

constexpr auto first_line = "sangu search index 1";
constexpr auto broken = "the manifest of a search index is not whole";

[[noreturn]] void fail(std::string const& what) { throw std::system_error{errno, std::generic_category(), what}; }

std::string hexadecimal(std::uint64_t number) {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
    return text;
}

std::uint64_t number_of(std::string_view text, int base) {
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) throw CorruptIndex{broken};
    return number;
}

class Descriptor {
public:
    Descriptor(std::string const& path, int flags) : number_{::open(path.c_str(), flags | O_CLOEXEC, 0640)} {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

void sync_folder(std::string const& folder) {
    Descriptor const opened{folder, O_RDONLY | O_DIRECTORY};
    if (opened.number() < 0 || ::fsync(opened.number()) != 0) fail("sync " + folder);
}

} // namespace

std::string to_text(Manifest const& manifest) {
    std::string text = first_line;
    text.append("\nschema\t").append(manifest.schema);
    text.append("\nposition\t").append(std::to_string(manifest.position));
    text.append("\nnext\t").append(std::to_string(manifest.next_file));
    for (Manifest::Entry const& entry : manifest.entries)
        text.append("\nsegment\t")
            .append(entry.segment)
            .append("\t")
            .append(hexadecimal(entry.identity))
            .append("\t")
            .append(entry.deleted)
            .append("\t")
            .append(hexadecimal(entry.deleted_checksum));
    text += '\n';
    return text + "checksum\t" + hexadecimal(checksum(text)) + "\n";
}

Manifest parse_manifest(std::string_view text) {
    auto const last = text.rfind("checksum\t");
    if (last == std::string_view::npos || text.size() != last + 26 || text.back() != '\n' ||
        number_of(text.substr(last + 9, 16), 16) != checksum(text.substr(0, last)))
        throw CorruptIndex{broken};
    Manifest manifest;
    auto const lines = split_text(text.substr(0, last), '\n');
    if (lines.size() < 4 || lines[0] != first_line) throw CorruptIndex{broken};
    for (std::string_view const line : lines) {
        auto const parts = split_text(line, '\t');
        if (parts[0] == "schema" && parts.size() == 2) manifest.schema = parts[1];
        if (parts[0] == "position" && parts.size() == 2) manifest.position = number_of(parts[1], 10);
        if (parts[0] == "next" && parts.size() == 2) manifest.next_file = number_of(parts[1], 10);
        if (parts[0] == "segment" && parts.size() == 5)
            manifest.entries.push_back(
                {std::string{parts[1]}, number_of(parts[2], 16), std::string{parts[3]}, number_of(parts[4], 16)});
    }
    return manifest;
}

std::optional<std::string> read_whole(std::string const& path) {
    Descriptor const file{path, O_RDONLY};
    if (file.number() < 0) {
        if (errno == ENOENT) return std::nullopt;
        fail("open " + path);
    }
    std::string bytes;
    char buffer[65536];
    for (;;) {
        auto const count = ::read(file.number(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail("read " + path);
        if (count == 0) return bytes;
        bytes.append(buffer, static_cast<std::size_t>(count));
    }
}

void write_whole(std::string const& path, std::string_view bytes) {
    Descriptor const file{path, O_WRONLY | O_CREAT | O_TRUNC};
    if (file.number() < 0) fail("open " + path);
    while (!bytes.empty()) {
        auto const count = ::write(file.number(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail("write " + path);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(file.number()) != 0) fail("sync " + path);
}

std::optional<Manifest> read_manifest(std::string const& folder) {
    auto const text = read_whole(folder + "/manifest");
    if (!text) return std::nullopt;
    return parse_manifest(*text);
}

void replace_whole(std::string const& path, std::string_view bytes) {
    write_whole(path + ".new", bytes);
    if (::rename((path + ".new").c_str(), path.c_str()) != 0) fail("rename " + path);
    sync_folder(path.substr(0, path.rfind('/')));
}

void write_manifest(std::string const& folder, Manifest const& manifest) {
    replace_whole(folder + "/manifest", to_text(manifest));
}

} // namespace sangu::search
