#include "base/text.h"
#include "kernel/resource/pages.h"
#include "modules/facts/pages.h"
#include "modules/facts/service.h"

#include <algorithm>

namespace sangu::facts {

using namespace html;

namespace {

constexpr std::string_view entered[] = {"staff",     "rd_staff",    "revenue",   "main_revenue",  "high_tech_income",
                                        "cost",      "rd_spend",    "assets",    "net_assets",    "liabilities",
                                        "tax",       "exports",     "class_one", "class_one_own", "class_one_high",
                                        "class_two", "conversions", "source"};

std::string_view tone_of(FiguresState state) {
    if (state == FiguresState::approved) return "good";
    return state == FiguresState::submitted ? "info" : state == FiguresState::returned ? "warn" : "muted";
}

void state_badge(Out& out, Context const& context, FiguresState state) {
    badge(out, context.t("facts.figures.state." + std::string{name_of(state)}), tone_of(state));
}

std::string typed(http::Request const& request, std::string_view field) {
    return std::string{trim(request.form_value(field).value_or(""))};
}

std::string base_path(std::string_view organisation) {
    return "/organisations/" + std::string{organisation} + "/figures";
}

std::string shown(Context const& context, Figures const& one, std::string_view name) {
    entity::FieldMeta const& field = *Figures::meta.find(name);
    return resource::shown(context, Figures::meta, field, field.load(&one), {});
}

Page frame(Context const& context, registry::OrganisationCard const& organisation, std::string title) {
    return {.title = std::move(title),
            .crumbs = {{organisation.name, "/organisations/" + organisation.id.text},
                       {std::string{context.t("facts.title")}, base_path(organisation.id.text)}}};
}

void years_table(Out& out, Context const& context, std::vector<Figures> const& all) {
    auto const row = [&](Figures const& one) {
        std::string const path = base_path(one.organisation_id.text) + "/" + std::to_string(one.year);
        return tr(th(scope("row"), a(href(Url::local(path)), one.year)),
                  td([&](Out& cell) { state_badge(cell, context, one.state); }),
                  td(cls("num"), shown(context, one, "staff")), td(cls("num"), shown(context, one, "revenue")),
                  td(cls("num"), shown(context, one, "rd_spend")), td(one.source));
    };
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("facts.title")),
               table(cls("table"),
                     thead(tr(th(scope("col"), context.t("facts.figures.year")),
                              th(scope("col"), context.t("facts.figures.state")),
                              th(scope("col"), cls("num"), context.t("facts.figures.staff")),
                              th(scope("col"), cls("num"), context.t("facts.figures.revenue")),
                              th(scope("col"), cls("num"), context.t("facts.figures.rd_spend")),
                              th(scope("col"), context.t("facts.figures.source")))),
                     tbody(each(all, row))));
}

// One year: what is stored, or what was typed and refused.
struct YearView {
    Context& context;
    registry::OrganisationCard organisation;
    std::int64_t year;
    std::optional<Figures> stored;
    http::Request const* request = nullptr;
    Error const* error = nullptr;

    std::string path() const { return base_path(organisation.id.text) + "/" + std::to_string(year); }
    bool closed() const {
        return stored && (stored->state == FiguresState::submitted || stored->state == FiguresState::approved);
    }
};

void entry_form(Out& out, YearView const& view) {
    Figures const shown_figures = view.stored.value_or(Figures{});
    begin_form(out, view.context, view.path());
    if (view.stored) out << input(type("hidden"), name("version"), value(view.stored->version));
    for (std::string_view const one : entered) {
        entity::FieldMeta const& field = *Figures::meta.find(one);
        auto const typed_text = view.request ? view.request->form_value(one) : std::nullopt;
        std::string const text =
            typed_text ? std::string{*typed_text} : entity::to_plain_text(field, field.load(&shown_figures));
        form_field(out, view.context, Figures::meta, field, text, view.error ? view.error->problems : Problems{});
    }
    end_form(out, view.context.t("facts.save"), base_path(view.organisation.id.text),
             view.context.t("resource.cancel"));
}

void facts_list(Out& out, YearView const& view) {
    out << dl(cls("facts"), [&] {
        for (std::string_view const one : entered) {
            std::string const text = shown(view.context, *view.stored, one);
            out << dt(view.context.t("facts.figures." + std::string{one}))
                << dd(text.empty() ? view.context.t("facts.not_given") : std::string_view{text});
        }
    });
}

