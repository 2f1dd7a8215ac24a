#include "modules/plan/rules.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::plan {

namespace {

// The bytes of the separator that `text` begins with; 0 when it begins with none.
std::size_t separator_size(std::string_view text) {
    constexpr std::string_view wide_semicolon = "；", list_comma = "、";
    char const first = text.front();
    if (first == ';' || first == '\n' || first == '\r') return 1;
    if (first == wide_semicolon.front() && text.starts_with(wide_semicolon)) return wide_semicolon.size();
    if (first == list_comma.front() && text.starts_with(list_comma)) return list_comma.size();
    return 0;
}

} // namespace

void each_part(std::string_view list, FunctionRef<void(std::string_view part)> part) {
    std::size_t start = 0;
    auto const end_part = [&](std::size_t end) {
        if (auto const text = trim(list.substr(start, end - start)); !text.empty()) part(text);
    };
    for (std::size_t at = 0; at < list.size();) {
        std::size_t const separator = separator_size(list.substr(at));
        if (separator > 0) {
            end_part(at);
            start = at + separator;
        }
        at += std::max<std::size_t>(separator, 1);
    }
    end_part(list.size());
}

std::vector<std::string> parts_of(std::string_view list) {
    std::vector<std::string> parts;
    each_part(list, [&](std::string_view part) { parts.emplace_back(part); });
    return parts;
}

std::vector<Quota> quotas_of(std::string_view quota) {
    std::vector<Quota> result;
    for (std::string const& part : parts_of(quota)) {
        std::size_t const at = part.find('=');
        if (at != std::string::npos) result.push_back({part.substr(0, at), part.substr(at + 1)});
    }
    return result;
}

std::string common_scope(std::span<std::string const> paths) {
    if (paths.empty()) return "zone";
    std::string common = paths.front();
    for (std::string const& path : paths)
        while (!auth::Scope{common}.covers(path)) {
            std::size_t const slash = common.rfind('/');
            if (slash == std::string::npos) return "zone";
            common.resize(slash);
        }
    return common;
}

std::optional<ReportPeriod> report_period(std::string_view name) {
    if (name.size() != 4 && (name.size() != 6 || name.substr(4) != "H1")) return {};
    auto const year = parse_integer(name.substr(0, 4));
    if (!year || *year < 1949 || *year > 2100) return {};
    int const y = static_cast<int>(*year);
    bool const half = name.size() == 6;
    return ReportPeriod{.kind = half ? ReportKind::half_year : ReportKind::annual,
                        .name = std::string{name},
                        .start = *make_date(y, 1, 1),
                        .end = half ? *make_date(y, 6, 30) : *make_date(y, 12, 31),
                        .due = half ? *make_date(y, 7, 15) : *make_date(y + 1, 1, 15)};
}

std::vector<ReportPeriod> report_periods(std::int64_t year_from, std::int64_t year_to) {
    std::vector<ReportPeriod> periods;
    for (std::int64_t year = year_from; year <= year_to && year - year_from < 20; ++year)
        for (std::string_view const half : {"H1", ""})
            if (auto const period = report_period(std::to_string(year) + std::string{half})) periods.push_back(*period);
    return periods;
}

bool is_late(Report const& report, Date today) { return report.submitted_on.value_or(today) > report.due; }

bool is_overdue(TaskState state, std::optional<Date> due, Date today) {
    using enum TaskState;
    return due && *due < today && state != verified && state != closed && state != suspended;
}

std::string title_of(i18n::Language language, std::string_view zh, std::string_view en) {
    if (language == i18n::Language::en && !en.empty()) return std::string{en};
    return language == i18n::Language::zh_hant ? i18n::to_traditional(zh) : std::string{zh};
}

} // namespace sangu::plan
