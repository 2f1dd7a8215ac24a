#include "base/text.h"
#include "kernel/entity/store.h"
#include "kernel/resource/pages.h"
#include "modules/indicators/indicators.h"
#include "modules/plan/outline.h"
#include "modules/plan/page_parts.h"

#include <algorithm>

namespace sangu::plan {

using namespace html;

namespace {

// Everything one rendering needs, read before the first byte is written.
struct TaskDetail {
    Context& context;
    Task task;
    std::span<Section const> sections;
    std::span<registry::PlaceCard const> places;
    std::vector<Milestone> milestones;
    std::vector<ProgressEntry> entries;
    std::vector<Comment> comments;
    std::vector<SupervisionNotice> notices;
    std::vector<NoticePause> pauses;
    std::vector<indicators::Card> cards;
    bool inside = false; // sees comments, evidence, notices
    bool editor = false, reporter = false, supervisor = false, follows = false;
    Error const* error = nullptr;
    http::Request const* typed = nullptr; // the refused form

    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string path(std::string_view below = {}) const { return "/tasks/" + task.code + std::string{below}; }
    std::string kept(std::string_view field, std::string stored) const {
        auto const value = typed ? typed->form_value(field) : std::nullopt;
        return value ? std::string{*value} : stored;
    }
    Problems const* problems() const { return error ? &error->problems : nullptr; }
};

std::vector<indicators::Card> linked_cards(Context& context, Task const& task) {
    auto const links =
        entity::where<TaskIndicator>(context.reader(), "where task = ? order by indicator limit 50", {task.code});
    if (links.empty()) return {};
    auto const own = parts_of(task.places);
    std::vector<indicators::Card> result;
    for (indicators::Card& card : indicators::cards(context, task.plan)) {
        bool const linked = std::ranges::any_of(
            links, [&](TaskIndicator const& link) { return link.indicator == card.indicator.code; });
        bool const here = std::ranges::find(own, card.target.place) != own.end();
        if (linked && here) result.push_back(std::move(card));
    }
    return result;
}

TaskDetail load(Context& context, Task task) {
    db::Session& session = context.reader();
    std::string const code = task.code;
    TaskDetail page{.context = context, .task = std::move(task)};
    page.sections = outline(context).sections_of(page.task.plan);
    page.places = registry::places(context);
    page.milestones = entity::where<Milestone>(session, "where task = ? order by year limit 50", {code});
    page.entries = entity::where<ProgressEntry>(session, "where task = ? order by id desc limit 50", {code});
    page.cards = linked_cards(context, page.task);
    page.inside = may_on(context, internal_permission, page.task);
    if (!page.inside) return page;
    page.editor = context.may(edit_permission, page.task.scope);
    page.reporter = may_on(context, report_permission, page.task);
    page.supervisor = context.may(supervise_permission, page.task.scope);
    page.comments = entity::where<Comment>(session, "where task = ? order by id desc limit 50", {code});
    page.notices = entity::where<SupervisionNotice>(session, "where task = ? order by id desc limit 20", {code});
    std::vector<std::string> ids;
    for (SupervisionNotice const& notice : page.notices) ids.push_back(notice.id.text);
    page.pauses = pauses_of(session, ids);
    page.follows = session.exists("select 1 from plan_follower where task = ? and account_id = ?",
                                  {code, context.actor.account_id});
    return page;
}

std::string quota_text(TaskDetail const& page) {
    std::string text;
    for (Quota const& quota : quotas_of(page.task.quota)) {
        std::string const key = "plan.quota." + quota.key;
        bool const known = i18n::has_message(page.context.language, key);
        if (!text.empty()) text += page.t("plan.list_comma");
        text += known ? page.context.t(key, {quota.amount}) : quota.key + " " + quota.amount;
    }
    return text;
}

void or_open(Out& out, TaskDetail const& page, std::string const& text) {
    if (text.empty())
        open_mark(out, page.context);
    else
        out << text;
}

void facts(Out& out, TaskDetail const& page) {
    Task const& task = page.task;
    auto const section_of = std::ranges::find(page.sections, task.section, &Section::code);
    std::string const deliverables = page.context.language == i18n::Language::en
                                         ? task.deliverables_en
                                         : shown_title(page.context, task.deliverables_zh, "");
    std::string const quota = quota_text(page);
    out << dl(cls("facts"), [&] {
        out << dt(page.t("plan.task.state")) << dd([&] {
            state_badge(out, page.context, task.state);
            out << " ";
            percent_bar(out, page.context, task.percent);
        });
        out << dt(page.t("plan.task.lead_unit")) << dd([&] { or_open(out, page, task.lead_unit); });
        out << dt(page.t("plan.coop_units")) << dd([&] { or_open(out, page, join(parts_of(task.coop_units), "、")); });
        out << dt(page.t("plan.task.due")) << dd([&] { due_text(out, page.context, task.state, task.due); });
        out << dt(page.t("plan.place")) << dd(place_names(page.context, page.places, task.places));
        if (section_of != page.sections.end())
            out << dt(page.t("plan.task.section"))
                << dd(section_of->number, " ", shown_title(page.context, section_of->title_zh, section_of->title_en));
        if (!quota.empty())
            out << dt(page.t("plan.task.quota"))
                << dd(quota,
                      when(task.soft, [&] { return parts(" ", span(cls("badge muted"), page.t("plan.task.soft"))); }));
        out << dt(page.t("plan.deliverables")) << dd(ul([&] {
            for (std::string_view const line : split_text(deliverables, '\n'))
                if (!trim(line).empty()) out << li(trim(line));
        }));
        out << dt(page.t("plan.task.status"))
            << dd(page.t("plan.task.status." + std::string{name_of(task.status)}),
                  when(task.status == Origin::derived_from_body_text,
                       [&] { return parts(" ", small(cls("hint"), page.t("plan.derived.hint"))); }));
    });
}

void milestones(Out& out, TaskDetail const& page) {
    if (page.milestones.empty()) return;
    out << section(h2(page.t("plan.milestone.plural")), ol(cls("timeline"), [&] {
                       for (Milestone const& one : page.milestones)
                           out << li(time(one.year), " ", [&] {
                               or_open(out, page, one.text);
                               if (page.context.may("plan.definition.edit"))
                                   out << " "
                                       << a(cls("button quiet small"),
                                            href(Url::path("/milestones", one.id.text, "edit")), page.t("plan.fill_in"),
                                            span(cls("visually-hidden"), " ", one.year));
                           });
                   }));
}

void indicator_tiles(Out& out, TaskDetail const& page) {
    if (page.cards.empty()) return;
    out << section(h2(page.t("plan.linked_indicators")), ul(cls("tiles"), [&] {
                       for (indicators::Card const& card : page.cards)
                           out << li(article(
                               cls(card.actual ? "tile" : "tile muted"),
                               h3(a(href(Url::path("/indicators", card.indicator.code)),
                                    indicators::name_of(page.context.language, card.indicator))),
                               [&] {
                                   if (card.actual)
                                       out << p(cls("tile-figure"),
                                                indicators::value_text(page.context, card.indicator, card.actual->value,
                                                                       card.actual->approximate));
                                   else
                                       out << p(cls("tile-nothing"), page.t("plan.no_data"));
                                   if (card.progress)
                                       out << progress(max(100), value(std::clamp(*card.progress * 100, 0.0, 100.0)),
                                                       aria_label(page.t("plan.task.percent")));
                                   out << p(cls("tile-meta"),
                                            span(place_names(page.context, page.places, card.target.place)),
                                            span(card.target.value
                                                     ? page.context.t("plan.target", {target_text(page.context, card)})
                                                     : std::string{page.t("plan.open")}));
                               }));
                   }));
}

void entries(Out& out, TaskDetail const& page) {
    out << section(h2(page.t("plan.progress")), [&] {
        if (page.entries.empty()) {
            out << p(cls("hint"), page.t("plan.progress.none"));
            return;
        }
        out << ol(cls("timeline"), [&] {
            for (ProgressEntry const& one : page.entries)
                out << li(time(datetime(to_text(one.day)), date_text(page.context, one.day)), " ",
                          strong(page.context.t("plan.percent", {number(page.context, one.percent)})), p(one.text),
                          [&] {
                              if (!page.inside) return;
                              out << p(cls("hint"), one.entered_by_name);
                              evidence_list(out, page.context, progress_evidence, one.id.text, "/evidence");
                          });
        });
    });
}

void progress_form(Out& out, TaskDetail const& page) {
    using enum TaskState;
    TaskState const state = page.task.state;
    if (!page.reporter || state == drafted || state == closed || state == suspended) return;
    out << details(cls("card"), open(page.error != nullptr), summary(page.t("plan.progress.enter")), [&] {
        open_form(out, page.context, page.path("/progress"), "form", true);
        input_field(out, page.context,
                    {.field = "day",
                     .label = page.t("plan.progress_entry.day"),
                     .type = "date",
                     .value = page.kept("day", to_text(page.context.today())),
                     .required = true,
                     .problems = page.problems()});
        input_field(out, page.context,
                    {.field = "percent",
                     .label = page.t("plan.progress_entry.percent"),
                     .value = page.kept("percent", std::to_string(page.task.percent)),
                     .required = true,
                     .problems = page.problems()});
        text_field(out, page.context,
                   {.field = "text",
                    .label = page.t("plan.progress_entry.text"),
                    .value = page.kept("text", ""),
                    .required = true,
                    .problems = page.problems()},
                   4);
        input_field(out, page.context,
                    {.field = "evidence",
                     .label = page.t("plan.evidence"),
                     .type = "file",
                     .hint = page.t("plan.evidence.hint"),
                     .problems = page.problems()});
        end_form(out, page.t("plan.progress.send"));
    });
}

void comments(Out& out, TaskDetail const& page) {
    out << section(h2(page.t("plan.comments")), [&] {
        out << ol(cls("timeline"), [&] {
            for (Comment const& one : page.comments)
                out << li(
                    time(datetime(to_text(one.entered_at)), i18n::format_time(page.context.language, one.entered_at)),
                    " ", strong(one.entered_by_name), p(one.text));
        });
        open_form(out, page.context, page.path("/comments"), "form");
        out << div(cls("field"), label(for_("comment"), page.t("plan.comment.text")),
                   textarea(id("comment"), name("text"), rows(2), required(true), maxlength(2000)));
        end_form(out, page.t("plan.comments.send"));
    });
}

void notices(Out& out, TaskDetail const& page) {
    if (page.notices.empty() && !page.supervisor) return;
    out << section(cls("card"), h2(page.t("plan.notice.plural")), [&] {
        for (SupervisionNotice const& one : page.notices) {
            auto const clock = clock_of(one, page.pauses, *page.context.services.working_days(), page.context.today());
            out << article(id("notice-" + one.id.text), p(one.text), p([&] {
                               clock_text(out, page.context, one, clock);
                               out << " " << page.context.t("plan.notice.due_on", {date_text(page.context, clock.due)});
                           }),
                           when(!one.answer.empty(), [&] { return blockquote(one.answer); }), [&] {
                               flow_buttons(out, page.context, SupervisionNotice::flow,
                                            offers_for(page.context, one, page.task),
                                            "/supervision-notices/" + one.id.text);
                           });
        }
        if (!page.supervisor) return;
        auto const term = term_on(page.context.reader(), TermKind::supervision_answer, page.context.today(), 10);
        out << details(summary(page.t("plan.notice.issue")), [&] {
            open_form(out, page.context, page.path("/notices"), "form");
            out << div(cls("field"), label(for_("notice-text"), page.t("plan.notice.text")),
                       textarea(id("notice-text"), name("text"), rows(3), required(true), maxlength(1000)));
            out << div(cls("field"), label(for_("notice-days"), page.t("plan.notice.days")),
                       when(!term.confirmed, [&] { return p(cls("hint"), page.t("plan.term.unconfirmed")); }),
                       input(id("notice-days"), name("days"), inputmode("numeric"), value(term.days)));
            end_form(out, page.t("plan.notice.issue"));
        });
    });
}

void assign_form(Out& out, TaskDetail const& page) {
    if (!page.editor) return;
    out << details(cls("card"), open(page.error != nullptr || page.task.lead_unit.empty()),
                   summary(page.t("plan.assign")), [&] {
                       open_form(out, page.context, page.path("/assign"), "form");
                       out << input(type("hidden"), name("version"), value(page.task.version));
                       input_field(out, page.context,
                                   {.field = "lead_unit",
                                    .label = page.t("plan.task.lead_unit"),
                                    .hint = page.t("plan.unit.hint"),
                                    .value = page.kept("lead_unit", page.task.lead_unit),
                                    .required = true,
                                    .problems = page.problems()});
                       text_field(out, page.context,
                                  {.field = "coop_units",
                                   .label = page.t("plan.task.coop_units"),
                                   .value = page.kept("coop_units", join(parts_of(page.task.coop_units), "\n")),
                                   .problems = page.problems()},
                                  2);
                       input_field(out, page.context,
                                   {.field = "due",
                                    .label = page.t("plan.task.due"),
                                    .type = "date",
                                    .value = page.kept("due", page.task.due ? to_text(*page.task.due) : ""),
                                    .problems = page.problems()});
                       end_form(out, page.t("resource.save"));
                   });
}

void side(Out& out, TaskDetail const& page) {
    auto const offers = offers_for(page.context, page.task);
    if (!offers.empty())
        out << section(cls("card"), h2(page.t("plan.next_steps")),
                       [&] { flow_buttons(out, page.context, Task::flow, offers, page.path()); });
    assign_form(out, page);
    if (page.inside) notices(out, page);
}

std::string actions(TaskDetail const& page) {
    Out out{512};
    if (page.context.actor.signed_in()) {
        open_form(out, page.context, page.path("/follow"), "inline");
        out << input(type("hidden"), name("on"), value(page.follows ? "false" : "true"))
            << button(cls("button"), type("submit"), page.t(page.follows ? "plan.unfollow" : "plan.follow"));
        out.raw("</form>");
    }
    if (page.editor)
        out << a(cls("button"), href(Url::path("/tasks", page.task.id.text, "edit")), page.t("resource.edit"));
    return out.take();
}

http::Reply reply_for(TaskDetail const& page) {
    html::Page frame{.title = shown_title(page.context, page.task.title_zh, page.task.title_en),
                     .crumbs = {{std::string{page.t("plan.task.plural")}, "/tasks?plan=" + page.task.plan}},
                     .actions = actions(page),
                     .wide = true};
    frame.title = page.task.code + " " + frame.title;
    if (page.error) frame.status = http::status_of(page.error->refusal);
    return render(page.context, frame, [&](Out& out) {
        if (page.error) error_summary(out, page.context, *page.error, "plan.task");
        out << div(cls("split"), div([&] {
                       facts(out, page);
                       indicator_tiles(out, page);
                       milestones(out, page);
                       progress_form(out, page);
                       entries(out, page);
                       if (page.inside) comments(out, page);
                       if (page.inside) resource::history_part(out, page.context, Task::meta, page.task.id.text);
                   }),
                   div([&] { side(out, page); }));
    });
}

} // namespace

http::Reply task_page(Context& context, http::Request& request) {
    auto task = task_named(context.reader(), request.parameter("id"));
    if (!task) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    if (is_id(request.parameter("id"))) {
        auto const done = request.query_value("done");
        return http::see_other("/tasks/" + http::percent_encode(task->code) +
                               (done ? "?done=" + http::percent_encode(*done) : ""));
    }
    return reply_for(load(context, *std::move(task)));
}

http::Reply task_page_with(Context& context, http::Request& request, Error const& error) {
    auto task = task_named(context.reader(), request.parameter("id"));
    bool const form_again = error.refusal == Refusal::invalid || error.refusal == Refusal::stale;
    if (!task || !form_again || request.wants_json()) return refusal(context, request, error);
    TaskDetail page = load(context, *std::move(task));
    page.error = &error;
    page.typed = &request;
    return reply_for(page);
}

} // namespace sangu::plan
