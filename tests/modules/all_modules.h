#pragma once

// Every module of the program, in dependency order, for tests that look at the whole house.

#include "kernel/module.h"

#include <vector>

namespace sangu {
#define SANGU_MODULE(name) Module name##_module();
#include "app/modules.def"
#undef SANGU_MODULE
} // namespace sangu

namespace sangu::test {

inline std::vector<Module> all_modules() {
    std::vector<Module> all;
#define SANGU_MODULE(name) all.push_back(name##_module());
#include "app/modules.def"
#undef SANGU_MODULE
    return in_order(std::move(all));
}

} // namespace sangu::test
