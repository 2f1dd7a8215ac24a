#include "kernel/audit/audit.h"
#include "kernel/backup/backup.h"
#include "kernel/backup/contents.h"
#include "kernel/db/restore.h"
#include "kernel/files/files.h"
#include "kernel/hash/sha256.h"

#include <algorithm>
#include <filesystem>

namespace sangu::backup {

namespace {

Check compare(std::string_view key, std::string expected, std::string found) {
    bool const same = expected == found;
    return {std::string{key}, same, std::move(expected), std::move(found)};
}

// Every table whose rows differ: "kernel_audit 12" on each side.
Check compare_rows(std::map<std::string, std::int64_t> const& expected,
                   std::map<std::string, std::int64_t> const& found) {
    Check check{.key = "backup.check.rows", .passed = expected == found};
    auto const note_missing = [](auto const& these, auto const& those, std::string& text) {
        for (auto const& [table, count] : these)
            if (auto const other = those.find(table); other == those.end() || other->second != count)
                text += (text.empty() ? "" : ", ") + table + " " + std::to_string(count);
    };
    note_missing(expected, found, check.expected);
    note_missing(found, expected, check.found);
    return check;
}

void check_copy(Report& report, std::string const& url) {
    auto const database = db::open({.url = url});
    auto const reader = database->read();
    report.checks.push_back(compare_rows(report.manifest.rows, contents_of(*reader).rows));
    auto const verdict = audit::verify(*reader);
    report.checks.push_back(
        {"backup.check.audit", verdict.whole, std::to_string(report.manifest.audit_records),
         verdict.whole ? std::to_string(verdict.pruned + verdict.records) : std::to_string(verdict.first_bad)});
    report.checks.push_back(compare("backup.check.audit_end", report.manifest.audit_hash, verdict.last_hash));
    auto const damaged = files::damaged(*reader);
    report.checks.push_back({"backup.check.attachments", damaged.empty(), "0", std::to_string(damaged.size())});
}

} // namespace

bool Report::passed() const { return !checks.empty() && std::ranges::all_of(checks, &Check::passed); }

Result<Report> verify_restore(std::string const& directory, std::string const& side, Instant now) {
    Report report { .at = now, .directory = directory, .manifest = TRY(read_manifest(directory)) };
    std::string const file = directory + "/" + report.manifest.file;
    bool const to_server = side.starts_with("postgres:") || side.starts_with("postgresql:");
    if (to_server != (report.manifest.database == "postgres"))
        return refuse(Refusal::invalid, "error.backup.other_database");
    report.restored_to = to_server ? side : "sqlite:" + side + "/sangu.db";
    if (!to_server && std::filesystem::exists(side + "/sangu.db"))
        return refuse(Refusal::conflict, "error.backup.exists", {side});
    if (!std::filesystem::exists(file)) return refuse(Refusal::invalid, "error.backup.manifest", {directory});

    report.checks.push_back(compare("backup.check.file", report.manifest.sha256, hash::sha256_of_file(file)));
    if (!report.passed()) return report; // a changed file is not played in
    try {
        db::restore_copy(file, report.restored_to);
        check_copy(report, report.restored_to);
    } catch (db::Fault const& fault) {
        report.checks.push_back({"backup.check.restored", false, "", fault.what()});
    }
    return report;
}

} // namespace sangu::backup
