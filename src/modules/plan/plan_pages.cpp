#include "modules/indicators/indicators.h"
#include "modules/plan/page_parts.h"

#include <algorithm>
#include <map>

namespace sangu::plan {

using namespace html;

namespace {

std::string years(Plan const& plan) { return std::to_string(plan.year_from) + "–" + std::to_string(plan.year_to); }

// What nobody has said yet, counted, with the way to fill it in.
struct OpenCounts {
    std::int64_t units = 0, dues = 0, milestones = 0, targets = 0;
    bool any() const { return units + dues + milestones + targets > 0; }
};

OpenCounts open_counts(std::span<TaskLine const> lines, std::span<indicators::Card const> cards,
                       std::int64_t milestones) {
    OpenCounts counts;
    counts.milestones = milestones;
    for (TaskLine const& line : lines) {
        counts.units += line.lead_unit.empty();
        counts.dues += !line.due;
    }
    for (indicators::Card const& card : cards) counts.targets += static_cast<std::int64_t>(card.open_years.size());
    return counts;
}

void open_list(Out& out, Context const& context, Plan const& plan, OpenCounts const& counts) {
    if (!counts.any()) return;
    out << section(cls("note warn"), h2(context.t("plan.leaves_open")),
                   p(shown_title(context, plan.note_zh, plan.note_en)), ul([&] {
                       auto const line = [&](std::string_view key, std::int64_t count, std::string const& path) {
                           if (count > 0)
                               out << li(a(href(Url::local(path)), context.t(key, {number(context, count)})));
                       };
                       line("plan.leaves_open.units", counts.units, "/tasks?unit=open&plan=" + plan.code);
                       line("plan.leaves_open.dues", counts.dues, "/tasks?sort=-due&plan=" + plan.code);
                       line("plan.leaves_open.milestones", counts.milestones, "/milestones");
                       line("plan.leaves_open.targets", counts.targets, "/indicators");
                   }),
                   when(context.may("plan.import"), [&] {
                       return p(a(cls("button"), href("/tasks/import"), context.t("plan.import.tasks")), " ",
                                a(cls("button"), href("/milestones/import"), context.t("plan.import.milestones")));
                   }));
}

void node(Out& out, Context const& context, std::span<Section const> sections, std::span<TaskLine const> lines,
          Section const& one) {
    out << li(strong(one.number, " ", shown_title(context, one.title_zh, one.title_en)), ul([&] {
                  for (TaskLine const& line : lines)
                      if (line.section == one.code)
                          out << li(a(href(Url::path("/tasks", line.code)), span(cls("mono"), line.code), " ",
                                      shown_title(context, line.title_zh, line.title_en)),
                                    " ", [&] { state_badge(out, context, line.state); });
                  for (Section const& child : sections)
                      if (child.parent == one.code) node(out, context, sections, lines, child);
              }));
}

void target_table(Out& out, Context const& context, std::span<registry::PlaceCard const> places,
                  std::span<indicators::Card const> cards) {
    if (cards.empty()) return;
    out << section(
        h2(context.t("plan.targets")),
        div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("plan.targets")),
            table(cls("table"),
                  thead(tr(th(scope("col"), context.t("plan.report_figure.indicator")),
                           th(scope("col"), context.t("plan.place")), th(scope("col"), context.t("plan.year")),
                           th(scope("col"), cls("num"), context.t("plan.target_value")),
                           th(scope("col"), cls("num"), context.t("plan.actual")))),
                  tbody([&] {
                      for (indicators::Card const& card : cards)
                          out << tr(th(scope("row"), a(href(Url::path("/indicators", card.indicator.code)),
                                                       indicators::name_of(context.language, card.indicator))),
                                    td(place_names(context, places, card.target.place)), td(card.target.year),
                                    td(cls("num"),
                                       [&] {
                                           if (card.target.value)
                                               out << target_text(context, card);
                                           else
                                               open_mark(out, context);
                                       }),
                                    td(cls("num"), [&] {
                                        if (card.actual)
                                            out << indicators::value_text(context, card.indicator, card.actual->value,
                                                                          card.actual->approximate);
                                        else
                                            out << span(cls("hint"), context.t("plan.no_data"));
                                    }));
                  }))));
}

