#pragma once

#include "kernel/auth/account.h"
#include "kernel/entity/entity.h"
#include "modules/facts/facts.h"
#include "modules/registry/registry.h"

#include <optional>
#include <string>

namespace sangu::facts {

enum class FiguresState : std::uint8_t { draft, submitted, returned, approved };
constexpr auto choices_of(FiguresState) {
    using enum FiguresState;
    return choices<FiguresState>(
        {{draft, "draft"}, {submitted, "submitted"}, {returned, "returned"}, {approved, "approved"}});
}

// The figures of one organisation for one calendar year. Amounts in fen, people at the end of the year.
struct Figures {
    Id<Figures> id;
    Id<registry::Organisation> organisation_id;
    std::int64_t year = 0;
    std::optional<std::int64_t> staff, rd_staff;
    std::optional<Money> revenue;          // 营业收入
    std::optional<Money> main_revenue;     // of the main business
    std::optional<Money> high_tech_income; // of high-tech products and services
    std::optional<Money> cost;             // 成本费用
    std::optional<Money> rd_spend, assets, net_assets, liabilities, tax, exports;
    std::optional<std::int64_t> class_one;      // class I rights held (inventions, plant varieties, layout designs …)
    std::optional<std::int64_t> class_one_own;  // of these obtained by own development
    std::optional<std::int64_t> class_one_high; // of these of high value
    std::optional<std::int64_t> class_two;      // class II: utility models, designs, software
    std::optional<std::int64_t> conversions;    // results turned into products or services in the year
    std::string source;                         // where the figures come from: audit report, tax return, statistics
    FiguresState state = FiguresState::draft;
    std::string scope;
    std::optional<std::string> submitted_by, approved_by;
    std::optional<Instant> approved_at;
    std::string reason; // why they were returned or opened again
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

// One line of a scoring table: a measure of at least `lower` gives between points_min and points_max. Ratios and growth
// in parts per million, counts as they are. In force from a day on, with its source.
struct Band {
    Id<Band> id;
    std::string scheme;  // "high_tech", "tech_sme", "innovative_sme"
    std::string item;    // "rd", "staff_ratio"
    std::string measure; // what is measured: "rd_to_revenue", "class_one"
    std::int64_t lower = 0;
    bool above = false; // more than `lower`, not at least
    std::int64_t points_min = 0, points_max = 0;
    Date valid_from;
    std::optional<Date> valid_to;
    std::string source;
    bool confirmed = true; // read in a source that could be opened
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

} // namespace sangu::facts