void step(Out& out, YearView const& view, std::string_view action, std::string_view label_key, bool with_reason) {
    begin_form(out, view.context, view.path() + "/" + std::string{action});
    out << input(type("hidden"), name("version"), value(view.stored->version));
    if (with_reason) {
        std::string const own = "reason-" + std::string{action};
        out << div(cls("field"), label(for_(own), view.context.t("facts.figures.reason")),
                   textarea(id(own), name("reason"), rows(2), maxlength(500), required(true)));
    }
    out << button(cls(with_reason ? "button" : "button primary"), type("submit"), view.context.t(label_key));
    out.raw("</form>");
}

void steps(Out& out, YearView const& view) {
    if (!view.stored) return;
    FiguresState const state = view.stored->state;
    if (state == FiguresState::draft || state == FiguresState::returned) {
        step(out, view, "submit", "facts.submit", false);
        return;
    }
    if (state == FiguresState::approved) {
        step(out, view, "reopen", "facts.reopen", true);
        return;
    }
    if (view.stored->submitted_by == view.context.actor.account_id) {
        out << p(cls("hint"), view.context.t("facts.waits_for_second"));
        return;
    }
    step(out, view, "approve", "facts.approve", false);
    step(out, view, "return", "facts.return", true);
}

http::Reply show_year(YearView const& view) {
    Page page = frame(view.context, view.organisation, view.context.t("facts.year_title", {std::to_string(view.year)}));
    if (view.error) page.status = http::status_of(view.error->refusal);
    return render(view.context, page, [&](Out& out) {
        if (view.error && view.error->refusal == Refusal::stale && view.stored)
            resource::stale_notice(
                out, view.context, Figures::meta, &*view.stored, [&](entity::FieldMeta const& field) {
                    auto const text = view.request ? view.request->form_value(field.name) : std::nullopt;
                    return text ? std::string{*text} : entity::to_plain_text(field, field.load(&*view.stored));
                });
        else if (view.error)
            error_summary(out, view.context, *view.error, Figures::meta.name);
        if (view.stored) {
            out << p([&] { state_badge(out, view.context, view.stored->state); });
            if (!view.stored->reason.empty()) out << div(cls("note warn"), p(view.stored->reason));
        }
        if (view.closed())
            facts_list(out, view);
        else
            entry_form(out, view);
        steps(out, view);
        if (view.stored) resource::history_part(out, view.context, Figures::meta, view.stored->id.text);
    });
}

Result<YearView> view_of(Context& context, http::Request& request) {
    auto organisation = TRY(organisation_of_figures(context, request.parameter("id")));
    auto const year = parse_integer(request.parameter("year"));
    if (!year || *year < 1949 || *year > 2100) return refuse(Refusal::not_found, "error.not_found");
    auto stored = figures_of_year(context.reader(), organisation.id.text, *year);
    return YearView{context, std::move(organisation), *year, std::move(stored)};
}

Result<void> take(Context& context, Figures const& figures, std::string_view action, std::string const& reason) {
    if (action == "submit") return submit_figures(context, figures);
    if (action == "approve") return approve_figures(context, figures);
    if (action == "return") return return_figures(context, figures, reason);
    if (action == "reopen") return reopen_figures(context, figures, reason);
    return refuse(Refusal::not_found, "error.not_found");
}

// The refused form again, over what is stored now.
http::Reply again(YearView view, http::Request const& request, Error const& error) {
    view.context.refresh();
    view.stored = figures_of_year(view.context.reader(), view.organisation.id.text, view.year);
    view.request = &request;
    view.error = &error;
    return show_year(view);
}

} // namespace

// Of the organisation one speaks for.
http::Reply own_figures(Context& context, http::Request&) {
    auto const own = registry::organisations_of(context.reader(), context.actor.account_id, context.today());
    return http::see_other(own.empty() ? "/my-organisation" : base_path(own.front().id.text));
}

http::Reply figures_page(Context& context, http::Request& request) {
    auto const organisation = organisation_of_figures(context, request.parameter("id"));
    if (!organisation) return refusal(context, request, organisation.error());
    auto const all = figures_of(context.reader(), organisation->id.text);
    std::int64_t const last_year = year_of(context.today()) - 1;
    Page page{.title = std::string{context.t("facts.title")},
              .lead = std::string{context.t("facts.lead")},
              .crumbs = {{organisation->name, "/organisations/" + organisation->id.text}}};
    page.actions = markup(a(cls("button"), href(Url::path("/organisations", organisation->id.text, "scores")),
                            context.t("facts.score.title")));
    return render(context, page, [&](Out& out) {
        if (all.empty())
            empty_state(out, context.t("facts.none"), context.t("facts.none_text"),
                        base_path(organisation->id.text) + "/" + std::to_string(last_year),
                        context.t("facts.enter", {std::to_string(last_year)}));
        else
            years_table(out, context, all);
        out << h2(context.t("facts.other_year")) << ul(cls("chips"), [&] {
            for (std::int64_t year = last_year; year > last_year - 4; --year)
                out << li(a(href(Url::local(base_path(organisation->id.text) + "/" + std::to_string(year))), year));
        });
    });
}

