#include "kernel/backup/move.h"
#include "kernel/json/json.h"

namespace sangu::backup {

namespace {

void write_fingerprint(json::Writer& writer, std::string_view key, Fingerprint const& fingerprint) {
    writer.key(key).begin_object().member("rows", fingerprint.rows).member("sha256", fingerprint.sha256).end_object();
}

} // namespace

std::string to_json(MoveReport const& report) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("at", to_text(report.at))
        .member("passed", report.passed())
        .member("orphans", report.orphans)
        .member("audit_whole", report.audit.whole)
        .member("audit_records", report.audit.records)
        .key("tables")
        .begin_array();
    for (MovedTable const& table : report.tables) {
        writer.begin_object().member("table", table.name).member("same", table.source == table.target);
        write_fingerprint(writer, "source", table.source);
        write_fingerprint(writer, "target", table.target);
        writer.end_object();
    }
    writer.end_array().end_object();
    return out;
}

std::string to_text(MoveReport const& report, i18n::Language language) {
    auto const line = [&](std::string_view key, std::vector<std::string> const& arguments) {
        return i18n::message(language, key, arguments) + "\n";
    };
    auto const shown = [](Fingerprint const& one) { return std::to_string(one.rows) + " " + one.sha256.substr(0, 16); };
    std::string text = line("move.report.title", {i18n::format_time(language, report.at)});
    for (MovedTable const& table : report.tables)
        text += table.source == table.target
                    ? line("move.report.good", {table.name, shown(table.target)})
                    : line("move.report.bad", {table.name, shown(table.source), shown(table.target)});
    if (report.orphans) text += line("move.report.orphans", {std::to_string(report.orphans)});
    text += report.audit.whole ? line("move.report.audit_good", {std::to_string(report.audit.records)})
                               : line("move.report.audit_bad", {std::to_string(report.audit.first_bad)});
    return text + line(report.passed() ? "move.report.passed" : "move.report.failed", {});
}

} // namespace sangu::backup
