#include "kernel/html/repeated.h"
#include "modules/plan/outline.h"
#include "modules/plan/task_views.h"

#include <algorithm>
#include <array>

namespace sangu::plan {

using namespace html;

namespace {

std::optional<std::string_view> current(bool is) { return is ? std::optional<std::string_view>{"true"} : std::nullopt; }

void chip(Out& out, TaskView const& view, std::string_view name, std::string const& value, std::string const& chosen,
          std::string_view label, int count) {
    bool const on = value == chosen;
    out << li(a(href(Url::local(view.filter.with(name, on ? "" : value))), aria_current(current(on)), label, " ",
                span(cls("count"), count)));
}

void search_form(Out& out, TaskView const& view) {
    TaskFilter const& filter = view.filter;
    out << form(cls("filters"), role("search"), method("get"), action("/tasks"), [&] {
        auto const keep = [&](std::string_view key, std::string const& text) {
            if (!text.empty()) out << input(type("hidden"), name(key), value(text));
        };
        keep("plan", filter.plan);
        keep("state", filter.state);
        keep("unit", filter.unit);
        keep("sort", filter.sort);
        keep("view", filter.view);
        out << div(cls("field"), label(for_("q"), view.t("list.search")),
                   input(type("search"), id("q"), name("q"), value(filter.search), maxlength(100)));
        out << div(cls("field"), label(for_("section"), view.t("plan.task.section")),
                   select(id("section"), name("section"), option(value(""), view.t("plan.all")), [&] {
                       for (Section const& one : view.sections)
                           if (view.list.sections.contains(one.code) || one.code == filter.section)
                               out << option(value(one.code), selected(one.code == filter.section), one.number, " ",
                                             shown_title(view.context, one.title_zh, one.title_en));
                   }));
        out << div(cls("field"), label(for_("place"), view.t("plan.place")),
                   select(id("place"), name("place"), option(value(""), view.t("plan.all")), [&] {
                       for (auto const& [code, count] : view.list.places)
                           out << option(value(code), selected(code == filter.place),
                                         place_names(view.context, view.places, code), " (", count, ")");
                   }));
        out << button(cls("button"), type("submit"), view.t("plan.apply"));
    });
}

void facets(Out& out, TaskView const& view) {
    TaskFilter const& filter = view.filter;
    out << ul(cls("chips"), aria_label(view.t("list.filters")), [&] {
        for (Choice const& state : choices_of(TaskState{})) {
            std::string const value{state.name};
            auto const found = view.list.states.find(value);
            if (found != view.list.states.end() || filter.state == value)
                chip(out, view, "state", value, filter.state, view.t(i18n::Key{"plan.task.state.", value}),
                     found == view.list.states.end() ? 0 : found->second);
        }
        for (auto const& [unit, count] : view.list.units)
            chip(out, view, "unit", unit, filter.unit, view.t(i18n::Key{"plan.unit.", unit}), count);
        if (view.list.overdue > 0 || filter.overdue)
            chip(out, view, "overdue", "1", filter.overdue ? "1" : "", view.t("plan.overdue"), view.list.overdue);
    });
}

void view_tabs(Out& out, TaskView const& view) {
    out << ul(cls("tabs"), aria_label(view.t("plan.views")), [&] {
        for (std::string_view const one : {"", "board", "tree", "timeline"}) {
            bool const on = view.filter.view == one;
            i18n::Key const key{"plan.view.", one.empty() ? "list" : one};
            out << li(a(href(Url::local(view.filter.with("view", one))), aria_current(current(on)), view.t(key)));
        }
    });
}

void heading(Out& out, TaskView const& view, std::string_view key, std::string_view sort) {
    if (sort.empty()) {
        out << th(scope("col"), view.t(key));
        return;
    }
    std::string const down = "-" + std::string{sort};
    bool const up_now = view.filter.sort == sort, down_now = view.filter.sort == down;
    std::optional<std::string_view> order;
    if (up_now) order = "ascending";
    if (down_now) order = "descending";
    out << th(scope("col"), aria_sort(order),
              a(href(Url::local(view.filter.with("sort", up_now ? std::string_view{down} : sort))), view.t(key)));
}

// What rows have in common.
struct Cells {
    Repeated<std::string_view> places, units;
    Repeated<std::pair<TaskState, std::optional<Date>>> dues;
    Repeated<std::int64_t> percents;
};

void box(Out& out, TaskView const& view, TaskLine const& line) {
    bool const chosen =
        view.refused && std::ranges::count(view.refused->form, http::Pairs::value_type{"task", std::string{line.id}});
    out << input(type("checkbox"), name("task"), value(line.id), form_("bulk"), checked(chosen),
                 aria_label(view.context.t("plan.bulk.select", {std::string{line.code}})));
}

void row(Out& out, TaskView const& view, Cells& cells, TaskLine const& line, bool with_boxes) {
    Context const& context = view.context;
    out << tr([&] {
        if (with_boxes) {
            bool const may = auth::covers(view.editable, line.scope);
            out << td(when(may, [&] { return [&](Out& cell) { box(cell, view, line); }; }));
        }
        out << th(scope("row"), span(cls("mono nowrap"), line.code))
            << td(a(href(Url::path("/tasks", line.code)), shown_title(context, line.title_zh, line.title_en)));
        cells.places.put(out, line.places,
                         [&](Out& cell) { cell << td(place_names(context, view.places, line.places)); });
        cells.units.put(out, line.lead_unit, [&](Out& cell) {
            cell << td([&] {
                if (line.lead_unit.empty())
                    open_mark(cell, context);
                else
                    cell << line.lead_unit;
            });
        });
        cells.dues.put(out, {line.state, line.due}, [&](Out& cell) {
            cell << td([&] { due_text(cell, context, line.state, line.due); })
                 << td([&] { state_badge(cell, context, line.state); });
        });
        cells.percents.put(out, line.percent, [&](Out& cell) {
            cell << td(cls("num"), context.t("plan.percent", {number(context, line.percent)}));
        });
    });
}

void table_view(Out& out, TaskView const& view, bool with_boxes) {
    std::size_t const first = static_cast<std::size_t>(view.filter.page - 1) * tasks_on_page;
    std::size_t const last = std::min(view.list.lines.size(), first + tasks_on_page);
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(view.t("plan.task.plural")),
               table(cls("table dense"), caption(cls("visually-hidden"), view.t("plan.task.plural")), thead(tr([&] {
                         if (with_boxes)
                             out << td(input(type("checkbox"), hidden(true), data<"check-all">("task"),
                                             aria_label(view.t("plan.bulk.all"))));
                         heading(out, view, "plan.task.code", "");
                         heading(out, view, "plan.task.title_zh", "");
                         heading(out, view, "plan.place", "");
                         heading(out, view, "plan.task.lead_unit", "lead_unit");
                         heading(out, view, "plan.task.due", "due");
                         heading(out, view, "plan.task.state", "state");
                         heading(out, view, "plan.task.percent", "percent");
                     })),
                     tbody([&] {
                         Cells cells;
                         for (std::size_t i = first; i < last; ++i)
                             row(out, view, cells, *view.list.lines[i], with_boxes);
                     })));
    if (view.list.lines.size() <= tasks_on_page) return;
    out << nav(cls("pager"), aria_label(view.t("list.paging")), [&] {
        std::size_t const pages = (view.list.lines.size() + tasks_on_page - 1) / tasks_on_page;
        for (std::size_t page = 1; page <= pages; ++page)
            out << a(cls("button small"), href(Url::local(view.filter.with("page", std::to_string(page)))),
                     aria_current(current(static_cast<int>(page) == view.filter.page)), page);
    });
}

void bulk_form(Out& out, TaskView const& view) {
    Problems const* problems = view.error ? &view.error->problems : nullptr;
    out << details(cls("card"), open(view.error != nullptr), summary(view.t("plan.bulk.title")), [&] {
        out << p(cls("hint"), view.t("plan.bulk.hint"));
        out.raw("<form id=\"bulk\" class=\"bulk\" method=\"post\" action=\"/tasks/bulk\">");
        out << input(type("hidden"), name("csrf"), value(view.context.csrf_token))
            << input(type("hidden"), name("once"), value(new_id()));
        input_field(out, view.context,
                    {.field = "lead_unit",
                     .label = view.t("plan.task.lead_unit"),
                     .hint = view.t("plan.unit.hint"),
                     .value = view.typed("lead_unit"),
                     .problems = problems});
        input_field(out, view.context,
                    {.field = "due",
                     .label = view.t("plan.task.due"),
                     .type = "date",
                     .value = view.typed("due"),
                     .problems = problems});
        out << label(cls("choice"), for_("assign"),
                     input(type("checkbox"), id("assign"), name("assign"), value("true"),
                           checked(view.typed("assign") == "true")),
                     span(view.t("plan.bulk.assign")))
            << button(cls("button primary"), type("submit"), view.t("plan.bulk.apply"));
        out.raw("</form>");
    });
}

void undo_note(Out& out, Context& context, http::Request const& request) {
    std::string const bulk{request.query_value("bulk").value_or("")};
    if (!is_id(bulk) || !context.actor.signed_in()) return;
    auto const at = context.reader().text("select at from plan_bulk where id = ? and account_id = ? and undone = false",
                                          {bulk, context.actor.account_id});
    if (!at || parse_instant(*at).value_or(Instant{}).ms + undo_ms < context.now().ms) return;
    out << div(cls("note info"), p(context.t("plan.bulk.done")), [&] {
        open_form(out, context, "/tasks/undo", "bulk");
        out << input(type("hidden"), name("bulk"), value(bulk))
            << button(cls("button"), type("submit"), context.t("plan.bulk.undo"));
        out.raw("</form>");
    });
}

std::string heading_actions(Context const& context) {
    Out out{256};
    if (context.services.permissions.allows_somewhere(context.actor, edit_permission))
        out << a(cls("button primary"), href("/tasks/new"), context.t("plan.task.new"));
    if (context.may("plan.import")) out << a(cls("button"), href("/tasks/import"), context.t("list.import"));
    for (std::string_view const format : {"csv", "xlsx", "json"})
        out << a(cls("button quiet small"), href(Url::path("/tasks/download", format)), download(true), rel("nofollow"),
                 context.t(i18n::Key{"plan.download.", format}));
    return out.take();
}

http::Reply page_of(Context& context, http::Request& request, Error const* error) {
    Outline const& plans = outline(context);
    TaskFilter filter = task_filter(request, plans.with_tasks);
    Plan const* const plan_row = plans.plan(filter.plan);
    if (!plan_row) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    auto const all = lines_of(context.reader(), filter.plan);
    TaskView view{context,
                  std::move(filter),
                  *plan_row,
                  plans.sections_of(plan_row->code),
                  registry::places(context),
                  context.services.permissions.scopes_of(context.actor, edit_permission),
                  {},
                  error,
                  error ? &request : nullptr};
    view.list = listed(all, view.filter, context.today());
    bool const with_boxes = !view.editable.empty();
    html::Page page{.title = std::string{context.t("plan.task.plural")},
                    .lead = shown_title(context, plan_row->title_zh, plan_row->title_en),
                    .crumbs = {{std::string{context.t("plan.plan.plural")}, "/plans"}},
                    .actions = heading_actions(context),
                    .wide = true};
    if (error) page.status = http::status_of(error->refusal);
    return render(context, page, [&](Out& out) {
        if (error) error_summary(out, context, *error, "plan.task");
        undo_note(out, context, request);
        search_form(out, view);
        facets(out, view);
        view_tabs(out, view);
        out << p(cls("list-head"), aria_live("polite"),
                 context.t("list.count", {number(context, static_cast<std::int64_t>(view.list.lines.size()))}));
        if (view.list.lines.empty())
            empty_state(out, context.t(view.filter.any() ? "list.no_match" : "plan.empty.tasks"),
                        context.t(view.filter.any() ? "list.no_match_hint" : "plan.empty.tasks_hint"),
                        view.filter.any() ? "/tasks" : "", context.t("list.show_all"));
        else if (view.filter.view == "board")
            board_view(out, view);
        else if (view.filter.view == "tree")
            tree_view(out, view);
        else if (view.filter.view == "timeline")
            timeline_view(out, view);
        else {
            if (with_boxes) bulk_form(out, view);
            table_view(out, view, with_boxes);
        }
    });
}

} // namespace

http::Reply tasks_page(Context& context, http::Request& request) { return page_of(context, request, nullptr); }

http::Reply tasks_page_with(Context& context, http::Request& request, Error const& error) {
    return page_of(context, request, &error);
}

} // namespace sangu::plan
