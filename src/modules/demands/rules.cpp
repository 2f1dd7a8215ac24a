#include "modules/demands/rules.h"

#include "base/text.h"

namespace sangu::demands {

namespace {

using library::Filled, library::Hint;

constexpr bool needed = true;

Demand const& demand(Filled const& entry) { return entry.as<Demand>(); }
Talent const& talent(Filled const& entry) { return entry.as<Talent>(); }

template <std::size_t Characters> bool long_abstract(Filled const& entry) {
    return count_characters(entry.abstract) >= Characters;
}

bool has_way(Filled const& entry) {
    Demand const& one = demand(entry);
    return one.buy || one.license || one.develop_jointly || one.entrust || one.consult;
}

} // namespace

Problems check_demand(Filled const& entry) {
    Demand const& one = demand(entry);
    Problems problems;
    if (one.deadline && *one.deadline < entry.today) problems.push_back({"deadline", "demands.error.past", {}});
    if (one.industry && !library::is_industry_code(*one.industry))
        problems.push_back({"industry", "library.error.industry", {}});
    if (one.budget_from && one.budget_to && *one.budget_to < *one.budget_from)
        problems.push_back({"budget_to", "demands.error.order", {}});
    return problems;
}

Problems check_talent(Filled const& entry) {
    Talent const& one = talent(entry);
    Problems problems;
    if (one.pay_from && one.pay_to && *one.pay_to < *one.pay_from)
        problems.push_back({"pay_to", "demands.error.order", {}});
    return problems;
}

std::vector<Hint> demand_hints() {
    return {
        {"demands.hint.abstract", "abstract", 2, needed, long_abstract<30>},
        {"demands.hint.field", "tech_field", 1, needed,
         [](Filled const& e) { return demand(e).tech_field.has_value(); }},
        {"demands.hint.problem", "problem", 3, needed,
         [](Filled const& e) { return count_characters(demand(e).problem) >= 50; }},
        {"demands.hint.targets", "targets", 3, needed, [](Filled const& e) { return !e.rows.front().empty(); }},
        {"demands.hint.acceptance", "acceptance", 2, needed,
         [](Filled const& e) { return count_characters(demand(e).acceptance) >= 20; }},
        {"demands.hint.ways", "buy", 1, needed, has_way},
        {"demands.hint.budget", "budget_from", 2, needed,
         [](Filled const& e) { return demand(e).budget_open || demand(e).budget_from || demand(e).budget_to; }},
        {"demands.hint.deadline", "deadline", 2, needed,
         [](Filled const& e) { return demand(e).deadline.has_value(); }},
        {"demands.hint.confidentiality", "confidentiality", 1, needed,
         [](Filled const& e) { return demand(e).confidentiality.has_value(); }},
        {"demands.hint.situation", "situation", 2, !needed,
         [](Filled const& e) { return count_characters(demand(e).situation) >= 20; }},
        {"demands.hint.industry", "industry", 1, !needed,
         [](Filled const& e) { return demand(e).industry.has_value(); }},
    };
}

std::vector<Hint> talent_hints() {
    return {
        {"demands.talent_hint.abstract", "abstract", 2, needed, long_abstract<30>},
        {"demands.talent_hint.direction", "direction", 1, needed,
         [](Filled const& e) { return talent(e).direction.has_value(); }},
        {"demands.talent_hint.level", "level", 1, needed, [](Filled const& e) { return talent(e).level.has_value(); }},
        {"demands.talent_hint.engagement", "engagement", 1, needed,
         [](Filled const& e) { return talent(e).engagement.has_value(); }},
        {"demands.talent_hint.field", "tech_field", 1, needed,
         [](Filled const& e) { return talent(e).tech_field.has_value(); }},
        {"demands.talent_hint.duties", "duties", 3, needed,
         [](Filled const& e) { return count_characters(talent(e).duties) >= 30; }},
        {"demands.talent_hint.requirements", "requirements", 2, needed,
         [](Filled const& e) { return count_characters(talent(e).requirements) >= 20; }},
        {"demands.talent_hint.offer", "offer", 2, !needed,
         [](Filled const& e) { return count_characters(talent(e).offer) >= 20; }},
        {"demands.talent_hint.pay", "pay_from", 1, !needed,
         [](Filled const& e) { return talent(e).pay_from || talent(e).pay_to; }},
        {"demands.talent_hint.persons", "persons", 1, !needed,
         [](Filled const& e) { return talent(e).persons.has_value(); }},
    };
}

} // namespace sangu::demands
