#pragma once

// One line per event on standard error, logfmt: time level event key=value … No personal data.

#include <initializer_list>
#include <string>
#include <string_view>

namespace sangu::log {

struct Pair {
    std::string_view key;
    std::string value;
};

enum class Level { debug, info, warning, error };

void set_level(Level level);
void write(Level level, std::string_view event, std::initializer_list<Pair> pairs);

inline void debug(std::string_view event, std::initializer_list<Pair> pairs = {}) { write(Level::debug, event, pairs); }
inline void info(std::string_view event, std::initializer_list<Pair> pairs = {}) { write(Level::info, event, pairs); }
inline void warning(std::string_view event, std::initializer_list<Pair> pairs = {}) {
    write(Level::warning, event, pairs);
}
inline void error(std::string_view event, std::initializer_list<Pair> pairs = {}) { write(Level::error, event, pairs); }

} // namespace sangu::log