http::Reply year_page(Context& context, http::Request& request) {
    auto const view = view_of(context, request);
    return view ? show_year(*view) : refusal(context, request, view.error());
}

http::Reply year_post(Context& context, http::Request& request) {
    auto const view = view_of(context, request);
    if (!view) return refusal(context, request, view.error());
    Figures one = view->stored.value_or(Figures{});
    one.year = view->year;
    one.version = parse_integer(typed(request, "version")).value_or(1);
    Problems problems = entity::from_form(one, request.form);
    auto const done =
        problems.empty() ? save_figures(context, view->organisation, one) : Result<void>{refuse(std::move(problems))};
    if (done) return http::see_other(view->path() + "?done=done.saved");
    return again(*view, request, done.error());
}

http::Reply step_post(Context& context, http::Request& request) {
    auto const view = view_of(context, request);
    if (!view) return refusal(context, request, view.error());
    if (!view->stored) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    Figures figures = *view->stored;
    figures.version = parse_integer(typed(request, "version")).value_or(figures.version);
    auto const done = take(context, figures, request.parameter("action"), typed(request, "reason"));
    if (done) return http::see_other(view->path() + "?done=done.saved");
    return again(*view, request, done.error());
}

http::Reply queue_page(Context& context, http::Request&) {
    auto waiting = entity::where<Figures>(context.reader(), "where state = 'submitted' order by id limit 500");
    std::erase_if(waiting, [&](Figures const& one) { return !context.may(approve_permission, one.scope); });
    std::vector<std::string> ids;
    for (Figures const& one : waiting) ids.push_back(one.organisation_id.text);
    auto const cards = registry::organisations(context.reader(), ids);
    Page const page{.title = std::string{context.t("facts.queue")}};
    return render(context, page, [&](Out& out) {
        if (waiting.empty()) empty_state(out, context.t("facts.queue_empty"), context.t("facts.queue_empty_text"));
        out << ul(cls("card-list"), each(waiting, [&](Figures const& one) {
                      auto const card = std::ranges::find(cards, one.organisation_id, &registry::OrganisationCard::id);
                      std::string const path = base_path(one.organisation_id.text) + "/" + std::to_string(one.year);
                      return li(cls("card"), a(href(Url::local(path)), card == cards.end() ? std::string{} : card->name,
                                               " ", one.year));
                  }));
    });
}

void figures_card(Out& out, Context& context, std::string_view organisation_id) {
    std::int64_t const year = year_of(context.today());
    auto const card = latest_figures(context.reader(), organisation_id, year);
    out.raw("<section class=\"card\">");
    out << h2(context.t("facts.card"));
    if (!card) {
        out << p(context.t("facts.card_none"))
            << p(a(cls("button"), href(Url::local(base_path(organisation_id))), context.t("facts.card_enter")));
    } else {
        auto const stored = figures_of_year(context.reader(), organisation_id, card->year);
        out << p(context.t("facts.card_text", {std::to_string(card->year), card->source})) << dl(cls("facts"), [&] {
            for (std::string_view const one : {"staff", "rd_staff", "revenue", "rd_spend", "assets", "tax"})
                out << dt(context.t("facts.figures." + std::string{one})) << dd(shown(context, *stored, one));
        });
        out << p(a(href(Url::local(base_path(organisation_id) + "/" + std::to_string(card->year))),
                   context.t("facts.card_correct")));
    }
    out.raw("</section>");
}

std::vector<http::Route> routes() {
    using enum http::Method;
    constexpr auto form = http::Body::form;
    return {{get, "/organisations/{id}/figures", "signed_in", figures_page},
            {get, "/organisations/{id}/figures/{year}", "signed_in", year_page},
            {post, "/organisations/{id}/figures/{year}", "signed_in", year_post, form},
            {post, "/organisations/{id}/figures/{year}/{action}", "signed_in", step_post, form},
            {get, "/organisations/{id}/scores", "signed_in", scores_page},
            {get, "/organisations/{id}/forms/{form}/{format}", "signed_in", form_download},
            {get, "/my-figures", "signed_in", own_figures},
            {get, "/yearly-figures", approve_permission, queue_page}};
}

} // namespace sangu::facts
