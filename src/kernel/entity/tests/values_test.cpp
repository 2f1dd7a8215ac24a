#include "kernel/entity/derive.h"
#include "kernel/entity/format.h"
#include "kernel/entity/tests/sample.h"

#include <gtest/gtest.h>

namespace sangu::entity {
namespace {

using sample::Organisation;

FieldMeta const& field_of(std::string_view name) { return *Organisation::meta.find(name); }

// What is stored after typing, or the message.
std::string typed(std::string_view field, std::string_view text) {
    ParsedText const parsed = from_plain_text(field_of(field), text);
    return parsed.problem.empty() ? to_plain_text(field_of(field), parsed.value) : std::string{parsed.problem};
}

TEST(TypedText, numbers_as_people_write_them) {
    EXPECT_EQ(typed("staff", " 18,000 "), "18000");
    EXPECT_EQ(typed("staff", "１８，０００"), "18000");
    EXPECT_EQ(typed("staff", "-1,234,567"), "-1234567");
    for (char const* wrong :
         {"1,80", "1,8000", ",100", "1,,000", "1,000,", "1.5", "12a", "1 000", "1,000.5,000", "--1"})
        EXPECT_EQ(typed("staff", wrong), "error.not_a_number") << wrong;
    EXPECT_EQ(typed("growth", "1,234.5"), "1234.5");
    EXPECT_EQ(typed("growth", "－３．５"), "-3.5");
    EXPECT_EQ(typed("growth", "0.30000000000000004"), "0.3");
    EXPECT_EQ(typed("growth", "98.6542"), "98.6542");
    for (char const* wrong : {"nan", "inf", "1e999", "0x10", "12,34.5", "3.3%"})
        EXPECT_EQ(typed("growth", wrong), "error.not_a_number") << wrong;
}

TEST(TypedText, money_dates_times_choices_and_flags) {
    EXPECT_EQ(typed("capital", "1,234.5"), "1234.50");
    EXPECT_EQ(typed("capital", "1.234"), "error.not_an_amount");
    EXPECT_EQ(typed("founded_on", "2017-04-06"), "2017-04-06");
    EXPECT_EQ(typed("founded_on", "2017/4/6"), "2017-04-06");
    EXPECT_EQ(typed("founded_on", "2017年4月6日"), "2017-04-06");
    EXPECT_EQ(typed("founded_on", "2017-02-30"), "error.not_a_date");
    EXPECT_EQ(typed("founded_on", "6/4/2017"), "error.not_a_date");
    EXPECT_EQ(typed("created_at", "2025-03-31T08:00:00Z"), "2025-03-31T08:00:00.000Z");
    EXPECT_EQ(typed("created_at", "2025-03-31T16:00"), "2025-03-31T08:00:00.000Z");
    EXPECT_EQ(typed("created_at", "1988-07-01 17:00:30"), "1988-07-01T08:00:30.000Z"); // summer time
    EXPECT_EQ(typed("created_at", "2025-03-31"), "error.not_a_time");
    EXPECT_EQ(typed("created_at", "2025-03-31 25:00"), "error.not_a_time");
    EXPECT_EQ(typed("kind", "institute"), "institute");
    EXPECT_EQ(typed("kind", "guild"), "error.not_a_choice");
    EXPECT_EQ(typed("high_tech", "是"), "true");
    EXPECT_EQ(typed("high_tech", "OFF"), "false");
    EXPECT_EQ(typed("high_tech", "maybe"), "error.not_yes_no");
    EXPECT_EQ(typed("director", "01jqn8x0000000000000000001"), "01jqn8x0000000000000000001");
    EXPECT_EQ(typed("director", "li"), "error.not_an_id");
}

TEST(TypedText, nothing_typed) {
    EXPECT_TRUE(is_null(from_plain_text(field_of("founded_on"), "  ").value));
    EXPECT_EQ(from_plain_text(field_of("founded_on"), "  ").problem, "");
    EXPECT_EQ(std::get<std::string>(from_plain_text(field_of("introduction"), " ").value), "");
    EXPECT_EQ(typed("staff", ""), "error.required");
}

TEST(Store, a_refused_value_leaves_the_member_untouched) {
    Organisation one = sample::an_organisation();
    std::string const before = to_json(one);
    EXPECT_FALSE(field_of("kind").store(&one, std::string{"guild"}));
    EXPECT_FALSE(field_of("founded_on").store(&one, std::string{"2017-02-30"}));
    EXPECT_FALSE(field_of("staff").store(&one, 1.5));
    EXPECT_FALSE(field_of("staff").store(&one, Value{}));
    EXPECT_FALSE(field_of("high_tech").store(&one, std::int64_t{2}));
    EXPECT_FALSE(field_of("name").store(&one, std::int64_t{2}));
    EXPECT_EQ(to_json(one), before);
    EXPECT_TRUE(field_of("high_tech").store(&one, std::int64_t{0})); // as SQLite gives it
    EXPECT_FALSE(one.high_tech);
    EXPECT_TRUE(field_of("growth").store(&one, std::int64_t{3}));
    EXPECT_EQ(one.growth, 3.0);
}

TEST(Formats, credit_codes_need_both_check_characters) {
    for (char const* code : {"914403001922038216", "91110000802100433B", "9144030071526726XG", "914300007121944054",
                             "914300007808508659", "914302007790310965", "9143020044517525X1", "91430000796852865Y",
                             "91430000745928604G", "9152000071430580XT"}) {
        EXPECT_TRUE(is_uscc(code)) << code;
        std::string wrong{code};
        wrong.back() = wrong.back() == '0' ? '1' : '0';
        EXPECT_FALSE(is_uscc(wrong)) << wrong;
    }
    EXPECT_FALSE(is_uscc("91440300192203821"));
    EXPECT_FALSE(is_uscc("91430000745928604g"));
    EXPECT_FALSE(is_uscc("I14403001922038216"));
}

TEST(Formats, addresses_and_numbers) {
    EXPECT_TRUE(is_email("zhang.san+a@hnst.gov.cn"));
    for (char const* wrong :
         {"a", "@b.cn", "a@b", "a@b..cn", ".a@b.cn", "a..b@c.cn", "a b@c.cn", "a@-b.cn", "a@b.cn\n"})
        EXPECT_FALSE(is_email(wrong)) << wrong;
    EXPECT_TRUE(is_url("https://www.hunan.gov.cn/a?b=1#c"));
    EXPECT_TRUE(is_url("HTTP://localhost:8080"));
    for (char const* wrong : {"javascript:alert(1)", "ftp://a.cn", "https://", "https:///x", "http://a.cn:x/",
                              "http://user@a.cn/", "http://a.cn/ b", "http://a.cn/\"", "//a.cn", "http//a.cn"})
        EXPECT_FALSE(is_url(wrong)) << wrong;
    for (char const* right : {"13875881234", "0731-88981234", "+86 731 8898 1234", "12345", "400-800-8820"})
        EXPECT_TRUE(is_phone(right)) << right;
    for (char const* wrong : {"110a", "12875881234", "+12", "1234", "电话"}) EXPECT_FALSE(is_phone(wrong)) << wrong;
    EXPECT_TRUE(is_slug("changsha_htz-1"));
    EXPECT_FALSE(is_slug("Changsha"));
    EXPECT_FALSE(is_slug(""));
    EXPECT_FALSE(has_format("no_such_format", "x"));
}

} // namespace
} // namespace sangu::entity
