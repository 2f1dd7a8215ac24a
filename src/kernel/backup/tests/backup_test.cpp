#include "kernel/audit/audit.h"
#include "kernel/backup/backup.h"
#include "kernel/files/files.h"
#include "support/kernel_fixture.h"
#include "support/postgres_server.h"

#include <fstream>
#include <thread>

namespace sangu::backup {
namespace {

class Backups : public test::OnBothKernels {
protected:
    void SetUp() override {
        test::OnBothKernels::SetUp();
        if (IsSkipped()) return;
        i18n::load_catalogues();
        for (int i = 0; i < 20; ++i) record();
        http::Upload upload;
        upload.file_name = "a.txt";
        upload.data = "佐证材料";
        write([&](db::Transaction& transaction) {
            ASSERT_TRUE(files::attach(transaction, auth::system_actor(), clock_.now(), upload, "plan.report", "r1",
                                      "plan.read", "zone"));
        });
        if (is_postgres()) side_server_.emplace();
    }
    void record() {
        write([&](db::Transaction& transaction) {
            audit::append(transaction, auth::system_actor(), clock_.now(), "", "", {.action = "test.act"});
        });
    }
    std::string place() const { return (directory_.path() / "backup").string(); }
    std::string side() const { return side_server_ ? side_server_->url() : (directory_.path() / "side").string(); }
    Report verified() { return verify_restore(place(), side(), clock_.now()).value(); }
    static std::vector<std::string> failed(Report const& report) {
        std::vector<std::string> keys;
        for (Check const& check : report.checks)
            if (!check.passed) keys.push_back(check.key);
        return keys;
    }

    test::TemporaryDirectory directory_;
    std::optional<test::FreshPostgresDatabase> side_server_;
};
SANGU_ON_BOTH_DATABASES(Backups);

TEST_P(Backups, AreWholeWhenPlayedIntoASideCopy) {
    auto const manifest = create(database(), place(), clock_.now()).value();
    EXPECT_EQ(manifest.audit_records, 20);
    EXPECT_EQ(manifest.rows.at("kernel_attachment"), 1);
    auto const report = verified();
    EXPECT_EQ(failed(report), std::vector<std::string>{});
    EXPECT_TRUE(report.passed());
    auto const text = to_text(report, i18n::Language::en);
    EXPECT_NE(text.find("23 Nov 2026"), std::string::npos);
    EXPECT_NE(text.find("can be restored"), std::string::npos);
    EXPECT_NE(to_json(report).find(R"("passed":true)"), std::string::npos);
}

TEST_P(Backups, AreConsistentWhileOthersWrite) {
    std::atomic<bool> stop{false};
    std::thread writer{[&] {
        while (!stop) record();
    }};
    auto const manifest = create(database(), place(), clock_.now());
    stop = true;
    writer.join();
    ASSERT_TRUE(manifest);
    EXPECT_EQ(failed(verified()), std::vector<std::string>{});
}

TEST_P(Backups, ADamagedFileIsFoundAndNotPlayedIn) {
    auto const manifest = create(database(), place(), clock_.now()).value();
    std::ofstream{place() + "/" + manifest.file, std::ios::app | std::ios::binary} << "x";
    EXPECT_EQ(failed(verified()), std::vector<std::string>{"backup.check.file"});
}

TEST_P(Backups, ABrokenAuditChainAndAChangedAttachmentAreFound) {
    write([](db::Transaction& transaction) {
        transaction.execute("update kernel_audit set action = 'other' where sequence = 7");
        transaction.execute("update kernel_blob set data = ?", {Bytes{"other"}});
    });
    ASSERT_TRUE(create(database(), place(), clock_.now()));
    EXPECT_EQ(failed(verified()),
              (std::vector<std::string>{"backup.check.audit", "backup.check.audit_end", "backup.check.attachments"}));
}

TEST_P(Backups, AFolderHoldsOneBackup) {
    ASSERT_TRUE(create(database(), place(), clock_.now()));
    EXPECT_EQ(create(database(), place(), clock_.now()).error().key, "error.backup.exists");
}

TEST_P(Backups, AnEmptyFolderOrTheWrongTargetIsRefused) {
    EXPECT_EQ(verify_restore(directory_.path(), side(), clock_.now()).error().key, "error.backup.manifest");
    ASSERT_TRUE(create(database(), place(), clock_.now()));
    std::string const wrong = is_postgres() ? (directory_.path() / "side").string() : "postgres://localhost/side";
    EXPECT_EQ(verify_restore(place(), wrong, clock_.now()).error().key, "error.backup.other_database");
}

} // namespace
} // namespace sangu::backup
