#include "kernel/backup/backup.h"
#include "kernel/json/json.h"

namespace sangu::backup {

namespace {

// The password in a URL is nobody's business in a report.
std::string without_password(std::string const& url) {
    auto const at = url.find('@');
    auto const start = url.find("//");
    if (at == std::string::npos || start == std::string::npos) return url;
    auto const colon = url.find(':', start + 2);
    return colon < at ? url.substr(0, colon) + url.substr(at) : url;
}

} // namespace

std::string to_json(Report const& report) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("at", to_text(report.at))
        .member("passed", report.passed())
        .member("directory", report.directory)
        .member("restored_to", without_password(report.restored_to))
        .key("manifest")
        .raw(to_json(report.manifest))
        .key("checks")
        .begin_array();
    for (Check const& check : report.checks)
        writer.begin_object()
            .member("check", check.key)
            .member("passed", check.passed)
            .member("expected", check.expected)
            .member("found", check.found)
            .end_object();
    writer.end_array().end_object();
    return out;
}

std::string to_text(Report const& report, i18n::Language language) {
    auto const line = [&](std::string_view key, std::vector<std::string> const& arguments) {
        return i18n::message(language, key, arguments) + "\n";
    };
    std::string text = line("backup.report.title", {i18n::format_time(language, report.at)});
    text += line("backup.report.source",
                 {report.directory, i18n::format_time(language, report.manifest.taken_at), report.manifest.version});
    text += line("backup.report.target", {without_password(report.restored_to)});
    for (Check const& check : report.checks) {
        std::string const name{i18n::message(language, check.key)};
        text += check.passed ? line("backup.report.good", {name})
                             : line("backup.report.bad", {name, check.expected, check.found});
    }
    return text + line(report.passed() ? "backup.report.passed" : "backup.report.failed", {});
}

} // namespace sangu::backup
