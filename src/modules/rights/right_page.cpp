#include "base/text.h"
#include "modules/rights/right_view.h"
#include "modules/rights/shares.h"

#include <algorithm>

namespace sangu::rights {

using namespace html;

std::vector<Encumbrance> RightView::live() const {
    std::vector<Encumbrance> found;
    std::ranges::copy_if(encumbrances, std::back_inserter(found),
                         [](Encumbrance const& one) { return !one.released_at; });
    return found;
}

bool RightView::in_arrears() const {
    Fee const* const next = next_fee(fees);
    return right().fee_year_paid && next && (next->state == FeeState::grace || next->state == FeeState::overdue);
}

namespace {

constexpr int fresh_days = 180;

void badges(Out& out, RightView const& view) {
    Right const& right = view.right();
    out << p(cls("button-row"), [&] {
        badge(out, view.t("rights.right.kind." + std::string{name_of(right.kind)}), "muted");
        out << " ";
        status_badge(out, view.context, right.legal_status);
        out << " ";
        state_badge(out, view.context, right.encumbrance);
        if (right.disclosure == Disclosure::undisclosed) {
            out << " ";
            badge(out, view.t("rights.right.disclosure.undisclosed"), "warn");
        }
    });
    if (right.disclosure == Disclosure::undisclosed) out << div(cls("note warn"), p(view.t("rights.undisclosed_note")));
}

void fact(Out& out, RightView const& view, std::string_view field, std::string_view text) {
    if (text.empty()) return;
    out << dt(view.t("rights.right." + std::string{field})) << dd(text);
}

void holders_fact(Out& out, RightView const& view) {
    out << dt(view.t("rights.right.holders")) << dd(ul(cls("plain"), [&] {
        for (Holder const& one : view.record.holders)
            out << li(
                [&] {
                    if (one.organisation_id)
                        out << a(href(Url::path("/organisations", one.organisation_id->text)), one.name);
                    else
                        out << span(one.name);
                },
                when(view.record.holders.size() > 1, [&] {
                    return parts(" ", span(cls("num"), view.context.t("rights.percent", {share_text(one.share_ppm)})));
                }));
    }));
}

void expiry_fact(Out& out, RightView const& view) {
    Right const& right = view.right();
    out << dt(view.t("rights.right.expires_on"));
    if (!right.expires_on) {
        out << dd(cls("muted"), view.t("rights.no_computed_end"));
        return;
    }
    auto const term = right.declared_expiry ? std::nullopt : term_of(right, view.term_rules);
    out << dd(time(datetime(to_text(*right.expires_on)), date_text(view.context, *right.expires_on)), " ", [&] {
        if (right.declared_expiry) out << span(cls("hint"), view.t("rights.declared_end"));
        if (!term) return;
        out << span(cls("hint"),
                    view.context.t("rights.computed_end", {std::to_string(term->rule->years), term->rule->law}));
        if (!term->rule->confirmed) unconfirmed_mark(out, view.context);
    });
}

void facts_part(Out& out, RightView const& view) {
    Right const& right = view.right();
    out << dl(cls("facts"), [&] {
        for (std::string_view const field :
             {"country", "application_number", "publication_number", "grant_number", "docket"}) {
            entity::FieldMeta const* meta = Right::meta.find(field);
            fact(out, view, field, entity::to_plain_text(*meta, meta->load(&right)));
        }
        holders_fact(out, view);
        fact(out, view, "inventors", right.inventors);
        if (!view.record.classes.empty() || right.main_class) {
            std::string text = right.main_class.value_or("");
            for (Classification const& one : view.record.classes)
                if (one.symbol != right.main_class)
                    text +=
                        (text.empty() ? "" : "；") +
                        (one.scheme == Scheme::ipc
                             ? std::string{}
                             : std::string{view.t("rights.classification.scheme." + std::string{name_of(one.scheme)})} +
                                   " ") +
                        one.symbol;
            fact(out, view, "main_class", text);
        }
        expiry_fact(out, view);
        if (!view.family.empty())
            out << dt(view.t("rights.right.family")) << dd(ul(cls("plain"), [&] {
                for (RightCard const& card : view.family)
                    out << li(a(href(Url::local(card.path())), card.number.empty() ? card.title : card.number));
            }));
        if (!view.projects.empty())
            out << dt(view.t("rights.project.in")) << dd(ul(cls("plain"), [&] {
                for (Project const& one : view.projects)
                    out << li(a(href(Url::path("/right-projects", one.id.text)), one.title));
            }));
        fact(out, view, "source", right.source.value_or(""));
    });
    if (right.summary) out << h2(view.t("rights.right.summary")) << p(cls("prewrap"), *right.summary);
}

void freshness_part(Out& out, RightView const& view) {
    Right const& right = view.right();
    int const age = view.context.today() - right.checked_on;
    out << div(cls(age <= fresh_days ? "note info" : "note warn"), [&] {
        out << p(view.context.t(age <= fresh_days ? "rights.checked" : "rights.checked_long_ago",
                                {date_text(view.context, right.checked_on), std::to_string(age)}));
        if (!view.editable) return;
        open_form(out, view.context, view.path() + "/confirm", "inline");
        out << button(cls("button small"), type("submit"), view.t("rights.confirm"));
        out.raw("</form>");
    });
}

std::vector<RightCard> family_of(Context& context, Right const& right) {
    if (!right.family) return {};
    std::vector<std::string> ids;
    context.reader().query("select id from rights_right where family = ? and id <> ? order by id limit 50",
                           {*right.family, right.id.text}, [&](db::Row const& row) { ids.emplace_back(row.text(0)); });
    return cards(context, ids);
}

std::string heading_actions(RightView const& view) {
    if (!view.editable) return {};
    return markup(a(cls("button"), href(Url::local(view.path() + "/edit")), view.t("resource.edit")),
                  a(cls("button"), href(Url::local(view.path() + "/encumbrances")), view.t("rights.encumbrance.new")));
}

} // namespace

http::Reply right_page(Context& context, http::Request& request) {
    auto const right = visible_right(context, request.parameter("id"));
    if (!right) return refusal(context, request, right.error());
    db::Session& session = context.reader();
    RightView view{context,
                   parts_of(session, *right),
                   may_edit(context, *right),
                   all_encumbrances(session, right->id.text),
                   term_rules(session),
                   freedom_rules(session),
                   {}};
    if (context.services.working_days())
        view.fees = fees_of(*right, fee_rules(session), *context.services.working_days(), context.today());
    if (view.editable) view.payments = payments_of(session, right->id.text);
    view.family = family_of(context, *right);
    view.projects = projects_of(session, right->id.text);
    bool const english = context.language == i18n::Language::en && right->title_en;
    html::Page const page{.title = english ? *right->title_en : right->title,
                          .lead = main_number(*right),
                          .crumbs = {{std::string{context.t("rights.right.plural")}, "/rights"}},
                          .actions = heading_actions(view)};
    return render(context, page, [&](Out& out) {
        badges(out, view);
        facts_part(out, view);
        timeline_part(out, view);
        encumbrances_part(out, view);
        freedom_part(out, view);
        fees_part(out, view);
        freshness_part(out, view);
        if (view.editable) resource::history_part(out, context, Right::meta, right->id.text);
    });
}

http::Reply confirm_post(Context& context, http::Request& request) {
    auto const done = confirm_right(context, request.parameter("id"));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/rights/" + std::string{request.parameter("id")} + "?done=done.saved");
}

} // namespace sangu::rights
