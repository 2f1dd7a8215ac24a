#pragma once

// Cells of a table whose few values come again in many rows: the markup of each value is written once and then copied.

#include "kernel/html/out.h"

#include <string>
#include <utility>
#include <vector>

namespace sangu::html {

// `Value` decides all that `write` writes: whatever else it reads must be the same for every call.
template <class Value> class Repeated {
public:
    template <class Write> void put(Out& out, Value const& value, Write write) {
        for (auto const& [known, markup] : made_)
            if (known == value) return out.raw(markup);
        if (made_.size() == values_max) return write(out);
        Out once{512};
        write(once);
        out.raw(made_.emplace_back(value, once.view()).second);
    }

private:
    static constexpr std::size_t values_max = 32; // a longer search would cost more than writing
    std::vector<std::pair<Value, std::string>> made_;
};

} // namespace sangu::html
