#include "kernel/calendar/calendar.h"
#include "support/kernel_fixture.h"

namespace sangu::calendar {
namespace {

class CalendarImport : public test::OnBothKernels {
protected:
    Result<int> import(std::string_view json) {
        return db::transact<int>(database(), [&](db::Transaction& transaction) {
            return import_years(transaction, json, "notice", clock_.now());
        });
    }
    WorkingDays days() { return load(*database().read()); }
    static Date day(std::string_view text) { return parse_date(text).value(); }
};
SANGU_ON_BOTH_DATABASES(CalendarImport);

TEST_P(CalendarImport, TheBuiltInTablesAreOfficialFor2007To2026) {
    EXPECT_EQ(import_built_in_years(database(), clock_.now()), 20);
    EXPECT_EQ(import_built_in_years(database(), clock_.now()), 0);
    auto const calendar = days();
    EXPECT_EQ(to_text(calendar.nth_from(day("2017-09-25"), 20)), "2017-10-26");
    EXPECT_TRUE(calendar.unofficial_years(day("2007-01-01"), day("2026-12-31")).empty());
    EXPECT_FALSE(calendar.is_official(2027));                // its notice comes late in 2026
    EXPECT_TRUE(calendar.is_working_day(day("2018-12-29"))); // a make-up Saturday of the table of 2019
    EXPECT_FALSE(calendar.is_working_day(day("2018-12-31")));
    for (auto const worked : {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"})
        EXPECT_TRUE(calendar.is_working_day(day(worked))) << worked;
    EXPECT_FALSE(calendar.is_working_day(day("2026-02-23"))); // a Monday of the Spring Festival
    EXPECT_TRUE(calendar.is_working_day(day("2026-02-24")));
}

TEST_P(CalendarImport, ANewTableReplacesTheYear) {
    ASSERT_TRUE(import(R"({"2019":[{"name":"劳动节","date":"2019-05-01","isOffDay":true}]})"));
    EXPECT_TRUE(days().is_working_day(day("2019-05-02")));
    auto const count = import(R"({"2019":[{"name":"劳动节","date":"2019-05-01","isOffDay":true},
                                          {"name":"劳动节","date":"2019-05-02","isOffDay":true},
                                          {"name":"劳动节","date":"2019-05-05","isOffDay":false}]})");
    EXPECT_EQ(count.value(), 1);
    EXPECT_FALSE(days().is_working_day(day("2019-05-02")));
    EXPECT_TRUE(days().is_working_day(day("2019-05-05")));
}

TEST_P(CalendarImport, AnAdministratorsTableIsNotReplacedByTheBuiltInOne) {
    ASSERT_TRUE(import(R"({"2019":[{"name":"元旦","date":"2019-01-01","isOffDay":true}]})"));
    EXPECT_EQ(import_built_in_years(database(), clock_.now()), 19);
    EXPECT_TRUE(days().is_working_day(day("2019-05-01")));
}

TEST_P(CalendarImport, AWrongTableIsRefusedWholeAndNamesEachPlace) {
    auto const outcome = import(R"({"2026":[{"name":"元旦","date":"2026-02-30","isOffDay":true},
                                            {"name":"元旦","date":"2026-01-01"},
                                            {"name":"元旦","date":"2027-01-01","isOffDay":true}],
                                    "next":[]})");
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().problems, (Problems{{.field = "2026[0]", .key = "error.calendar.date"},
                                                  {.field = "2026[1]", .key = "error.calendar.day"},
                                                  {.field = "2026[2]", .key = "error.calendar.date"},
                                                  {.field = "next", .key = "error.calendar.year"}}));
    EXPECT_FALSE(days().is_official(2026));
    EXPECT_FALSE(import("[]"));
    EXPECT_FALSE(import("{"));
}

} // namespace
} // namespace sangu::calendar
