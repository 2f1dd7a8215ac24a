#include "kernel/http/temporary_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

using namespace sangu::http;

std::string content_of(std::string const& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(TemporaryFile, AReplyStreamsItAndRemovesItAtItsEnd) {
    std::string const content(150'000, 'x');
    auto file = std::make_shared<TemporaryFile const>(content);
    std::string const path = file->path();
    auto const permissions = std::filesystem::status(path).permissions() & std::filesystem::perms::mask;
    EXPECT_EQ(permissions, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    {
        BodySource const source = body_of(std::move(file));
        std::string all, chunk;
        while (source(chunk)) all += chunk;
        EXPECT_EQ(all, content);
        EXPECT_TRUE(std::filesystem::exists(path));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TemporaryFile, AnUploadInMemoryBecomesAFileAndASpooledOneIsUsedWhereItLies) {
    Upload small;
    small.data = "code,name\nP01,长沙\n";
    std::string path;
    {
        UploadedFile const file{small};
        path = file.path();
        EXPECT_EQ(content_of(path), small.data);
    }
    EXPECT_FALSE(std::filesystem::exists(path));

    TemporaryFile const spooled{"large"};
    Upload large;
    large.path = spooled.path();
    EXPECT_EQ(UploadedFile{large}.path(), spooled.path());
    EXPECT_EQ(content_of(spooled.path()), "large");
}

} // namespace
