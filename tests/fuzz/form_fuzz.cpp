// Forms and multipart bodies as a hostile client sends them: the first byte says how the body is cut.

#include "kernel/http/message.h"
#include "kernel/http/multipart.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void read_multipart(std::string_view body, std::size_t piece) {
    sangu::http::MultipartParser parser{"X", "/tmp"};
    for (std::size_t at = 0; at < body.size(); at += piece)
        if (!parser.feed(body.substr(at, piece))) return;
    sangu::http::Request request;
    if (!parser.finish(request)) return;
    std::size_t bytes = 0;
    for (auto const& [name, value] : request.form) bytes += value.size();
    for (auto const& upload : request.uploads) bytes += upload.size;
    if (bytes > body.size()) std::abort(); // something was made up
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view const body{reinterpret_cast<char const*>(data) + 1, size - 1};
    read_multipart(body, std::size_t{data[0]} + 1);
    (void)sangu::http::parse_form(body);
    (void)sangu::http::boundary_of(body);
    sangu::http::Request request;
    if (sangu::http::set_target(request, body) && request.path.find('\0') != std::string::npos) std::abort();
    return 0;
}
