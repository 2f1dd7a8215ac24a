#include "base/embedded.h"
#include "base/log.h"
#include "modules/plan/entities.h"
#include "modules/plan/resources.h"

#include <stdexcept>

namespace sangu::embedded {
std::span<EmbeddedFile const> plan_data();
}

namespace sangu::plan {

namespace {

struct DataFile {
    std::string_view name, resource, count;
};

constexpr DataFile files[] = {
    {"plan-2017-2019/plans.csv", "plans", "select count(*) from plan_plan"},
    {"plan-2017-2019/sections.csv", "sections", "select count(*) from plan_section"},
    {"plan-2017-2019/tasks.csv", "tasks", "select count(*) from plan_task"},
    {"plan-2017-2019/task_indicators.csv", "task-indicators", "select count(*) from plan_task_indicator"},
    {"plan-2017-2019/milestones.csv", "milestones", "select count(*) from plan_milestone"},
};

[[noreturn]] void refused(std::string_view name, Problems const& problems, std::string_view key) {
    std::string text = std::string{name} + " was refused: " + std::string{key};
    if (!problems.empty())
        text += " " + problems[0].key + " in line " + std::to_string(problems[0].line) + " (" + problems[0].field + ")";
    throw std::runtime_error{text};
}

void import_one(Context& context, DataFile const& wanted) {
    if (context.reader().integer(wanted.count).value_or(0) > 0) return;
    for (EmbeddedFile const& file : embedded::plan_data()) {
        if (file.name != wanted.name) continue;
        auto const reader = tables::open_text(std::string{file.data});
        if (!reader) refused(file.name, reader.error().problems, reader.error().key);
        auto const report =
            resource::import_rows(context, resource_named(wanted.resource), **reader, resource::ImportMode::store);
        if (!report) refused(file.name, report.error().problems, report.error().key);
        if (!report->stored) refused(file.name, report->problems, "");
        log::info("plan.imported", {{"file", std::string{file.name}}, {"rows", std::to_string(report->rows)}});
        context.refresh();
    }
}

// Ten working days for an answer and ten days of warning before a report is due are defaults no rule confirms.
void seed_terms(Services& services) {
    services.database.write([](db::Transaction& transaction) {
        for (TermKind const kind : {TermKind::supervision_answer, TermKind::report_reminder})
            transaction.execute(
                "insert into plan_term (id, kind, days, valid_from, confirmed, source, version) "
                "values (?, ?, 10, '2017-04-06', false, '', 1) on conflict (kind, valid_from) do nothing",
                {new_id(), std::string{name_of(kind)}});
    });
}

} // namespace

void seed(Services& services) {
    Context context{services, auth::system_actor(), i18n::Language::zh_hans};
    for (DataFile const& file : files) import_one(context, file);
    seed_terms(services);
}

} // namespace sangu::plan
