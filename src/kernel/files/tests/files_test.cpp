#include "kernel/files/files.h"
#include "support/kernel_fixture.h"

#include <fstream>

namespace sangu::files {
namespace {

class Files : public test::OnBothKernels {
protected:
    static http::Upload upload(std::string name, std::string data) {
        http::Upload one;
        one.file_name = std::move(name);
        one.size = data.size();
        one.data = std::move(data);
        return one;
    }
    Result<Attachment> attach_to(std::string_view owner, http::Upload const& file, Limits limits = {}) {
        return db::transact<Attachment>(database(), [&](db::Transaction& transaction) {
            return attach(transaction, auth::system_actor(), clock_.now(), file, "plan.report", owner, "plan.read",
                          "zone", limits);
        });
    }
    std::string content_of(std::string const& sha256) {
        auto const source = open(database(), sha256);
        std::string all, chunk;
        while (source(chunk)) all += chunk;
        return all;
    }
    std::int64_t blobs() { return database().read()->integer("select count(*) from kernel_blob").value(); }
    static std::string pdf(std::size_t size) {
        std::string data = "%PDF-1.7\n";
        for (std::size_t i = data.size(); i < size; ++i) data += static_cast<char>(i * 7 % 251);
        return data;
    }
};
SANGU_ON_BOTH_DATABASES(Files);

TEST_P(Files, ComeBackAsTheyWereSent) {
    std::string const data = pdf(700'000); // three pieces
    auto const one = attach_to("r1", upload("C:\\文件\\佐证材料.pdf", data)).value();
    EXPECT_EQ(one.name, "佐证材料.pdf");
    EXPECT_EQ(one.content_type, "application/pdf");
    EXPECT_EQ(one.size, 700'000);
    EXPECT_EQ(content_of(one.sha256), data);
    auto const reader = database().read();
    EXPECT_EQ(find(*reader, one.id)->sha256, one.sha256);
    EXPECT_EQ(find(*reader, one.id)->uploaded_at, clock_.now());
    EXPECT_EQ(list(*reader, "plan.report", "r1").size(), 1U);
    EXPECT_TRUE(list(*reader, "plan.report", "r2").empty());
    EXPECT_TRUE(damaged(*reader).empty());
}

TEST_P(Files, ASpooledUploadIsReadFromItsFile) {
    test::TemporaryDirectory const directory;
    http::Upload file = upload("a.pdf", "");
    file.path = directory.path() / "part";
    std::ofstream{file.path, std::ios::binary} << pdf(300'000);
    EXPECT_EQ(content_of(attach_to("r1", file).value().sha256), pdf(300'000));
}

TEST_P(Files, TheSameContentIsStoredOnceAndGoesWithItsLastOwner) {
    auto const one = attach_to("r1", upload("a.pdf", pdf(100))).value();
    auto const other = attach_to("r2", upload("b.pdf", pdf(100))).value();
    EXPECT_EQ(blobs(), 1);
    auto const drop = [&](std::string const& id) {
        return db::transact<void>(database(), [&](db::Transaction& transaction) { return remove(transaction, id); });
    };
    EXPECT_TRUE(drop(one.id));
    EXPECT_EQ(content_of(other.sha256), pdf(100));
    EXPECT_TRUE(drop(other.id));
    EXPECT_EQ(blobs(), 0);
    EXPECT_EQ(drop(other.id).error().refusal, Refusal::not_found);
}

TEST_P(Files, LimitsAndTypesAreKept) {
    EXPECT_EQ(attach_to("r1", upload("a.pdf", pdf(101)), {.bytes_max = 100}).error().refusal, Refusal::too_large);
    EXPECT_EQ(attach_to("r1", upload("a.html", "<html>")).error().key, "error.attachment.type");
    EXPECT_EQ(attach_to("r1", upload("a.txt", "")).error().key, "error.attachment.empty");
    ASSERT_TRUE(attach_to("r1", upload("a.pdf", pdf(50)), {.count_max = 1}));
    EXPECT_EQ(attach_to("r1", upload("b.pdf", pdf(60)), {.count_max = 1}).error().key, "error.attachment.count");
    EXPECT_EQ(blobs(), 1);
}

TEST_P(Files, AChangedContentIsFound) {
    auto const one = attach_to("r1", upload("a.pdf", pdf(100))).value();
    write([](db::Transaction& transaction) {
        transaction.execute("update kernel_blob set data = ?", {Bytes{"%PDF-other"}});
    });
    EXPECT_EQ(damaged(*database().read()), std::vector<std::string>{one.sha256});
}

} // namespace
} // namespace sangu::files
