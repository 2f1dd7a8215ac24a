#pragma once

// The use cases. Each checks the permission in the scope of what it touches: the place of a task, its units
// ("org/<id>").

#include "kernel/context.h"
#include "kernel/http/message.h"
#include "modules/plan/store.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::plan {

// Permissions
inline constexpr std::string_view read_permission = "plan.task.read";
inline constexpr std::string_view internal_permission = "plan.task.internal"; // comments, evidence
inline constexpr std::string_view edit_permission = "plan.task.edit";
inline constexpr std::string_view report_permission = "plan.task.report";
inline constexpr std::string_view verify_permission = "plan.task.verify";
inline constexpr std::string_view supervise_permission = "plan.supervise";
inline constexpr std::string_view submit_permission = "plan.report.submit";
inline constexpr std::string_view accept_permission = "plan.report.accept";
inline constexpr std::string_view publish_permission = "plan.report.publish";

// Owners of attachments
inline constexpr std::string_view progress_evidence = "plan.progress";
inline constexpr std::string_view report_evidence = "plan.report";

// The scope in which the actor has a permission on a task: that of the task, one of its places, one of its units;
// the task's own scope when there is none.
std::string acting_scope(Context& context, std::string_view permission, Task const& task);
bool may_on(Context& context, std::string_view permission, Task const& task);

// Tasks (task_service.cpp)

// The steps the actor may take now; four-eyes reasons included.
std::vector<flow::Offer> offers_for(Context& context, Task const& task);
// A step of the task's flow. Verifying needs another person than the one who reported.
Result<Task> take_step(Context& context, std::string_view code, std::string_view action, std::string comment);

struct Assignment {
    std::string lead_unit;
    std::string coop_units; // separated by ";"
    std::optional<Date> due;
};
// Sets units and due date and, from drafted, takes the step "assign". `version`: the one the form was made from.
Result<Task> assign(Context& context, std::string_view code, Assignment assignment, std::int64_t version);
// Stores an entry with its evidence, sets the percentage and takes the task to "reported" for verification.
Result<Id<ProgressEntry>> report_progress(Context& context, std::string_view code, ProgressEntry typed,
                                          std::span<http::Upload const> evidence);
Result<void> comment(Context& context, std::string_view code, std::string text);
Result<void> follow(Context& context, std::string_view code, bool on);
// Takes tasks past their due date to "delayed"; run by the clock. Gives how many.
Result<std::int64_t> mark_delayed(Context& context);

// Bulk edit (bulk_service.cpp)

inline constexpr std::int64_t undo_ms = 10 * 60 * 1000;
inline constexpr std::size_t bulk_max = 500;
struct BulkEdit {
    std::optional<std::string> lead_unit;
    std::optional<Date> due;
    bool assign = false; // also takes drafted tasks to "assigned"
};
// All or nothing, one audit record a task; gives the id for undo().
Result<std::string> bulk_edit(Context& context, std::vector<std::string> const& ids, BulkEdit const& edit);
// Restores the values before a bulk edit within 10 minutes, by the one who made it, if nobody changed the tasks since.
Result<std::int64_t> undo(Context& context, std::string_view bulk_id);

// Supervision (notice_service.cpp)

// `days`: working days for the answer; nothing: the term in force.
Result<Id<SupervisionNotice>> issue_notice(Context& context, std::string_view task, std::string text,
                                           std::optional<std::int64_t> days);
// answer (the comment is the answer), pause, resume, reject, close.
Result<SupervisionNotice> step_notice(Context& context, Id<SupervisionNotice> const& id, std::string_view action,
                                      std::string comment);
std::vector<flow::Offer> offers_for(Context& context, SupervisionNotice const& notice, Task const& task);

// Reports (report_service.cpp)

// Opens the report of a period for each place that has none; gives how many were opened.
Result<std::int64_t> open_reports(Context& context, std::string_view plan, std::string_view period,
                                  std::vector<std::string> const& places);
struct ReportDraft {
    std::string summary;
    std::vector<ReportFigure> figures;
    std::vector<ReportTask> tasks;
    std::int64_t version = 0;
};
// Stores what was filled in so far, with new evidence; only while the report is open or returned.
Result<void> save_report(Context& context, Id<Report> const& id, ReportDraft draft,
                         std::span<http::Upload const> evidence);
// submit, return, accept, publish.
Result<Report> step_report(Context& context, Id<Report> const& id, std::string_view action, std::string comment);
std::vector<flow::Offer> offers_for(Context& context, Report const& report);
// What is still missing before the report may be submitted; problems name "figure-<indicator>".
Problems missing_in(db::Session& session, Report const& report);
bool may_read(Context& context, Report const& report);

// Restatements (restatement_service.cpp)

// Whether figures of the report may be restated now, and by the actor.
bool may_restate(Context& context, Report const& report);
// Asks for a correction of one figure of an accepted or published report; `typed` has indicator, value, as_of, reason.
Result<Id<Restatement>> ask_restatement(Context& context, Id<Report> const& report, Restatement typed);
// approve, refuse (with a comment), withdraw. Approved: recorded and public at once when the report is, else with it.
Result<Restatement> step_restatement(Context& context, Id<Restatement> const& id, std::string_view action,
                                     std::string comment);
std::vector<flow::Offer> offers_for(Context& context, Restatement const& restatement);

} // namespace sangu::plan
