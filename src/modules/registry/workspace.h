#pragma once

// What needs the attention of an organisation's members.

#include "kernel/context.h"
#include "modules/registry/entities.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::registry {

struct Attention {
    std::string_view text; // message key
    std::string path;      // where to do something about it
};
std::vector<Attention> attention_of(Context const& context, Organisation const& organisation);

} // namespace sangu::registry
