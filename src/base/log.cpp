#include "base/log.h"

#include "base/time.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>

namespace sangu::log {

namespace {

std::atomic<Level> lowest{Level::info};

void append_value(std::string& line, std::string_view value) {
    if (!value.empty() && value.find_first_of(" \"=\n\r\t\\") == std::string_view::npos) {
        line += value;
        return;
    }
    line += '"';
    for (char const c : value) {
        if (c == '"' || c == '\\') line += '\\';
        if (c == '\n')
            line += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20)
            line += ' ';
        else
            line += c;
    }
    line += '"';
}

} // namespace

void set_level(Level level) { lowest = level; }

void write(Level level, std::string_view event, std::initializer_list<Pair> pairs) {
    if (level < lowest.load()) return;
    constexpr std::array<std::string_view, 4> names = {"debug", "info", "warning", "error"};
    std::string line = to_text(SystemClock{}.now());
    line.append(" ").append(names[static_cast<std::size_t>(level)]).append(" ").append(event);
    for (Pair const& pair : pairs) {
        line.append(" ").append(pair.key).append("=");
        append_value(line, pair.value);
    }
    line += '\n';
    [[maybe_unused]] auto const written = ::write(STDERR_FILENO, line.data(), line.size());
}

} // namespace sangu::log
