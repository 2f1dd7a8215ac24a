#pragma once

// A PostgreSQL server for this test process: started at the first need in a temporary directory, reachable
// through a Unix socket only, stopped and removed at exit. SANGU_TEST_POSTGRES=postgres://… names another one.

#include <string>

namespace sangu::test {

// A database with a name of its own, dropped in the destructor.
class FreshPostgresDatabase {
public:
    FreshPostgresDatabase();
    ~FreshPostgresDatabase();
    FreshPostgresDatabase(FreshPostgresDatabase const&) = delete;
    FreshPostgresDatabase& operator=(FreshPostgresDatabase const&) = delete;

    std::string const& url() const { return url_; }

private:
    std::string name_, url_;
};

} // namespace sangu::test
