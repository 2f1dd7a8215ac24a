#include "base/text.h"
#include "base/time_zone.h"
#include "modules/rights/right_view.h"
#include "modules/rights/shares.h"

#include <algorithm>

namespace sangu::rights {

using namespace html;

namespace {

struct Moment {
    Date day;
    std::string text;
};

std::vector<Moment> moments_of(RightView const& view) {
    Right const& right = view.right();
    std::vector<Moment> all;
    auto const add = [&](std::optional<Date> const& day, std::string_view key) {
        if (day) all.push_back({*day, std::string{view.t(key)}});
    };
    add(right.application_date, "rights.timeline.application");
    add(right.publication_date, "rights.timeline.publication");
    add(right.grant_date, "rights.timeline.grant");
    add(right.expires_on, "rights.timeline.expiry");
    if (Fee const* const fee = next_fee(view.fees)) add(fee->pay_by, "rights.timeline.fee");
    for (Encumbrance const& one : view.encumbrances) {
        std::string const kind{view.t("rights.encumbrance.kind." + std::string{name_of(one.kind)})};
        all.push_back({one.since, view.context.t("rights.timeline.taken", {kind, one.holder_name})});
        if (one.released_at)
            all.push_back(
                {local_date(*one.released_at), view.context.t("rights.timeline.released", {kind, one.holder_name})});
    }
    std::ranges::stable_sort(all, std::less{}, &Moment::day);
    return all;
}

std::string reason_text(Context const& context, std::string const& stored) {
    return stored.starts_with("rights.release.") ? std::string{context.t(stored)} : stored;
}

void law_text(Out& out, Context const& context, std::string const& law, bool confirmed) {
    if (!law.empty()) out << " " << span(cls("hint"), law);
    if (!confirmed) unconfirmed_mark(out, context);
}

} // namespace

void timeline_part(Out& out, RightView const& view) {
    auto const moments = moments_of(view);
    if (moments.empty()) return;
    Date const today = view.context.today();
    out << section(h2(view.t("rights.timeline.title")), ol(cls("timeline"), [&] {
                       for (Moment const& one : moments)
                           out << li(time(datetime(to_text(one.day)), date_text(view.context, one.day)), " ", one.text,
                                     when(one.day > today, [&] {
                                         return parts(" ", span(cls("hint"), view.t("rights.timeline.ahead")));
                                     }));
                   }));
}

void encumbrances_part(Out& out, RightView const& view) {
    out << section(id("encumbrances"), h2(view.t("rights.encumbrance.title")), [&] {
        if (view.encumbrances.empty()) {
            out << p(
                view.t(has_ended(view.right().legal_status) ? "rights.encumbrance.ended" : "rights.encumbrance.none"));
            return;
        }
        auto const heading = [&](std::string_view key) { return th(scope("col"), view.t(key)); };
        out << div(
            cls("table-wrap"), role("region"), tabindex(0), aria_label(view.t("rights.encumbrance.title")),
            table(
                cls("table"),
                thead(tr(heading("rights.encumbrance.kind"), heading("rights.encumbrance.holder_name"),
                         heading("rights.encumbrance.since"), heading("rights.encumbrance.until"),
                         heading("rights.encumbrance.state"))),
                tbody([&] {
                    for (Encumbrance const& one : view.encumbrances)
                        out << tr(
                            th(scope("row"), view.t("rights.encumbrance.kind." + std::string{name_of(one.kind)}),
                               when(view.editable, [&] { return div(cls("hint"), one.reason); })),
                            td([&] {
                                if (one.holder_id)
                                    out << a(href(Url::path("/organisations", one.holder_id->text)), one.holder_name);
                                else
                                    out << span(one.holder_name);
                            }),
                            td(cls("nowrap"), date_text(view.context, one.since)),
                            td(cls("nowrap"), one.until ? date_text(view.context, *one.until)
                                                        : std::string{view.t("rights.encumbrance.open_end")}),
                            td([&] {
                                if (one.released_at) {
                                    badge(out, view.t("rights.encumbrance.released"), "muted");
                                    out << div(cls("hint"), i18n::format_time(view.context.language, *one.released_at),
                                               " ", reason_text(view.context, one.release_reason.value_or("")));
                                    return;
                                }
                                badge(out, view.t("rights.encumbrance.live"), "info");
                                if (!view.editable || one.source != entered_source) return;
                                std::string const field = "reason-" + one.id.text;
                                out << details(summary(view.t("rights.encumbrance.release")), [&] {
                                    open_form(out, view.context,
                                              view.path() + "/encumbrances/" + one.id.text + "/release");
                                    out << div(cls("field"),
                                               label(for_(field), view.t("rights.encumbrance.release_reason")),
                                               input(id(field), name("reason"), required(true), maxlength(300)))
                                        << button(cls("button"), type("submit"), view.t("rights.encumbrance.release"));
                                    out.raw("</form>");
                                });
                            }));
                })));
    });
}

void obstacle_text(Out& out, Context const& context, Obstacle const& obstacle) {
    out << i18n::message(context.language, obstacle.key, obstacle.arguments);
    law_text(out, context, obstacle.law, obstacle.confirmed);
}

void freedom_part(Out& out, RightView const& view) {
    if (has_ended(view.right().legal_status)) return;
    auto const live = view.live();
    RightFacts const facts{view.right(), static_cast<int>(view.record.holders.size()), view.in_arrears(), live};
    out << section(h2(view.t("rights.freedom.title")), p(cls("hint"), view.t("rights.freedom.lead")),
                   ul(cls("card-list"), [&] {
                       for (Choice const& one : choices_of(EncumbranceKind{})) {
                           EncumbranceRequest request;
                           request.kind = static_cast<EncumbranceKind>(one.value);
                           if (request.kind == EncumbranceKind::dispute) continue;
                           auto const found = obstacles_of(facts, view.freedom, request, view.context.today());
                           bool const curable = std::ranges::all_of(found, &Obstacle::curable);
                           out << li(strong(view.t("rights.encumbrance.kind." + std::string{one.name})), " ", [&] {
                               badge(out,
                                     view.t(found.empty() ? "rights.freedom.free"
                                            : curable     ? "rights.freedom.consent"
                                                          : "rights.freedom.blocked"),
                                     found.empty() ? "good"
                                     : curable     ? "warn"
                                                   : "bad");
                               if (found.empty()) return;
                               out << ul([&] {
                                   for (Obstacle const& obstacle : found)
                                       out << li([&] { obstacle_text(out, view.context, obstacle); });
                               });
                           });
                       }
                   }));
}

namespace {

std::string_view tone_of(FeeState state) {
    switch (state) {
    case FeeState::paid: return "good";
    case FeeState::due_soon:
    case FeeState::grace: return "warn";
    case FeeState::overdue: return "bad";
    default: return "muted";
    }
}

std::string_view key_of(FeeState state) {
    switch (state) {
    case FeeState::paid: return "rights.fee.paid";
    case FeeState::future: return "rights.fee.future";
    case FeeState::due_soon: return "rights.fee.due_soon";
    case FeeState::grace: return "rights.fee.grace";
    case FeeState::overdue: return "rights.fee.overdue";
    case FeeState::unknown: return "rights.fee.unknown";
    }
    return "rights.fee.unknown";
}

void fee_row(Out& out, RightView const& view, Fee const& fee) {
    out << tr(th(scope("row"), fee.year), td(cls("nowrap"), date_text(view.context, fee.pay_by)),
              td(cls("nowrap"), date_text(view.context, fee.grace_ends)),
              td(cls("num"),
                 [&] {
                     if (!fee.rule) {
                         out << span(cls("muted"), view.t("rights.fee.no_rule"));
                         return;
                     }
                     out << money_text(view.context, fee.rule->amount);
                     if (!fee.rule->confirmed) unconfirmed_mark(out, view.context);
                     if (fee.state == FeeState::grace)
                         out << div(cls("hint"),
                                    view.context.t("rights.fee.surcharge", {money_text(view.context, fee.surcharge),
                                                                            std::to_string(fee.grace_month)}));
                 }),
              td([&] { badge(out, view.t(key_of(fee.state)), tone_of(fee.state)); }));
}

} // namespace

void pay_form(Out& out, Context const& context, std::string_view path, std::span<Fee const> fees,
              http::Pairs const& typed, Problems const& problems) {
    Fee const* const next = next_fee(fees);
    open_form(out, context, std::string{path} + "/fees");
    auto const field = [&](std::string_view name, std::string text) {
        for (auto const& [field_name, entered] : typed)
            if (field_name == name) text = entered;
        form_field(out, context, FeePayment::meta, *FeePayment::meta.find(name), text, problems);
    };
    field("fee_year", next ? std::to_string(next->year) : "");
    field("paid_on", to_text(context.today()));
    field("amount", next && next->rule ? to_text(next->rule->amount) : "");
    field("surcharge", next ? to_text(next->surcharge) : "0");
    field("receipt", "");
    out << button(cls("button"), type("submit"), context.t("rights.fee.save"));
    out.raw("</form>");
}

void fees_part(Out& out, RightView const& view) {
    if (view.fees.empty()) return;
    auto const heading = [&](std::string_view key) { return th(scope("col"), view.t(key)); };
    auto const table_of = [&](auto const& wanted) {
        return div(
            cls("table-wrap"), role("region"), tabindex(0), aria_label(view.t("rights.fee.title")),
            table(cls("table dense"),
                  thead(tr(heading("rights.fee.year"), heading("rights.fee.pay_by"), heading("rights.fee.grace_ends"),
                           heading("rights.fee.amount"), heading("rights.fee.state"))),
                  tbody([&view, &out, wanted] {
                      for (Fee const& fee : view.fees)
                          if (wanted(fee)) fee_row(out, view, fee);
                  })));
    };
    Date const soon = view.context.today() + 3 * 366;
    auto const near = [&](Fee const& fee) {
        return fee.pay_by < soon && fee.state != FeeState::paid && fee.state != FeeState::unknown;
    };
    out << section(id("fees"), h2(view.t("rights.fee.title")), [&] {
        if (!view.right().fee_year_paid) out << p(cls("note info"), view.t("rights.fee.not_recorded"));
        if (std::ranges::any_of(view.fees, near)) out << table_of(near);
        out << details(summary(view.t("rights.fee.all")), table_of([](Fee const&) { return true; }));
        if (!view.payments.empty())
            out << details(
                summary(view.t("rights.fee.payments")), ul([&] {
                    for (FeePayment const& one : view.payments)
                        out << li(view.context.t("rights.fee.payment",
                                                 {std::to_string(one.fee_year), date_text(view.context, one.paid_on),
                                                  money_text(view.context, one.amount + one.surcharge)}),
                                  " ", one.receipt.value_or(""));
                }));
        if (view.editable)
            out << details(summary(view.t("rights.fee.record")),
                           [&] { pay_form(out, view.context, view.path(), view.fees, {}, {}); });
    });
}

} // namespace sangu::rights
