#include "base/text.h"
#include "modules/rights/numbers.h"
#include "modules/rights/pages.h"

#include <algorithm>

namespace sangu::rights {

using namespace html;

namespace {

constexpr int rows_max = 200;
constexpr int fresh_days = 180, fee_days = 90;

std::vector<Right> rights_of_any(Context& context, std::vector<registry::OrganisationCard> const& own) {
    std::vector<Right> found;
    std::string marks;
    std::vector<Value> values;
    for (registry::OrganisationCard const& card : own) {
        marks += marks.empty() ? "?" : ", ?";
        values.emplace_back(card.id.text);
    }
    values.emplace_back(std::int64_t{rows_max});
    Right one;
    entity::each(context.reader(), Right::meta, &one,
                 "where id in (select right_id from rights_holder where organisation_id in (" + marks +
                     ")) order by coalesce(next_fee_due, '9999-12-31'), id desc limit ?",
                 db::Parameters{values}, [&] { found.push_back(one); });
    return found;
}

// What needs somebody's attention about a right, most pressing first.
std::vector<std::pair<std::string, std::string_view>> attention(Context const& context, Right const& right) {
    std::vector<std::pair<std::string, std::string_view>> notes;
    Date const today = context.today();
    if (right.next_fee_due && *right.next_fee_due < today)
        notes.emplace_back(context.t("rights.mine.fee_late", {date_text(context, *right.next_fee_due)}), "bad");
    else if (right.next_fee_due && *right.next_fee_due - today <= fee_days)
        notes.emplace_back(context.t("rights.mine.fee_soon", {date_text(context, *right.next_fee_due)}), "warn");
    if (right.expires_on && !has_ended(right.legal_status) && *right.expires_on - today <= 365)
        notes.emplace_back(context.t("rights.mine.ends", {date_text(context, *right.expires_on)}), "warn");
    if (!has_ended(right.legal_status) && today - right.checked_on > fresh_days)
        notes.emplace_back(std::string{context.t("rights.mine.confirm")}, "info");
    if (!right.application_number && !right.grant_number && is_patent(right.kind))
        notes.emplace_back(std::string{context.t("rights.mine.no_number")}, "info");
    return notes;
}

void row_of(Out& out, Context const& context, Right const& right) {
    out << tr(
        th(scope("row"), a(href(Url::path("/rights", right.id.text)), right.title),
           when(right.disclosure == Disclosure::undisclosed,
                [&] { return parts(" ", span(cls("badge warn"), context.t("rights.right.disclosure.undisclosed"))); }),
           div(cls("hint"), context.t("rights.right.kind." + std::string{name_of(right.kind)}), " ",
               span(cls("mono nowrap"), main_number(right)))),
        td([&] { status_badge(out, context, right.legal_status); }),
        td([&] { state_badge(out, context, right.encumbrance); }), td([&] {
            auto const notes = attention(context, right);
            if (notes.empty()) out << span(cls("muted"), context.t("rights.mine.nothing"));
            for (auto const& [text, tone] : notes) {
                badge(out, text, tone);
                out << " ";
            }
        }));
}

} // namespace

http::Reply own_rights_page(Context& context, http::Request&) {
    auto const own = own_organisations(context);
    auto const rights = own.empty() ? std::vector<Right>{} : rights_of_any(context, own);
    std::string names;
    for (registry::OrganisationCard const& card : own) names += (names.empty() ? "" : "；") + card.name;
    html::Page const page{
        .title = std::string{context.t("rights.mine.title")},
        .lead = names,
        .crumbs = {{std::string{context.t("rights.right.plural")}, "/rights"}},
        .actions = own.empty() ? std::string{}
                               : markup(a(cls("button primary"), href("/rights/new"), context.t("rights.right.new")))};
    return render(context, page, [&](Out& out) {
        if (own.empty()) {
            empty_state(out, context.t("rights.mine.no_organisation"), context.t("rights.mine.no_organisation_hint"),
                        "/organisations", context.t("registry.organisation.plural"));
            return;
        }
        if (rights.empty()) {
            empty_state(out, context.t("rights.empty"), context.t("rights.mine.empty_hint"), "/rights/new",
                        context.t("rights.right.new"));
            return;
        }
        auto const waiting =
            std::ranges::count_if(rights, [&](Right const& one) { return !attention(context, one).empty(); });
        out << p(cls("list-count"), context.t("rights.mine.count", {number_text(context, std::ssize(rights)),
                                                                    number_text(context, waiting)}));
        auto const heading = [&](std::string_view key) { return th(scope("col"), context.t(key)); };
        out << div(cls("table-wrap"), role("region"), tabindex(0), aria_label(context.t("rights.mine.title")),
                   table(cls("table"),
                         thead(tr(heading("rights.right.title"), heading("rights.right.legal_status"),
                                  heading("rights.right.encumbrance"), heading("rights.mine.attention"))),
                         tbody([&] {
                             for (Right const& right : rights) row_of(out, context, right);
                         })));
    });
}

} // namespace sangu::rights
