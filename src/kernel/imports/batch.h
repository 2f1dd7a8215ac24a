#pragma once

// One batch of a run inside the writer; used by run.cpp only.

#include "kernel/imports/steps.h"

namespace sangu::imports::detail {

struct BatchCount {
    std::int64_t created = 0, changed = 0, unchanged = 0, left_out = 0;
};

// Stores the rows with their journal. Refused: rows are wrong that may not be left out; the batch must be undone.
Result<BatchCount> store_batch(Work& work, Rows& rows, Change& change, std::vector<Item>& items, bool leaves_out);

} // namespace sangu::imports::detail
