#include "kernel/xml/text.h"

namespace sangu::xml {

std::string text(std::string_view utf8) {
    constexpr std::string_view replacement = "\xef\xbf\xbd";
    std::string out;
    out.reserve(utf8.size() + utf8.size() / 8);
    for (std::size_t at = 0; at < utf8.size(); ++at) {
        auto const c = static_cast<unsigned char>(utf8[at]);
        switch (c) {
        case '&': out += "&amp;"; continue;
        case '<': out += "&lt;"; continue;
        case '>': out += "&gt;"; continue;
        case '"': out += "&quot;"; continue;
        case '\t':
        case '\n': out += static_cast<char>(c); continue;
        default: break;
        }
        std::string_view const three = utf8.substr(at, 3);
        if (c < 0x20)
            out += replacement;
        else if (three == "\xef\xbf\xbe" || three == "\xef\xbf\xbf") {
            out += replacement;
            at += 2;
        } else
            out += static_cast<char>(c);
    }
    return out;
}

} // namespace sangu::xml
