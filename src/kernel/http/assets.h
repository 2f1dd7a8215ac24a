#pragma once

// The embedded files of web/dist at /assets/<name>: fingerprinted, so browsers may keep them for ever; the compressed
// twin is chosen by Accept-Encoding. Bodies are views into the program.

#include "kernel/http/message.h"
#include "kernel/http/security_headers.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace sangu::http {

class Assets {
public:
    explicit Assets(SecurityHeaders const& security);
    // Nothing when the path is not an asset.
    std::optional<PreparedReply> find(RequestView const& request) const;

private:
    struct Variant {
        std::string head;
        std::string_view body;
    };
    struct File {
        Variant plain, brotli, gzip; // an empty body: there is no such variant
    };
    std::map<std::string, File, std::less<>> files_;
};

// The media type by the ending of a file name; "application/octet-stream" when it is unknown.
std::string_view type_of_name(std::string_view name);
// True when an Accept-Encoding header allows the coding.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);
// Compressed with gzip (level 6).
std::string gzip(std::string_view text);

} // namespace sangu::http
