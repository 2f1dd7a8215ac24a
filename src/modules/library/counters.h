#pragma once

// Public figures about each library, with their definitions (message "library.counter.<name>.what"). Renewed by the
// clock, because counting a million entries is nothing to do behind a page.

#include "kernel/context.h"

#include <map>
#include <string>

namespace sangu::library {

struct Counters {
    std::int64_t live = 0;      // published now
    std::int64_t confirmed = 0; // of these, confirmed in this calendar month
    std::int64_t due = 0;       // interests of twelve months whose days for an answer are over
    std::int64_t answered = 0;  // of these, answered in time
    std::int64_t results = 0;   // ended in a result within twelve months
    Instant as_of;
};
std::map<std::string, Counters, std::less<>> counters(db::Session& session); // by kind
Result<void> renew_counters(Context& context);

} // namespace sangu::library
