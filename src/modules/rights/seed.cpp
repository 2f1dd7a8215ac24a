#include "kernel/context.h"
#include "modules/rights/resources.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace sangu::rights {

namespace {

Value text(std::string_view one) { return one.empty() ? Value{} : Value{std::string{one}}; }

struct TermSeed {
    std::string_view kind, variant, from;
    std::int64_t years;
    bool to_year_end;
    std::string_view since, until, law;
    bool confirmed;
};
constexpr std::string_view patent_law = "中华人民共和国专利法 第四十二条";
constexpr std::array terms{
    TermSeed{"invention", "ordinary", "application", 20, false, "1985-04-01", "", patent_law, true},
    TermSeed{"utility_model", "ordinary", "application", 10, false, "1985-04-01", "", patent_law, true},
    TermSeed{"design", "ordinary", "application", 10, false, "1985-04-01", "2021-06-01", "专利法（2008）第四十二条",
             false},
    TermSeed{"design", "ordinary", "application", 15, false, "2021-06-01", "", patent_law, true},
    TermSeed{"trademark", "ordinary", "grant", 10, false, "1983-03-01", "", "中华人民共和国商标法 第三十九条", true},
    TermSeed{"copyright", "ordinary", "publication", 50, true, "1991-06-01", "", "中华人民共和国著作权法 第二十三条",
             true},
    TermSeed{"software", "ordinary", "publication", 50, true, "1991-10-01", "", "计算机软件保护条例 第十四条", false},
    TermSeed{"layout_design", "ordinary", "application", 10, false, "2001-10-01", "",
             "集成电路布图设计保护条例 第十二条", true},
    TermSeed{"plant_variety", "ordinary", "grant", 15, false, "1997-10-01", "2025-06-01",
             "植物新品种保护条例（2014）第三十四条", true},
    TermSeed{"plant_variety", "woody_plant", "grant", 20, false, "1997-10-01", "2025-06-01",
             "植物新品种保护条例（2014）第三十四条", true},
    TermSeed{"plant_variety", "ordinary", "grant", 20, false, "2025-06-01", "", "植物新品种保护条例（2025年修订）",
             false},
    TermSeed{"plant_variety", "woody_plant", "grant", 25, false, "2025-06-01", "", "植物新品种保护条例（2025年修订）",
             false}};

struct FeeSeed {
    std::string_view kind;
    std::int64_t from, to, yuan;
};
constexpr std::string_view fee_source = "国家知识产权局专利收费标准（年费）";
constexpr std::array fees{
    FeeSeed{"invention", 1, 3, 900},       FeeSeed{"invention", 4, 6, 1200},    FeeSeed{"invention", 7, 9, 2000},
    FeeSeed{"invention", 10, 12, 4000},    FeeSeed{"invention", 13, 15, 6000},  FeeSeed{"invention", 16, 20, 8000},
    FeeSeed{"utility_model", 1, 3, 600},   FeeSeed{"utility_model", 4, 5, 900}, FeeSeed{"utility_model", 6, 8, 1200},
    FeeSeed{"utility_model", 9, 10, 2000}, FeeSeed{"design", 1, 3, 600},        FeeSeed{"design", 4, 5, 900},
    FeeSeed{"design", 6, 8, 1200},         FeeSeed{"design", 9, 10, 2000},      FeeSeed{"design", 11, 15, 3000}};

// 5 % of the full fee for each month of delay within the six months of grace; the first month is free of it.
constexpr std::array<std::int64_t, 6> surcharges{0, 5, 10, 15, 20, 25};
constexpr std::string_view surcharge_source = "专利法实施细则（2023）第一百一十五条";

struct PairSeed {
    std::string_view wanted, held, verdict, law;
    bool confirmed;
};
constexpr std::string_view licence_kinds = "最高人民法院关于审理技术合同纠纷案件适用法律若干问题的解释 第二十五条";
constexpr std::string_view pledged = "中华人民共和国民法典 第四百四十四条";
constexpr std::string_view pledge_measure = "专利权质押登记办法（国家知识产权局公告第461号）";
constexpr std::string_view house_rule = "平台规则";
constexpr std::array pairs{PairSeed{"ordinary_licence", "sole_licence", "never", licence_kinds, true},
                           PairSeed{"ordinary_licence", "exclusive_licence", "never", licence_kinds, true},
                           PairSeed{"sole_licence", "ordinary_licence", "never", licence_kinds, true},
                           PairSeed{"sole_licence", "sole_licence", "never", licence_kinds, true},
                           PairSeed{"sole_licence", "exclusive_licence", "never", licence_kinds, true},
                           PairSeed{"exclusive_licence", "ordinary_licence", "never", licence_kinds, true},
                           PairSeed{"exclusive_licence", "sole_licence", "never", licence_kinds, true},
                           PairSeed{"exclusive_licence", "exclusive_licence", "never", licence_kinds, true},
                           PairSeed{"ordinary_licence", "pledge", "consent", pledged, true},
                           PairSeed{"sole_licence", "pledge", "consent", pledged, true},
                           PairSeed{"exclusive_licence", "pledge", "consent", pledged, true},
                           PairSeed{"listing", "pledge", "consent", pledged, true},
                           PairSeed{"pledge", "pledge", "never", pledge_measure, true},
                           PairSeed{"pledge", "dispute", "never", pledge_measure, true},
                           PairSeed{"pledge", "listing", "never", house_rule, false},
                           PairSeed{"listing", "listing", "never", house_rule, false},
                           PairSeed{"listing", "dispute", "never", house_rule, false},
                           PairSeed{"sole_licence", "listing", "never", house_rule, false},
                           PairSeed{"exclusive_licence", "listing", "never", house_rule, false},
                           PairSeed{"ordinary_licence", "listing", "never", house_rule, false},
                           PairSeed{"sole_licence", "dispute", "never", house_rule, false},
                           PairSeed{"exclusive_licence", "dispute", "never", house_rule, false}};

struct RequirementSeed {
    std::string_view wanted, condition, law;
    bool confirmed;
};
constexpr std::string_view co_owners = "中华人民共和国专利法 第十四条";
constexpr std::string_view licence_life = "中华人民共和国民法典 第八百六十五条";
constexpr std::array requirements{RequirementSeed{"pledge", "granted", pledge_measure, true},
                                  RequirementSeed{"pledge", "fees_paid", pledge_measure, true},
                                  RequirementSeed{"pledge", "within_term", pledge_measure, true},
                                  RequirementSeed{"pledge", "co_owners_consent", pledge_measure, true},
                                  RequirementSeed{"sole_licence", "co_owners_consent", co_owners, true},
                                  RequirementSeed{"exclusive_licence", "co_owners_consent", co_owners, true},
                                  RequirementSeed{"listing", "co_owners_consent", co_owners, true},
                                  RequirementSeed{"ordinary_licence", "within_term", licence_life, true},
                                  RequirementSeed{"sole_licence", "within_term", licence_life, true},
                                  RequirementSeed{"exclusive_licence", "within_term", licence_life, true},
                                  RequirementSeed{"listing", "disclosed", house_rule, false}};

constexpr std::string_view nasa_rules = R"(kind = "invention"
country = "US"
title = Title
application_number = Application SN | blank /, /0, 0
grant_number = Patent Number | blank 0
legal_status = Status | values Issued>granted, Application>pending
declared_expiry = Patent Expiration Date | dates mdy ymd | blank 0000-00-00
holders = Center
docket = Case Number
)";

