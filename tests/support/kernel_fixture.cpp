#include "support/kernel_fixture.h"

#include "kernel/host.h"

namespace sangu::test {

void OnBothKernels::SetUp() {
    OnBothDatabases::SetUp();
    if (IsSkipped()) return;
    settings_.key_file = (keys_.path() / "sangu.key").string();
    db::migrate(database(), migrations_of({}));
    services_.emplace(database(), clock_, permissions_, settings_, std::span<Module const>{});
}

} // namespace sangu::test
