#include "modules/plan/store.h"

#include "kernel/entity/store.h"
#include "modules/plan/rules.h"

#include <algorithm>

namespace sangu::plan {

namespace {

std::string text_at(db::Row const& row, int column) { return std::string{row.text(column)}; }

std::optional<Date> date_at(db::Row const& row, int column) {
    return row.is_null(column) ? std::nullopt : parse_date(row.text(column));
}

template <class E> E choice_at(db::Row const& row, int column) {
    E one{};
    entity::Type<E>::read(one, row, column);
    return one;
}

std::string marks(std::size_t count) {
    std::string text = "?";
    for (std::size_t i = 1; i < count; ++i) text += ", ?";
    return text;
}

TaskCard card_at(db::Row const& row) {
    return {text_at(row, 0), text_at(row, 1), text_at(row, 2), text_at(row, 3),
            text_at(row, 4), row.integer(5),  date_at(row, 6)};
}

#define SANGU_CARD_SQL "select t.code, t.title_zh, t.title_en, t.state, t.lead_unit, t.percent, t.due from plan_task t "

} // namespace

std::string TaskCard::title(i18n::Language language) const { return title_of(language, title_zh, title_en); }

std::vector<TaskCard> tasks_of_indicator(db::Session& session, std::string_view indicator) {
    std::vector<TaskCard> result;
    session.query(SANGU_CARD_SQL "join plan_task_indicator i on i.task = t.code where i.indicator = ? "
                                 "order by t.plan, t.position limit 200",
                  {std::string{indicator}}, [&](db::Row const& row) { result.push_back(card_at(row)); });
    return result;
}

std::vector<TaskCard> tasks_of_place(db::Session& session, std::string_view plan, std::string_view place) {
    std::vector<TaskCard> result;
    session.query(SANGU_CARD_SQL "join plan_task_place p on p.task = t.code where p.place = ? and t.plan = ? "
                                 "order by t.position limit 500",
                  {std::string{place}, std::string{plan}}, [&](db::Row const& row) { result.push_back(card_at(row)); });
    return result;
}

#undef SANGU_CARD_SQL

std::vector<Plan> plans(db::Session& session) {
    return entity::where<Plan>(session, "order by year_from, code limit 200");
}

std::optional<Plan> plan_named(db::Session& session, std::string_view code) {
    return entity::first<Plan>(session, "where code = ?", {std::string{code}});
}

std::string plan_with_tasks(db::Session& session) {
    return session
        .text("select p.code from plan_plan p where exists (select 1 from plan_task t where t.plan = p.code) "
              "order by p.year_from desc limit 1")
        .value_or("");
}

std::vector<Section> sections_of(db::Session& session, std::string_view plan) {
    return entity::where<Section>(session, "where plan = ? order by position limit 500", {std::string{plan}});
}

void TaskLines::add(db::Row const& row) {
    auto const text = [&](int column) { return texts_.keep(row.text(column)); };
    lines_.push_back({.id = text(0),
                      .code = text(1),
                      .section = text(2),
                      .title_zh = text(3),
                      .title_en = text(4),
                      .places = text(5),
                      .lead_unit = text(6),
                      .scope = text(7),
                      .due = date_at(row, 8),
                      .state = choice_at<TaskState>(row, 9),
                      .percent = row.integer(10),
                      .soft = row.boolean(11)});
}

TaskLines lines_of(db::Session& session, std::string_view plan) {
    TaskLines result;
    session.query(
        "select t.id, t.code, t.section, t.title_zh, t.title_en, t.places, t.lead_unit, t.scope, t.due, t.state, "
        "t.percent, t.soft "
        "from plan_task t where t.plan = ? order by t.position limit 2000",
        {std::string{plan}}, [&](db::Row const& row) { result.add(row); });
    return result;
}

std::int64_t open_milestones_of(db::Session& session, std::string_view plan) {
    return session
        .integer("select count(*) from plan_milestone m join plan_task t on t.code = m.task "
                 "where t.plan = ? and m.text = ''",
                 {std::string{plan}})
        .value_or(0);
}

std::optional<Task> task_named(db::Session& session, std::string_view code_or_id) {
    return entity::first<Task>(session, is_id(code_or_id) ? "where id = ?" : "where code = ?",
                               {std::string{code_or_id}});
}

std::vector<std::string> working_scopes(db::Session& session, std::string_view task) {
    std::vector<std::string> scopes;
    session.query("select scope from plan_task_place where task = ? union all "
                  "select 'org/' || organisation_id from plan_task_unit where task = ? limit 500",
                  {std::string{task}, std::string{task}},
                  [&](db::Row const& row) { scopes.push_back(text_at(row, 0)); });
    return scopes;
}

std::vector<Task> tasks_in(db::Session& session, std::vector<std::string> const& scopes, int limit) {
    std::vector<Task> result;
    if (scopes.empty()) return result;
    std::vector<Value> parameters;
    std::string places, units;
    for (std::string const& scope : scopes)
        if (!scope.starts_with("org/")) {
            places += std::string{places.empty() ? "" : " or "} + "p.scope = ? or p.scope like ?";
            parameters.emplace_back(scope);
            parameters.emplace_back(scope + "/%");
        }
    std::vector<Value> organisations;
    for (std::string const& scope : scopes)
        if (scope.starts_with("org/")) organisations.emplace_back(scope.substr(4));
    std::string where;
    if (!places.empty()) where = "code in (select p.task from plan_task_place p where " + places + ")";
    if (!organisations.empty()) {
        where += std::string{where.empty() ? "" : " or "} +
                 "code in (select u.task from plan_task_unit u where u.organisation_id in (" +
                 marks(organisations.size()) + "))";
        parameters.insert(parameters.end(), organisations.begin(), organisations.end());
    }
    parameters.emplace_back(std::int64_t{limit});
    Task one;
    entity::each(session, Task::meta, &one,
                 "where state in ('assigned', 'under_way', 'reported', 'delayed') and (" + where +
                     ") order by case when due is null then 1 else 0 end, due, position limit ?",
                 db::Parameters{parameters}, [&] { result.push_back(one); });
    return result;
}

std::vector<SupervisionNotice> open_notices(db::Session& session, int limit) {
    return entity::where<SupervisionNotice>(session, "where state <> 'closed' order by due, id limit ?",
                                            {std::int64_t{limit}});
}

std::vector<NoticePause> pauses_of(db::Session& session, std::vector<std::string> const& notices) {
    std::vector<NoticePause> result;
    if (notices.empty()) return result;
    std::vector<Value> const parameters{notices.begin(), notices.end()};
    NoticePause one;
    entity::each(session, NoticePause::meta, &one,
                 "where notice_id in (" + marks(notices.size()) + ") order by notice_id, from_day limit 2000",
                 db::Parameters{parameters}, [&] { result.push_back(one); });
    return result;
}

TermDays term_on(db::Session& session, TermKind kind, Date day, std::int64_t otherwise) {
    auto const row = entity::first<Term>(session, "where kind = ? and valid_from <= ? order by valid_from desc limit 1",
                                         {std::string{name_of(kind)}, to_text(day)});
    return row ? TermDays{row->days, row->confirmed} : TermDays{otherwise, false};
}

std::vector<Report> reports_of(db::Session& session, std::string_view plan) {
    return entity::where<Report>(session, "where plan = ? order by period, place limit 1000", {std::string{plan}});
}

std::vector<ReportFigure> figures_of(db::Session& session, Id<Report> const& report) {
    return entity::where<ReportFigure>(session, "where report_id = ? order by indicator limit 500", {report.text});
}

std::vector<ReportTask> tasks_of(db::Session& session, Id<Report> const& report) {
    return entity::where<ReportTask>(session, "where report_id = ? order by task limit 500", {report.text});
}

std::vector<Restatement> restatements_of(db::Session& session, Id<Report> const& report) {
    return entity::where<Restatement>(session, "where report_id = ? order by id limit 1000", {report.text});
}

} // namespace sangu::plan
