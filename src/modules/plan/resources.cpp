#include "modules/plan/resources.h"

#include "modules/plan/checks.h"

#include <algorithm>

namespace sangu::plan {

std::vector<resource::Resource> const& resources() {
    static std::vector<resource::Resource> const all{{.meta = &Plan::meta,
                                                      .path = "plans",
                                                      .read = "plan.task.read",
                                                      .write = "plan.definition.edit",
                                                      .import_permission = "plan.import",
                                                      .before_write = &before_plan,
                                                      .import_key = "code",
                                                      .default_sort = "year_from",
                                                      .page = "/plans",
                                                      .own_list = true},
                                                     {.meta = &Section::meta,
                                                      .path = "sections",
                                                      .read = "plan.task.read",
                                                      .write = "plan.definition.edit",
                                                      .import_permission = "plan.import",
                                                      .before_write = &before_section,
                                                      .import_key = "code",
                                                      .default_sort = "position"},
                                                     {.meta = &Task::meta,
                                                      .path = "tasks",
                                                      .read = "plan.task.read",
                                                      .write = "plan.task.edit",
                                                      .import_permission = "plan.import",
                                                      .scope_of = &scope_of_task,
                                                      .before_write = &before_task,
                                                      .after_write = &after_task,
                                                      .import_key = "code",
                                                      .default_sort = "position",
                                                      .page = "/tasks",
                                                      .own_list = true},
                                                     {.meta = &TaskIndicator::meta,
                                                      .path = "task-indicators",
                                                      .read = "plan.task.read",
                                                      .write = "plan.definition.edit",
                                                      .import_permission = "plan.import",
                                                      .before_write = &before_task_indicator,
                                                      .import_key = "code",
                                                      .default_sort = "code"},
                                                     {.meta = &Milestone::meta,
                                                      .path = "milestones",
                                                      .read = "plan.task.read",
                                                      .write = "plan.definition.edit",
                                                      .import_permission = "plan.import",
                                                      .before_write = &before_milestone,
                                                      .import_key = "code",
                                                      .default_sort = "code"},
                                                     {.meta = &SupervisionNotice::meta,
                                                      .path = "supervision-notices",
                                                      .read = "plan.task.internal",
                                                      .scope_of = &scope_of_notice,
                                                      .scope_column = "scope",
                                                      .default_sort = "due"},
                                                     {.meta = &Term::meta,
                                                      .path = "terms",
                                                      .read = "plan.task.internal",
                                                      .write = "plan.definition.edit",
                                                      .default_sort = "-valid_from"},
                                                     {.meta = &Report::meta,
                                                      .path = "reports",
                                                      .read = "plan.task.internal",
                                                      .scope_of = &scope_of_report,
                                                      .scope_column = "scope",
                                                      .default_sort = "due",
                                                      .page = "/reports",
                                                      .own_list = true},
                                                     {.meta = &Restatement::meta,
                                                      .path = "restatements",
                                                      .read = "plan.task.internal",
                                                      .scope_of = &scope_of_restatement,
                                                      .scope_column = "scope",
                                                      .default_sort = "-asked_on"}};
    return all;
}

resource::Resource const& resource_named(std::string_view path) {
    auto const found = std::ranges::find(resources(), path, &resource::Resource::path);
    SANGU_ASSERT(found != resources().end());
    return *found;
}

std::vector<resource::Published> published_lists(Services const&) {
    return {{.resource = resource_named("tasks"), .type = Task::meta.name, .key = "code"}};
}

} // namespace sangu::plan
