#include "kernel/module.h"

namespace sangu {
#define SANGU_MODULE(name) Module name##_module();
#include "app/modules.def"
#undef SANGU_MODULE
} // namespace sangu

int main() {
    std::vector<sangu::Module> modules;
#define SANGU_MODULE(name) modules.push_back(sangu::name##_module());
#include "app/modules.def"
#undef SANGU_MODULE
    return sangu::in_order(std::move(modules)).empty() ? 0 : 1;
}