constexpr std::string_view from_the_start = "1900-01-01", fees_since = "2018-08-01";

void seed_terms_and_fees(db::Transaction& transaction) {
    for (TermSeed const& one : terms)
        transaction.execute("insert into rights_term_rule (id, kind, variant, counted_from, years, to_year_end, since, "
                            "until, law, confirmed, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) "
                            "on conflict (kind, variant, counted_from, since) do nothing",
                            {new_id(), text(one.kind), text(one.variant), text(one.from), one.years, one.to_year_end,
                             text(one.since), text(one.until), text(one.law), one.confirmed});
    for (FeeSeed const& one : fees)
        transaction.execute(
            "insert into rights_fee_rule (id, kind, year_from, year_to, amount, since, law, confirmed, "
            "version) values (?, ?, ?, ?, ?, ?, ?, ?, 1) on conflict (kind, year_from, since) do nothing",
            {new_id(), text(one.kind), one.from, one.to, one.yuan * 100, text(fees_since), text(fee_source), false});
    for (std::size_t i = 0; i < surcharges.size(); ++i)
        transaction.execute("insert into rights_surcharge_rule (id, month, percent, since, law, confirmed, version) "
                            "values (?, ?, ?, ?, ?, ?, 1) on conflict (month, since) do nothing",
                            {new_id(), static_cast<std::int64_t>(i) + 1, surcharges[i], text(from_the_start),
                             text(surcharge_source), false});
}

void seed_encumbrance_rules(db::Transaction& transaction) {
    for (PairSeed const& one : pairs)
        transaction.execute(
            "insert into rights_compatibility (id, wanted, held, verdict, since, law, confirmed, version) "
            "values (?, ?, ?, ?, ?, ?, ?, 1) on conflict (wanted, held, since) do nothing",
            {new_id(), text(one.wanted), text(one.held), text(one.verdict), text(from_the_start), text(one.law),
             one.confirmed});
    for (RequirementSeed const& one : requirements)
        transaction.execute(
            "insert into rights_requirement (id, wanted, condition, since, law, confirmed, version) "
            "values (?, ?, ?, ?, ?, ?, 1) on conflict (wanted, condition, since) do nothing",
            {new_id(), text(one.wanted), text(one.condition), text(from_the_start), text(one.law), one.confirmed});
}

} // namespace

void seed(Services& services) {
    services.database.write([](db::Transaction& transaction) {
        seed_terms_and_fees(transaction);
        seed_encumbrance_rules(transaction);
        transaction.execute("insert into rights_mapping (id, code, name, rules, licence, version) values "
                            "(?, 'nasa_patents', 'NASA Patents (CSV)', ?, 'NASA open data, US government work', 1) "
                            "on conflict (code) do nothing",
                            {new_id(), text(nasa_rules)});
    });
    seed_demo(services);
}

} // namespace sangu::rights
