#include "modules/indicators/tests/indicators_fixture.h"

#include <chrono>
#include <cstdlib>
#include <iostream>

namespace sangu::indicators {
namespace {

using ImportSpeed = OnBothPlans;
SANGU_ON_BOTH_DATABASES(ImportSpeed);

double seconds_of(FunctionRef<void()> work) {
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string many_rows(int days) {
    std::string text = "indicator,place,period,vintage,value,unit,source,status,note\n";
    for (int day = 0; day < days; ++day) {
        std::string const date = to_text(*make_date(2010, 1, 1) + day);
        for (auto const& [indicator, unit] : {std::pair{"valid_invention_patents", "件"},
                                              {"tech_contract_value", "亿元"},
                                              {"resident_population", "万人"},
                                              {"hte_count", "家"},
                                              {"tech_income", "亿元"}})
            for (std::string const place : {"changsha", "zhuzhou", "xiangtan", "hunan", "zone"})
                text += std::string{indicator} + "," + place + "," + date + "," + date + "," +
                        std::to_string(day % 977) + ".5," + unit + ",SEED,reported,\n";
    }
    return text;
}

// Run with SANGU_BENCH=1 in a release build; otherwise a small file proves the way only.
TEST_P(ImportSpeed, IsAtLeastHalfThatOfTheBareInsert) {
    bool const measure = std::getenv("SANGU_BENCH") != nullptr;
    std::string const text = many_rows(measure ? 4000 : 40);
    Context who = officer();
    Result<ImportReport> report = refuse(Refusal::unavailable, "error.unavailable");
    double const with_checks = seconds_of([&] { report = import_text(who, TableKind::observations, text); });
    ASSERT_TRUE(report && report->stored);

    std::vector<std::vector<Value>> rows;
    std::vector<std::string_view> columns;
    for (entity::FieldMeta const& field : Observation::meta.fields) columns.push_back(field.name);
    for (Observation const& one :
         entity::where<Observation>(who.reader(), "where import_id = ?", {report->import_id})) {
        auto& row = rows.emplace_back();
        for (entity::FieldMeta const& field : Observation::meta.fields) row.push_back(field.load(&one));
    }
    ASSERT_EQ(static_cast<std::int64_t>(rows.size()), report->rows);
    who.refresh();
    write([&](db::Transaction& transaction) {
        transaction.execute("delete from indicators_observation where import_id = ?", {report->import_id});
    });
    double const bare = seconds_of([&] {
        database().write_alone([&](db::Transaction& transaction) {
            std::size_t next = 0;
            database().copy_in(transaction, "indicators_observation", columns, [&](std::vector<Value>& row) {
                if (next == rows.size()) return false;
                row = rows[next++];
                return true;
            });
        });
    });
    if (!measure) return;
    std::cout << rows.size() << " rows: import " << with_checks << " s, bare insert " << bare << " s, share "
              << bare / with_checks << "\n";
    EXPECT_GE(bare / with_checks, 0.5);
}

} // namespace
} // namespace sangu::indicators
