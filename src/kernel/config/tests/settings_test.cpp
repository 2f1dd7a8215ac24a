#include "kernel/config/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace sangu::config {

namespace {

class TemporaryFile {
public:
    explicit TemporaryFile(std::string const& text) {
        path_ = (std::filesystem::temp_directory_path() / ("sangu-settings-" + std::to_string(::getpid()))).string();
        std::ofstream{path_} << text;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    std::string const& path() const { return path_; }

private:
    std::string path_;
};

} // namespace

TEST(Settings, flags_win_over_environment_over_file_over_built_in) {
    TemporaryFile const file{"port = 1001\nworkers = 11\nlog_level = \"debug\"\n"};
    ::setenv("SANGU_PORT", "1002", 1);
    ::setenv("SANGU_WORKERS", "12", 1);
    auto const loaded = load(file.path(), {{"port", "1003"}});
    ::unsetenv("SANGU_PORT");
    ::unsetenv("SANGU_WORKERS");
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->settings.port, 1003);
    EXPECT_EQ(loaded->settings.workers, 12);
    EXPECT_EQ(loaded->settings.log_level, "debug");
    EXPECT_EQ(loaded->settings.listen, "127.0.0.1");
    EXPECT_EQ(loaded->sources.find("port")->second, Source::flag);
    EXPECT_EQ(loaded->sources.find("workers")->second, Source::environment);
    EXPECT_FALSE(loaded->sources.contains("listen"));
}

TEST(Settings, everything_wrong_is_reported_at_once_with_its_place) {
    TemporaryFile const file{"port = 70000\nprot = 1\nworkers = [1]\n"};
    auto const loaded = load(file.path(), {});
    ASSERT_FALSE(loaded);
    auto const& problems = loaded.error().problems;
    ASSERT_EQ(problems.size(), 3u);
    auto const of = [&](std::string_view field) { return *std::ranges::find(problems, field, &Problem::field); };
    EXPECT_EQ(of("port").key, "error.too_large");
    EXPECT_EQ(of("prot").key, "error.unknown_option");
    EXPECT_EQ(of("prot").line, 2);
    EXPECT_EQ(of("workers").key, "error.config.kind");
}

TEST(Settings, a_secret_is_read_from_a_file_and_never_shown) {
    TemporaryFile const secret{"s3cret\n"};
    ::setenv("SANGU_OIDC_CLIENT_SECRET_FILE", secret.path().c_str(), 1);
    auto const loaded = load("", {});
    ::unsetenv("SANGU_OIDC_CLIENT_SECRET_FILE");
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->settings.oidc_client_secret, "s3cret");
    EXPECT_EQ(value_text(loaded->settings, "oidc_client_secret"), "***");
}

TEST(Settings, the_audit_log_is_kept_six_months_at_least) {
    EXPECT_FALSE(load("", {{"audit_keep_months", "3"}}));
    EXPECT_TRUE(load("", {{"audit_keep_months", "6"}}));
}

} // namespace sangu::config
