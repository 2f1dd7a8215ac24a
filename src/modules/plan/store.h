#pragma once

// The SQL that the generic store cannot say. Every query behind a page is bounded and follows an index.

#include "base/text_pool.h"
#include "modules/plan/entities.h"
#include "modules/plan/plan.h"
#include "modules/plan/report_entities.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::plan {

inline constexpr int tasks_max = 2000; // of one plan

// What a list shows of a task. The texts are those of the TaskLines it belongs to.
struct TaskLine {
    std::string_view id, code, section, title_zh, title_en, places, lead_unit, scope;
    std::optional<Date> due;
    TaskState state = TaskState::drafted;
    std::int64_t percent = 0;
    bool soft = false;
};

// The tasks of a plan as its lists show them; a contiguous range.
class TaskLines {
public:
    TaskLine const* data() const { return lines_.data(); }
    std::size_t size() const { return lines_.size(); }
    bool empty() const { return lines_.empty(); }
    TaskLine const* begin() const { return data(); }
    TaskLine const* end() const { return data() + size(); }

private:
    friend TaskLines lines_of(db::Session& session, std::string_view plan);
    void add(db::Row const& row);

    TextPool texts_;
    std::vector<TaskLine> lines_;
};

std::vector<Plan> plans(db::Session& session); // oldest first, at most 200
std::optional<Plan> plan_named(db::Session& session, std::string_view code);
// The newest plan that has tasks; "" without any.
std::string plan_with_tasks(db::Session& session);
std::vector<Section> sections_of(db::Session& session, std::string_view plan); // in order, at most 500
std::int64_t open_milestones_of(db::Session& session, std::string_view plan);
TaskLines lines_of(db::Session& session, std::string_view plan); // in order, at most tasks_max
// By code ("T2.1.6") or id.
std::optional<Task> task_named(db::Session& session, std::string_view code_or_id);

// The places' paths and, as "org/<id>", the units of a task: the scopes in which somebody may work on it.
std::vector<std::string> working_scopes(db::Session& session, std::string_view task);
// The tasks that an actor with roles in these scopes works on, those with the nearest due date first.
std::vector<Task> tasks_in(db::Session& session, std::vector<std::string> const& scopes, int limit);

std::vector<SupervisionNotice> open_notices(db::Session& session, int limit); // nearest due first
std::vector<NoticePause> pauses_of(db::Session& session, std::vector<std::string> const& notices);
// The days of a term on a day; `otherwise` when no row has come into force.
struct TermDays {
    std::int64_t days = 0;
    bool confirmed = false;
};
TermDays term_on(db::Session& session, TermKind kind, Date day, std::int64_t otherwise);

std::vector<Report> reports_of(db::Session& session, std::string_view plan); // at most 1,000
std::vector<ReportFigure> figures_of(db::Session& session, Id<Report> const& report);
std::vector<ReportTask> tasks_of(db::Session& session, Id<Report> const& report);
std::vector<Restatement> restatements_of(db::Session& session, Id<Report> const& report); // oldest first, at most 1,000

} // namespace sangu::plan
