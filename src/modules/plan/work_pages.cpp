#include "base/text.h"
#include "modules/plan/page_parts.h"

#include <algorithm>
#include <map>

namespace sangu::plan {

using namespace html;

namespace {

// The scopes of everything the actor has a role for.
std::vector<std::string> own_scopes(Context const& context) {
    std::vector<std::string> scopes;
    for (auth::Scope const& scope : context.services.permissions.scopes_of(context.actor, report_permission))
        scopes.push_back(scope.path);
    return scopes;
}

std::vector<std::string> ids_of(std::span<SupervisionNotice const> notices) {
    std::vector<std::string> ids;
    for (SupervisionNotice const& notice : notices) ids.push_back(notice.id.text);
    return ids;
}

void task_table(Out& out, Context const& context, std::span<Task const> tasks) {
    out << div(
        cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("plan.work.tasks")),
        table(cls("table dense"),
              thead(tr(th(scope("col"), context.t("plan.task.code")), th(scope("col"), context.t("plan.task.title_zh")),
                       th(scope("col"), context.t("plan.task.due")), th(scope("col"), context.t("plan.task.state")))),
              tbody([&] {
                  for (Task const& one : tasks)
                      out << tr(
                          th(scope("row"), cls("mono"), one.code),
                          td(a(href(Url::path("/tasks", one.code)), shown_title(context, one.title_zh, one.title_en))),
                          td([&] { due_text(out, context, one.state, one.due); }),
                          td([&] { state_badge(out, context, one.state); }));
              })));
}

void notice_table(Out& out, Context& context, std::span<SupervisionNotice const> notices) {
    auto const pauses = pauses_of(context.reader(), ids_of(notices));
    auto const days = context.services.working_days();
    out << div(
        cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("plan.notice.plural")),
        table(
            cls("table dense"),
            thead(tr(th(scope("col"), context.t("plan.notice.task")), th(scope("col"), context.t("plan.notice.text")),
                     th(scope("col"), context.t("plan.notice.issued_on")),
                     th(scope("col"), context.t("plan.notice.due")), th(scope("col"), context.t("plan.notice.state")))),
            tbody([&] {
                for (SupervisionNotice const& one : notices) {
                    auto const clock = clock_of(one, pauses, *days, context.today());
                    out << tr(th(scope("row"), a(href(Url::local("/tasks/" + http::percent_encode(one.task) +
                                                                 "#notice-" + one.id.text)),
                                                 one.task)),
                              td(shorten(one.text, 120)), td(cls("nowrap"), date_text(context, one.issued_on)),
                              td(cls("nowrap"), date_text(context, clock.due)),
                              td([&] { clock_text(out, context, one, clock); }));
                }
            })));
}

bool in_scopes(std::vector<std::string> const& scopes, std::string_view scope) {
    return std::ranges::any_of(scopes, [&](std::string const& one) { return auth::Scope{one}.covers(scope); });
}

struct Work {
    std::vector<Task> tasks;
    std::vector<SupervisionNotice> notices;
    std::vector<Report> reports;
    std::span<registry::PlaceCard const> places;
    std::int64_t to_assign = 0, to_verify = 0;
};

Work work_of(Context& context) {
    Work work;
    auto const scopes = own_scopes(context);
    work.tasks = tasks_in(context.reader(), scopes, 100);
    work.places = registry::places(context);
    if (context.services.permissions.allows_somewhere(context.actor, internal_permission))
        for (SupervisionNotice& notice : open_notices(context.reader(), 100))
            if (in_scopes(scopes, notice.scope) || context.may(supervise_permission, notice.scope))
                work.notices.push_back(std::move(notice));
    for (Report& report : entity::where<Report>(context.reader(), "where state <> 'published' order by due limit 200"))
        if (may_read(context, report)) work.reports.push_back(std::move(report));
    if (context.may(edit_permission))
        work.to_assign = context.reader().integer("select count(*) from plan_task where state = 'drafted'").value_or(0);
    if (context.services.permissions.allows_somewhere(context.actor, verify_permission))
        work.to_verify =
            context.reader().integer("select count(*) from plan_task where state = 'reported'").value_or(0);
    return work;
}

void report_list(Out& out, Context const& context, Work const& work) {
    out << ul([&] {
        for (Report const& one : work.reports)
            out << li(a(href(Url::path("/reports", one.id.text)), place_names(context, work.places, one.place), " ",
                        period_text(context, one.period)),
                      " ", [&] {
                          badge(out, context.t("plan.report.state." + std::string{name_of(one.state)}),
                                tone_of(one.state));
                          if (is_late(one, context.today())) {
                              out << " ";
                              badge(out, context.t("plan.late"), "bad");
                          }
                      });
    });
}

void key_numbers(Out& out, Context const& context, Work const& work) {
    auto const one = [&](std::string_view key, std::size_t count, std::string_view path) {
        out << div(dt(context.t(key)), dd(a(href(Url::local(path)), count)));
    };
    out << dl(cls("figures"), [&] {
        one("plan.work.tasks", work.tasks.size(), "#work-tasks");
        if (work.to_assign > 0)
            one("plan.work.to_assign", static_cast<std::size_t>(work.to_assign), "/tasks?state=drafted");
        if (work.to_verify > 0)
            one("plan.work.to_verify", static_cast<std::size_t>(work.to_verify), "/tasks?state=reported");
        if (context.services.permissions.allows_somewhere(context.actor, internal_permission))
            one("plan.notice.plural", work.notices.size(), "/supervision");
        one("plan.report.plural", work.reports.size(), "/reports");
    });
}

} // namespace

http::Reply work_page(Context& context, http::Request&) {
    Work const work = work_of(context);
    html::Page const page{.title = std::string{context.t("plan.work.title")},
                          .lead = context.t("plan.work.lead", {context.actor.name}),
                          .wide = true};
    return render(context, page, [&](Out& out) {
        key_numbers(out, context, work);
        out << section(id("work-tasks"), h2(context.t("plan.work.tasks")), [&] {
            if (work.tasks.empty())
                empty_state(out, context.t("plan.work.no_tasks"), context.t("plan.work.no_tasks_hint"), "/tasks",
                            context.t("plan.task.plural"));
            else
                task_table(out, context, work.tasks);
        });
        if (!work.notices.empty())
            out << section(h2(context.t("plan.notice.plural")), [&] { notice_table(out, context, work.notices); });
        if (!work.reports.empty())
            out << section(h2(context.t("plan.report.plural")), [&] { report_list(out, context, work); });
    });
}

http::Reply supervision_page(Context& context, http::Request&) {
    auto notices = open_notices(context.reader(), 200);
    std::erase_if(notices, [&](SupervisionNotice const& one) { return !context.may(internal_permission, one.scope); });
    html::Page const page{.title = std::string{context.t("plan.notice.plural")},
                          .lead = std::string{context.t("plan.supervision.lead")},
                          .wide = true};
    return render(context, page, [&](Out& out) {
        if (notices.empty())
            empty_state(out, context.t("plan.supervision.none"), context.t("plan.supervision.none_hint"), "/tasks",
                        context.t("plan.task.plural"));
        else
            notice_table(out, context, notices);
    });
}

} // namespace sangu::plan
