#pragma once

// What the module stores about plans and their tasks. Plans, sections and tasks are named by stable codes in files and
// addresses ("czt-2017", "czt-2017-2.1.1", "T2.1.6"). What the plan leaves open is an empty field, shown as open.

#include "kernel/entity/entity.h"
#include "kernel/flow/flow.h"
#include "modules/registry/registry.h"

#include <optional>
#include <string>

namespace sangu::plan {

enum class PlanState : std::uint8_t { drafted, in_force, ended };
constexpr auto choices_of(PlanState) {
    using enum PlanState;
    return choices<PlanState>({{drafted, "drafted"}, {in_force, "in_force"}, {ended, "ended"}});
}

enum class TaskState : std::uint8_t { drafted, assigned, under_way, reported, verified, closed, delayed, suspended };
constexpr auto choices_of(TaskState) {
    using enum TaskState;
    return choices<TaskState>({{drafted, "drafted"},
                               {assigned, "assigned"},
                               {under_way, "under_way"},
                               {reported, "reported"},
                               {verified, "verified"},
                               {closed, "closed"},
                               {delayed, "delayed"},
                               {suspended, "suspended"}});
}

// Where a task's wording comes from. The plan's own table of tasks was an annex that no copy has.
enum class Origin : std::uint8_t { verified_body_text, derived_from_body_text, entered };
constexpr auto choices_of(Origin) {
    using enum Origin;
    return choices<Origin>({{verified_body_text, "verified_body_text"},
                            {derived_from_body_text, "derived_from_body_text"},
                            {entered, "entered"}});
}

enum class UnitRole : std::uint8_t { lead, cooperating };
constexpr auto choices_of(UnitRole) {
    using enum UnitRole;
    return choices<UnitRole>({{lead, "lead"}, {cooperating, "cooperating"}});
}

enum class NoticeState : std::uint8_t { open, paused, answered, closed };
constexpr auto choices_of(NoticeState) {
    using enum NoticeState;
    return choices<NoticeState>({{open, "open"}, {paused, "paused"}, {answered, "answered"}, {closed, "closed"}});
}

enum class TermKind : std::uint8_t { supervision_answer, report_reminder };
constexpr auto choices_of(TermKind) {
    using enum TermKind;
    return choices<TermKind>({{supervision_answer, "supervision_answer"}, {report_reminder, "report_reminder"}});
}

struct Plan {
    Id<Plan> id;
    std::string code;
    std::string doc_no;
    std::string title_zh;
    std::string title_en;
    std::optional<Date> issued;
    std::int64_t year_from = 0;
    std::int64_t year_to = 0;
    std::string predecessor; // code; empty: none
    PlanState state = PlanState::drafted;
    std::string url;
    std::string note_zh;
    std::string note_en;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
};

struct Section {
    Id<Section> id;
    std::string code;
    std::string plan;
    std::string parent; // code; empty: a chapter
    std::string number; // as printed: "二(二)1"
    std::string title_zh;
    std::string title_en;
    std::int64_t position = 0;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
};

struct Task {
    Id<Task> id;
    std::string code;
    std::string plan;
    std::string section;
    std::string parent; // code of the task it is a part of; empty: none
    std::string title_zh;
    std::string title_en;
    std::string deliverables_zh; // one a line
    std::string deliverables_en;
    std::string places;    // codes of the register, separated by ";"
    std::string quota;     // "teams=35;top=3;projects=10-20"
    bool soft = false;     // 力争
    std::string lead_unit; // name of an organisation of the register; empty: open
    std::optional<Id<registry::Organisation>> lead_unit_id;
    std::string coop_units; // names, separated by ";"
    std::optional<Date> due;
    TaskState state = TaskState::drafted;
    std::int64_t percent = 0; // as reported last
    std::string topic;        // which platform of the plan it belongs to: "talent", "finance"
    std::string source;
    Origin status = Origin::entered;
    std::string scope = "zone"; // of its place; of several places: the zone
    std::string reported_by;    // account that reported last: another one must verify
    std::int64_t position = 0;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
    static flow::Flow const flow;
};

// Which organisations work on a task; follows Task::lead_unit and coop_units.
struct TaskUnit {
    Id<TaskUnit> id;
    std::string task;
    Id<registry::Organisation> organisation_id;
    UnitRole role = UnitRole::cooperating;

    static entity::EntityMeta const meta;
};

// Where a task is done; follows Task::places.
struct TaskPlace {
    Id<TaskPlace> id;
    std::string task;
    std::string place;
    std::string scope;

    static entity::EntityMeta const meta;
};

struct TaskIndicator {
    Id<TaskIndicator> id;
    std::string code; // "<task>-<indicator>"
    std::string task;
    std::string indicator;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
};

struct Milestone {
    Id<Milestone> id;
    std::string code; // "<task>-<year>"
    std::string task;
    std::int64_t year = 0;
    std::string text; // empty: the plan leaves it open
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
};

struct ProgressEntry {
    Id<ProgressEntry> id;
    std::string task;
    Date day;
    std::int64_t percent = 0;
    std::string text;
    std::string entered_by;
    std::string entered_by_name;
    Instant entered_at;

    static entity::EntityMeta const meta;
};

struct Comment {
    Id<Comment> id;
    std::string task;
    std::string text;
    std::string entered_by;
    std::string entered_by_name;
    Instant entered_at;

    static entity::EntityMeta const meta;
};

struct Follower {
    Id<Follower> id;
    std::string task;
    std::string account_id;

    static entity::EntityMeta const meta;
};

// 督办通知: an answer is due within a number of working days; the day of issue is not counted.
struct SupervisionNotice {
    Id<SupervisionNotice> id;
    std::string task;
    std::string text;
    Date issued_on;
    std::int64_t days = 10; // working days
    Date due;               // by the calendar and the pauses known when it was last changed
    NoticeState state = NoticeState::open;
    std::string answer;
    std::optional<Date> answered_on;
    std::string issued_by;
    std::string issued_by_name;
    std::string answered_by;
    std::string answered_by_name;
    std::string scope = "zone"; // of the task
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
    static flow::Flow const flow;
};

struct NoticePause {
    Id<NoticePause> id;
    Id<SupervisionNotice> notice_id;
    Date from_day;
    std::optional<Date> to_day; // the first day that counts again

    static entity::EntityMeta const meta;
};

// A period that offices set themselves, from a day on: the newest row whose day has come counts.
struct Term {
    Id<Term> id;
    TermKind kind = TermKind::supervision_answer;
    std::int64_t days = 10;
    Date valid_from;
    bool confirmed = false; // false: a default that no rule confirms, shown with a mark
    std::string source;
    std::int64_t version = 0;

    static entity::EntityMeta const meta;
};

} // namespace sangu::plan
