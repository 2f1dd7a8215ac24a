#include "base/text.h"
#include "modules/rights/numbers.h"
#include "modules/rights/service.h"
#include "modules/rights/shares.h"

#include <algorithm>
#include <set>

namespace sangu::rights {

namespace {

void check_dates(Right const& right, Date today, Problems& problems) {
    auto const check = [&](std::optional<Date> const& date, std::string_view field) {
        if (date && *date > today) problems.push_back({std::string{field}, "rights.error.future", {}});
        if (date && year_of(*date) < 1850) problems.push_back({std::string{field}, "rights.error.too_early", {}});
    };
    check(right.application_date, "application_date");
    check(right.publication_date, "publication_date");
    check(right.grant_date, "grant_date");
    if (right.declared_expiry && year_of(*right.declared_expiry) > year_of(today) + 120)
        problems.push_back({"declared_expiry", "rights.error.too_late", {}});
}

void check_names(RightRecord& record, Problems& problems) {
    std::set<std::string> seen;
    for (Holder& holder : record.holders) {
        holder.name = std::string{trim(holder.name)};
        if (!seen.insert(holder.name).second) problems.push_back({"holder_name", "rights.holder.twice", {holder.name}});
        if (count_characters(holder.name) > 200) problems.push_back({"holder_name", "error.too_long", {"200"}});
    }
    if (record.holders.empty()) problems.push_back({"holder_name", "rights.holder.none", {}});
    if (record.holders.size() > 100 || record.inventors.size() > 100)
        problems.push_back({"holder_name", "rights.holder.too_many", {}});
    for (Inventor& inventor : record.inventors) {
        inventor.name = std::string{trim(inventor.name)};
        if (count_characters(inventor.name) > 100) problems.push_back({"inventors", "error.too_long", {"100"}});
    }
}

void check_classes(RightRecord& record, Problems& problems) {
    std::set<std::pair<Scheme, std::string>> seen;
    std::erase_if(record.classes, [&](Classification& one) {
        if (one.scheme == Scheme::ipc || one.scheme == Scheme::cpc) {
            auto tidied = tidy_ipc(one.symbol);
            if (!tidied) {
                problems.push_back({"classes", "rights.number.class", {}});
                return false;
            }
            one.symbol = *std::move(tidied);
        }
        return !seen.emplace(one.scheme, one.symbol).second;
    });
}

// Holders that are in the register of organisations; the first of them gives the right its scope and city.
void link_holders(db::Session& session, RightRecord& record) {
    record.right.scope = "zone";
    record.right.city.clear();
    bool first = true;
    for (Holder& holder : record.holders) {
        auto const card = registry::find_organisation(session, holder.name);
        holder.organisation_id.reset();
        if (!card) continue;
        holder.organisation_id = card->id;
        holder.name = card->name;
        if (!std::exchange(first, false)) continue;
        record.right.scope = card->scope;
        auto const parts = split_text(card->scope, '/');
        if (parts.size() > 1 && parts[0] == "zone") record.right.city = std::string{parts[1]};
    }
}

void check_twins(db::Session& session, Right const& right, Problems& problems) {
    auto const check = [&](std::optional<std::string> const& number, std::string_view column) {
        if (!twin_of(session, right, column, number).empty())
            problems.push_back({std::string{column}, "rights.error.twin", {*number}});
    };
    check(right.application_number, "application_number");
    check(right.publication_number, "publication_number");
    check(right.grant_number, "grant_number");
}

} // namespace

Rulebook rulebook(db::Session& session) { return {term_rules(session), fee_rules(session)}; }

Result<void> complete(Context& context, db::Session& session, RightRecord& record, Rulebook const& rules) {
    Right& right = record.right;
    Date const today = context.today();
    right.checked_on = today;
    right.title = std::string{trim(right.title)};
    Problems problems;
    check_numbers(right, problems);
    check_dates(right, today, problems);
    check_names(record, problems);
    check_classes(record, problems);
    link_holders(session, record);
    if (problems.empty()) check_twins(session, right, problems);
    right.expires_on = expiry_of(right, rules.terms);
    if (right.expires_on && *right.expires_on <= today && !has_ended(right.legal_status))
        right.legal_status = LegalStatus::expired;
    right.next_fee_due = next_fee_due(right, rules.fees, *context.services.working_days(), today);
    if (right.disclosure == Disclosure::undisclosed && right.publication_date && *right.publication_date <= today)
        problems.push_back({"disclosure", "rights.error.published", {}});
    for (Problem& wrong : entity::validate(right)) problems.push_back(std::move(wrong));
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

} // namespace sangu::rights
