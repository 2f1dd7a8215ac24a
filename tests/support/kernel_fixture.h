#pragma once

// A migrated, empty database of each kind with the services a use case needs, but no web.

#include "kernel/config/settings.h"
#include "kernel/context.h"
#include "support/database.h"

#include <optional>

namespace sangu::test {

// Monday 23 November 2026, ten in the morning in Changsha.
inline constexpr Instant test_start{1'795'399'200'000};

class OnBothKernels : public OnBothDatabases {
protected:
    void SetUp() override;
    Services& services() { return *services_; }
    Context context(auth::Actor actor = auth::system_actor()) {
        return {services(), std::move(actor), i18n::Language::zh_hans};
    }
    // One write command that must succeed.
    void write(FunctionRef<void(db::Transaction&)> command) { database().write(command); }

    SetClock clock_{test_start};
    auth::PermissionTable permissions_;
    config::Settings settings_;

private:
    TemporaryDirectory keys_;
    std::optional<Services> services_;
};

} // namespace sangu::test