void plan_facts(Out& out, Context const& context, Plan const& plan, std::span<Plan const> all) {
    out << dl(cls("facts"), [&] {
        if (!plan.doc_no.empty()) out << dt(context.t("plan.plan.doc_no")) << dd(lang("zh-Hans"), plan.doc_no);
        if (plan.issued) out << dt(context.t("plan.plan.issued")) << dd(date_text(context, *plan.issued));
        out << dt(context.t("plan.years")) << dd(years(plan));
        out << dt(context.t("plan.plan.state")) << dd(context.t("plan.plan.state." + std::string{name_of(plan.state)}));
        for (Plan const& other : all) {
            bool const before = other.code == plan.predecessor, after = other.predecessor == plan.code;
            if (before || after)
                out << dt(context.t(before ? "plan.plan.predecessor" : "plan.successor"))
                    << dd(a(href(Url::path("/plans", other.code)),
                            shown_title(context, other.title_zh, other.title_en)));
        }
        if (!plan.url.empty())
            out << dt(context.t("plan.plan.url")) << dd(a(href(Url::external(plan.url)), rel("noopener"), plan.url));
    });
}

} // namespace

http::Reply plans_page(Context& context, http::Request&) {
    auto const all = plans(context.reader());
    html::Page const page{.title = std::string{context.t("plan.plan.plural")},
                          .lead = std::string{context.t("plan.plans.lead")},
                          .actions = context.may("plan.definition.edit")
                                         ? markup(a(cls("button"), href("/plans/new"), context.t("plan.plan.new")))
                                         : ""};
    return render(context, page, [&](Out& out) {
        out << div(
            cls("card-grid"), each(all, [&](Plan const& plan) {
                return section(
                    cls("card"),
                    h2(a(href(Url::path("/plans", plan.code)), shown_title(context, plan.title_zh, plan.title_en))),
                    p(years(plan), " · ", context.t("plan.plan.state." + std::string{name_of(plan.state)})),
                    when(!plan.doc_no.empty(), [&] { return p(cls("hint"), lang("zh-Hans"), plan.doc_no); }));
            }));
    });
}

http::Reply plan_page(Context& context, http::Request& request) {
    auto const all = plans(context.reader());
    auto const wanted = request.parameter("id");
    auto const found =
        std::ranges::find_if(all, [&](Plan const& one) { return one.code == wanted || one.id.text == wanted; });
    if (found == all.end()) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    Plan const& plan = *found;
    auto const lines = lines_of(context.reader(), plan.code);
    auto const sections = sections_of(context.reader(), plan.code);
    auto const places = registry::places(context);
    auto const cards = indicators::cards(context, plan.code);
    std::int64_t const milestones = open_milestones_of(context.reader(), plan.code);
    html::Page const page{.title = shown_title(context, plan.title_zh, plan.title_en),
                          .crumbs = {{std::string{context.t("plan.plan.plural")}, "/plans"}},
                          .actions = context.may("plan.definition.edit")
                                         ? markup(a(cls("button"), href(Url::path("/plans", plan.id.text, "edit")),
                                                    context.t("resource.edit")))
                                         : ""};
    return render(context, page, [&](Out& out) {
        plan_facts(out, context, plan, all);
        open_list(out, context, plan, open_counts(lines, cards, milestones));
        if (lines.empty())
            empty_state(out, context.t("plan.empty.tasks"), shown_title(context, plan.note_zh, plan.note_en));
        else
            out << section(h2(context.t("plan.sections")), ul(cls("tree"), [&] {
                               for (Section const& one : sections)
                                   if (one.parent.empty()) node(out, context, sections, lines, one);
                           }));
        target_table(out, context, places, cards);
    });
}

} // namespace sangu::plan
