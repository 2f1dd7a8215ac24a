#pragma once

// Fresh databases for tests, and the means to run one test on both kinds:
//
//   class Orders : public sangu::test::OnBothDatabases {};
//   TEST_P(Orders, ...) { database().write(...); }
//   SANGU_ON_BOTH_DATABASES(Orders);

#include "kernel/db/db.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

namespace sangu::test {

// A new directory that is removed with everything in it.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(TemporaryDirectory const&) = delete;
    TemporaryDirectory& operator=(TemporaryDirectory const&) = delete;

    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

// An empty SQLite database in a directory of its own, which vanishes with it.
std::unique_ptr<db::Database> sqlite_database(db::Options options = {});
// An empty PostgreSQL database in a server that this process starts once (or in the one named by
// SANGU_TEST_POSTGRES=postgres://…), dropped with the object.
std::unique_ptr<db::Database> postgres_database(db::Options options = {});
// False when no PostgreSQL can be started here.
bool has_postgres();
// `kind` is "sqlite" or "postgres".
std::unique_ptr<db::Database> database_of(std::string const& kind, db::Options options = {});

class OnBothDatabases : public ::testing::TestWithParam<char const*> {
protected:
    void SetUp() override;
    bool is_postgres() const { return std::string_view{GetParam()} == "postgres"; }
    // Opened at the first call.
    db::Database& database();

private:
    std::unique_ptr<db::Database> database_;
};

} // namespace sangu::test

#define SANGU_ON_BOTH_DATABASES(Fixture)                                                                               \
    INSTANTIATE_TEST_SUITE_P(databases, Fixture, ::testing::Values("sqlite", "postgres"),                              \
                             [](auto const& parameter) { return std::string{parameter.param}; })
