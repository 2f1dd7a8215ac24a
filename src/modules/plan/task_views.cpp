#include "modules/plan/task_views.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::plan {

using namespace html;

namespace {

void card(Out& out, TaskView const& view, TaskLine const& line) {
    out << li(cls("board-card"),
              a(href(Url::path("/tasks", line.code)), shown_title(view.context, line.title_zh, line.title_en)),
              p(cls("hint"), line.code, " · ", place_names(view.context, view.places, line.places)), [&] {
                  out << p([&] {
                      if (line.lead_unit.empty())
                          open_mark(out, view.context);
                      else
                          out << line.lead_unit;
                      if (line.due) {
                          out << " · ";
                          due_text(out, view.context, line.state, line.due);
                      }
                  });
                  if (line.percent > 0) percent_bar(out, view.context, line.percent);
              });
}

void tree_node(Out& out, TaskView const& view, Section const& section) {
    int const inside = view.list.sections.contains(section.code) ? view.list.sections.at(section.code) : 0;
    out << li([&] {
        out << strong(section.number, " ", shown_title(view.context, section.title_zh, section.title_en)) << " "
            << span(cls("count"), inside);
        out << ul([&] {
            for (TaskLine const* line : view.list.lines)
                if (line->section == section.code)
                    out << li(a(href(Url::path("/tasks", line->code)), span(cls("mono"), line->code), " ",
                                shown_title(view.context, line->title_zh, line->title_en)),
                              " ", [&] { state_badge(out, view.context, line->state); });
            for (Section const& child : view.sections)
                if (child.parent == section.code && view.list.sections.contains(child.code))
                    tree_node(out, view, child);
        });
    });
}

constexpr int left = 320, right = 1340, row_height = 24, head = 30;

struct Axis {
    Date from, to;
    int x(Date day) const {
        int const within = std::clamp(day - from, 0, to - from);
        return left + (right - left) * within / std::max(1, to - from);
    }
};

void years(Out& out, Axis const& axis, int bottom) {
    for (int year = year_of(axis.from); year <= year_of(axis.to); ++year) {
        int const at = axis.x(*make_date(year, 1, 1));
        out << line(cls("grid"), x1(at), y1(head - 6), x2(at), y2(bottom)) << svg_text(x(at + 4), y(18), year);
    }
}

void bar(Out& out, TaskView const& view, Axis const& axis, TaskLine const& one, int top) {
    int const end = axis.x(one.due.value_or(axis.to)), start = axis.x(axis.from);
    int const done = static_cast<int>((end - start) * one.percent / 100);
    std::string_view const tone = is_overdue(one.state, one.due, view.context.today()) ? "late"
                                  : one.due                                            ? "planned"
                                                                                       : "open";
    std::string label{one.code};
    label += " ";
    label += shown_title(view.context, one.title_zh, one.title_en);
    // Chinese characters are twice as wide as Latin letters.
    label = shorten(label, view.context.language == i18n::Language::en ? 42 : 24);
    out << a(href(Url::path("/tasks", one.code)), svg_text(x(0), y(top + 15), std::move(label)));
    out << rect(cls(tone), x(start), y(top + 5), width(std::max(2, end - start)), height(12), rx(3));
    if (done > 0) out << rect(cls("done"), x(start), y(top + 5), width(done), height(12), rx(3));
}

} // namespace

void board_view(Out& out, TaskView const& view) {
    out << div(cls("board"), [&] {
        for (Choice const& state : choices_of(TaskState{})) {
            int inside = 0;
            for (TaskLine const* line : view.list.lines)
                inside += static_cast<std::int64_t>(line->state) == state.value;
            std::string const heading = "board-" + std::string{state.name};
            out << section(
                cls("board-column"), aria_labelledby(heading),
                h2(id(heading), view.t("plan.task.state." + std::string{state.name}), " ", span(cls("count"), inside)),
                ul([&] {
                    for (TaskLine const* line : view.list.lines)
                        if (static_cast<std::int64_t>(line->state) == state.value) card(out, view, *line);
                }));
        }
    });
}

void tree_view(Out& out, TaskView const& view) {
    out << ul(cls("tree"), [&] {
        for (Section const& section : view.sections)
            if (section.parent.empty() && view.list.sections.contains(section.code)) tree_node(out, view, section);
    });
}

void timeline_view(Out& out, TaskView const& view) {
    Axis const axis{*make_date(static_cast<int>(view.plan.year_from), 1, 1),
                    *make_date(static_cast<int>(view.plan.year_to), 12, 31)};
    int const bottom = head + row_height * static_cast<int>(view.list.lines.size());
    out << p(cls("hint"), view.t("plan.timeline.hint"));
    out << div(cls("table-wrap"), role("region"), tabindex(0), aria_label(view.t("plan.view.timeline")),
               svg(cls("gantt"), view_box("0 0 1360 " + std::to_string(bottom + 6)), width(1360), height(bottom + 6),
                   role("group"), aria_label(view.t("plan.view.timeline")), [&] {
                       years(out, axis, bottom);
                       int top = head;
                       for (TaskLine const* line : view.list.lines) {
                           bar(out, view, axis, *line, top);
                           top += row_height;
                       }
                       Date const today = view.context.today();
                       if (axis.from <= today && today <= axis.to)
                           out << line(cls("today"), x1(axis.x(today)), y1(head - 6), x2(axis.x(today)), y2(bottom));
                   }));
}

} // namespace sangu::plan
