#pragma once

// The whole application in one process without a socket, on a fresh database, with a clock that stands still:
//
//   TestApp app{{plan_module()}};
//   auto officer = app.as(app.account("wang", {{"zone_officer", {"zone"}}}));
//   EXPECT_EQ(officer.get("/tasks").status, 200);

#include "support/browser.h"
#include "support/database.h"
#include "support/kernel_fixture.h"
#include "support/postgres_server.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::test {

class TestApp {
public:
    // `kind` of database: "sqlite" or "postgres". The clock starts at test_start.
    explicit TestApp(std::vector<Module> modules, std::string_view kind = "sqlite", config::Settings settings = {});

    Host& host() { return *host_; }
    Services& services() { return host_->services(); }
    db::Database& database() { return services().database; }
    SetClock& clock() { return clock_; }
    // Runs `work` as one write command.
    void write(FunctionRef<void(db::Transaction&)> work) { database().write(work); }

    // A new account with roles; gives its id.
    std::string account(std::string_view login, std::vector<auth::RoleGrant> roles = {}, std::string_view name = {});
    // A browser signed in to the account, second factor passed.
    Browser as(std::string_view account_id);
    Browser visitor() { return Browser{*host_}; }
    // What the account may do, for calling use cases without the web.
    Context context(std::string_view account_id);

    // How many queries snapshots run during `work`: what its pages cost the database.
    std::uint64_t queries_during(FunctionRef<void()> work);

    // Of one visitor kept by the application, who is not signed in.
    Answer get(std::string_view target) { return visitor_->get(target); }
    Answer post(std::string_view target, http::Pairs form = {}) { return visitor_->post(target, std::move(form)); }
    Answer json(http::Method method, std::string_view target, std::string body = {}) {
        return visitor_->json(method, target, std::move(body));
    }

private:
    SetClock clock_{test_start};
    std::optional<TemporaryDirectory> directory_;
    std::optional<FreshPostgresDatabase> postgres_;
    std::unique_ptr<Host> host_;
    std::optional<Browser> visitor_;
};

} // namespace sangu::test
