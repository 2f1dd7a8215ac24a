#include "modules/facts/forms.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::facts {

namespace {

// 10,000 yuan with two decimals, as the filing forms ask.
std::string in_ten_thousands(std::optional<Money> const& money) {
    if (!money) return {};
    std::int64_t const hundredths = (money->fen + (money->fen < 0 ? -5'000 : 5'000)) / 10'000;
    return to_text(Money{hundredths});
}

std::string number(std::optional<std::int64_t> const& count) { return count ? std::to_string(*count) : std::string{}; }

// Percent with two decimals.
std::string percent(std::string_view measure, Years const& years) {
    auto const found = measure_of(measure, years);
    if (!found) return {};
    return i18n::format_number(i18n::Language::en, found->value() * 100, 2);
}

class Cells {
public:
    Cells(Context const& context, Years const& years) : context_{context}, years_{years} {}

    void add(std::string_view key, std::string value) {
        cells.push_back({std::string{context_.t(key)}, std::move(value)});
    }
    void count(std::string_view field, std::optional<std::int64_t> Figures::* member) {
        add("facts.figures." + std::string{field}, years_.last ? number(years_.last->*member) : "");
    }
    void amount(std::string_view field, std::optional<Money> Figures::* member) {
        for (Figures const* one : {years_.first, years_.second, years_.last})
            if (one) amount_of(field, *one, one->*member);
    }
    void amount_now(std::string_view field, std::optional<Money> Figures::* member) {
        if (years_.last) amount_of(field, *years_.last, years_.last->*member);
    }
    void share(std::string_view measure) { add("facts.measure." + std::string{measure}, percent(measure, years_)); }

    std::vector<FormCell> cells;

private:
    void amount_of(std::string_view field, Figures const& one, std::optional<Money> const& money) {
        cells.push_back(
            {context_.t("facts.form.amount",
                        {std::string{context_.t("facts.figures." + std::string{field})}, std::to_string(one.year)}),
             in_ten_thousands(money)});
    }

    Context const& context_;
    Years const& years_;
};

void high_tech(Cells& cells) {
    cells.count("staff", &Figures::staff);
    cells.count("rd_staff", &Figures::rd_staff);
    cells.amount("net_assets", &Figures::net_assets);
    cells.amount("revenue", &Figures::revenue);
    cells.amount("rd_spend", &Figures::rd_spend);
    cells.amount_now("high_tech_income", &Figures::high_tech_income);
    cells.share("growth_net_assets");
    cells.share("growth_revenue");
    cells.count("class_one", &Figures::class_one);
    cells.count("class_two", &Figures::class_two);
    cells.count("conversions", &Figures::conversions);
}

void tech_sme(Cells& cells) {
    cells.count("staff", &Figures::staff);
    cells.count("rd_staff", &Figures::rd_staff);
    cells.share("rd_staff_ratio");
    cells.amount_now("revenue", &Figures::revenue);
    cells.amount_now("cost", &Figures::cost);
    cells.amount_now("rd_spend", &Figures::rd_spend);
    cells.share("rd_to_revenue");
    cells.share("rd_to_cost");
    cells.amount_now("assets", &Figures::assets);
    cells.count("class_one", &Figures::class_one);
    cells.count("class_two", &Figures::class_two);
}

void innovative_sme(Cells& cells) {
    cells.count("class_one_high", &Figures::class_one_high);
    cells.count("class_one_own", &Figures::class_one_own);
    cells.count("class_one", &Figures::class_one);
    cells.count("class_two", &Figures::class_two);
    cells.share("rd_to_revenue");
    cells.share("revenue_growth");
    cells.share("equity_ratio");
    cells.share("main_share");
}

} // namespace

std::vector<FormCell> form_cells(std::string_view form, Context const& context,
                                 registry::OrganisationCard const& organisation, Years const& years,
                                 std::vector<Score> const& scores) {
    Cells cells{context, years};
    cells.add("facts.form.organisation", organisation.name);
    cells.add("facts.form.taxpayer", organisation.uscc);
    cells.add("facts.figures.year", years.last ? std::to_string(years.last->year) : std::string{});
    std::string_view scheme;
    if (form == "high_tech_filing") {
        high_tech(cells);
        scheme = "high_tech";
    } else if (form == "tech_sme_assessment") {
        tech_sme(cells);
        scheme = "tech_sme";
    } else if (form == "innovative_sme_assessment") {
        innovative_sme(cells);
        scheme = "innovative_sme";
    } else
        return {};
    for (Score const& score : scores) {
        if (score.scheme != scheme) continue;
        std::string const points = std::to_string(score.points_min);
        cells.add("facts.form.points",
                  score.points_min == score.points_max ? points : points + "–" + std::to_string(score.points_max));
    }
    return std::move(cells.cells);
}

} // namespace sangu::facts
