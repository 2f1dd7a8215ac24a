#include "kernel/entity/derive.h"
#include "kernel/entity/schema.h"
#include "kernel/entity/tests/sample.h"
#include "kernel/json/json.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sangu::entity {
namespace {

using sample::Organisation;
using sample::Person;

// "field key" of each problem, for short expectations.
std::vector<std::string> keys(Problems const& problems) {
    std::vector<std::string> result;
    for (Problem const& problem : problems) result.push_back(problem.field + " " + problem.key);
    return result;
}
using Keys = std::vector<std::string>;

TEST(Validate, names_each_wrong_field) {
    Organisation one = sample::an_organisation();
    EXPECT_EQ(keys(validate(one)), Keys{});
    one.name = "长";
    one.credit_code = "914300007121944055";
    one.kind = static_cast<sample::OrganisationKind>(77);
    one.capital = {-1};
    one.staff = 1'000'001;
    one.growth = 1000.5;
    one.introduction = std::string(101, 'x');
    EXPECT_EQ(keys(validate(one)), (Keys{"name error.too_short", "credit_code error.format.uscc.check",
                                         "kind error.not_a_choice", "capital error.too_small", "staff error.too_large",
                                         "growth error.too_large", "introduction error.too_long"}));
    EXPECT_EQ(validate(one)[3].arguments, Keys{"0.00"});
    EXPECT_EQ(validate(one)[4].arguments, Keys{"1000000"});
}

TEST(Validate, required_and_bad_characters) {
    Organisation one = sample::an_organisation();
    one.name = "";
    one.introduction = "line\n\ttab";
    one.growth = std::nan("");
    EXPECT_EQ(keys(validate(one)), (Keys{"name error.required", "growth error.not_a_number"}));
    for (std::string bad :
         {std::string{"a\0b", 3}, std::string{"a\nb"}, std::string{"a\xC0\xAF"}, std::string{"a\x7F"}}) {
        one = sample::an_organisation();
        one.name = bad;
        EXPECT_EQ(keys(validate(one)), Keys{"name error.bad_characters"});
    }
}

TEST(Validate, length_counts_characters_not_bytes) {
    Organisation one = sample::an_organisation();
    one.name = "湖南省长株潭国家自主创新示范区建设领导小组"; // 21 characters
    EXPECT_EQ(keys(validate(one)), Keys{"name error.too_long"});
    one.name.resize(60); // 20 characters
    EXPECT_EQ(keys(validate(one)), Keys{});
}

TEST(Validate, rules_run_when_the_fields_are_sound) {
    Organisation one = sample::an_organisation();
    one.dissolved_on = *one.founded_on + -1;
    EXPECT_EQ(keys(validate(one)), Keys{" sample.organisation.rule.dissolved_after_founded"});
    one.name = "";
    EXPECT_EQ(keys(validate(one)), Keys{"name error.required"});
}

TEST(Json, goes_out_and_comes_back) {
    Organisation const one = sample::an_organisation();
    EXPECT_EQ(to_json(one),
              R"({"id":"01jqn8x0000000000000000001","name":"中联重科","credit_code":"914300007121944054",)"
              R"("kind":"company","capital":"1500.50","founded_on":"1999-08-31","dissolved_on":null,"staff":18000,)"
              R"("growth":12.5,"high_tech":true,"introduction":"","director":null,)"
              R"("created_at":"2025-03-31T08:00:00.000Z","version":0})");
    Organisation copy;
    EXPECT_EQ(from_json(copy, to_json(one)), Problems{});
    copy.id = one.id; // read-only fields are not taken from outside
    copy.created_at = one.created_at;
    EXPECT_EQ(to_json(copy), to_json(one));
}

TEST(Json, hidden_fields_neither_leave_nor_enter) {
    Person one{{"p"}, "李华", "13875881234", "secret", 3};
    EXPECT_EQ(to_json(one).find("secret"), std::string::npos);
    EXPECT_EQ(to_json(one, Personal::hide).find("13875881234"), std::string::npos);
    EXPECT_NE(to_json(one).find("13875881234"), std::string::npos);
    EXPECT_EQ(keys(from_json(one, R"({"password_hash": "x", "version": 9, "admin": true})")),
              (Keys{"password_hash error.unknown_field", "admin error.unknown_field"}));
    EXPECT_EQ(one.password_hash, "secret");
    EXPECT_EQ(one.version, 3);
    EXPECT_EQ(openapi_schema(Person::meta).find("password_hash"), std::string::npos);
}

TEST(Json, wrong_kinds_name_the_field) {
    Organisation one = sample::an_organisation();
    std::string const before = to_json(one);
    EXPECT_EQ(keys(from_json(one, R"({"name": 1, "kind": "guild", "capital": 1500.5, "founded_on": "31.8.1999",
                                      "staff": 1.5, "growth": "1", "high_tech": 1, "director": "x"})")),
              (Keys{"name error.not_a_text", "kind error.not_a_choice", "capital error.not_an_amount",
                    "founded_on error.not_a_date", "staff error.not_a_number", "growth error.not_a_number",
                    "high_tech error.not_yes_no", "director error.not_an_id"}));
    EXPECT_EQ(keys(from_json(one, R"({"staff": null})")), Keys{"staff error.required"});
    EXPECT_EQ(to_json(one), before);
    EXPECT_EQ(keys(from_json(one, "[]")), Keys{" error.json.not_an_object"});
    EXPECT_EQ(from_json(one, "{\n!").at(0).line, 2);
    EXPECT_EQ(from_json(one, R"({"founded_on": null})"), Problems{});
    EXPECT_FALSE(one.founded_on);
}

TEST(OpenApi, is_json_schema_2020_12) {
    auto const document = json::Document::parse(openapi_schema(Organisation::meta));
    ASSERT_TRUE(document);
    json::Node const properties = *document->root().find("properties");
    json::Node const founded = *properties.find("founded_on");
    EXPECT_EQ(founded.find("type")->at(1).text(), "null");
    EXPECT_EQ(founded.text_of("format"), "date");
    EXPECT_EQ(properties.find("created_at")->text_of("format"), "date-time");
    EXPECT_TRUE(properties.find("created_at")->find("readOnly")->boolean());
    EXPECT_EQ(properties.find("kind")->find("enum")->at(2).text(), "institute");
    EXPECT_EQ(properties.find("name")->integer_of("minLength"), 2);
    EXPECT_EQ(properties.find("name")->integer_of("maxLength"), 20);
    EXPECT_EQ(properties.find("staff")->integer_of("maximum"), 1'000'000);
    EXPECT_EQ(properties.find("capital")->text_of("type"), "string");
    EXPECT_FALSE(properties.find("capital")->text_of("pattern").empty());
    EXPECT_FALSE(properties.find("director_name"));
    EXPECT_EQ(document->root().find("required")->size(), 4u);
}

TEST(Form, takes_what_was_typed_and_nothing_else) {
    Organisation one = sample::an_organisation();
    FormData const data{
        {"name", " 三一重工 "}, {"staff", "many"}, {"high_tech", "false"}, {"founded_on", ""}, {"version", "99"},
        {"_csrf", "abcdef"},    {"id", "x"},       {"capital", "2,000"}};
    EXPECT_EQ(keys(from_form(one, data)), Keys{"staff error.not_a_number"});
    EXPECT_EQ(one.name, "三一重工");
    EXPECT_EQ(one.staff, 18000);
    EXPECT_FALSE(one.high_tech);
    EXPECT_FALSE(one.founded_on);
    EXPECT_EQ(one.version, 0);
    EXPECT_EQ(one.capital.fen, 200'000);
    EXPECT_EQ(from_form(one, {{"high_tech", "false"}, {"high_tech", "on"}}), Problems{});
    EXPECT_TRUE(one.high_tech);
}

TEST(Table, rows_come_back_and_problems_have_a_cell) {
    Organisation const one = sample::an_organisation();
    auto const header = table_header(Organisation::meta);
    auto row = to_row(Organisation::meta, &one);
    Organisation copy;
    EXPECT_EQ(from_row(Organisation::meta, &copy, header, row, 2), Problems{});
    copy.id = one.id;
    copy.created_at = one.created_at;
    EXPECT_EQ(to_json(copy), to_json(one));

    row[4] = "much";
    row.push_back("surplus");
    Problems const problems = from_row(Organisation::meta, &copy, header, row, 7);
    EXPECT_EQ(keys(problems), (Keys{"capital error.not_an_amount", " error.cell_without_column"}));
    EXPECT_EQ(problems[0].line, 7);
    EXPECT_EQ(problems[0].column, 5);
    EXPECT_EQ(problems[1].column, 15);

    Person const person{{"p"}, "李华", "13875881234", "secret", 3};
    EXPECT_EQ(to_row(Person::meta, &person), (Keys{"p", "李华", "13875881234", "3"}));
    EXPECT_EQ(to_row(Person::meta, &person, Personal::hide), (Keys{"p", "李华", "***", "3"}));
}

TEST(Table, headers_are_checked_first) {
    Keys const header{"name", "colour", "staff", " name ", "version"};
    Problems const problems = check_header(Organisation::meta, header);
    EXPECT_EQ(keys(problems), (Keys{"colour error.unknown_column", "name error.double_column"}));
    EXPECT_EQ(problems[1].column, 4);
    EXPECT_EQ(keys(check_header(Person::meta, Keys{"password_hash"})), Keys{"password_hash error.unknown_column"});
}

TEST(Differences, show_what_changed_and_mask_secrets) {
    Person before{{"p"}, "李华", "", "old", 3}, after = before;
    after.name = "李明";
    after.password_hash = "new";
    after.version = 4;
    EXPECT_EQ(differences(before, after),
              (std::vector<FieldChange>{{"name", "李华", "李明"}, {"password_hash", "***", "***"}}));
    EXPECT_TRUE(differences(before, before).empty());
}

TEST(Sql, both_databases) {
    EXPECT_EQ(create_table_sql(Person::meta, db::Dialect::sqlite), "create table sample_person (\n"
                                                                   "    id text primary key not null,\n"
                                                                   "    name text not null,\n"
                                                                   "    mobile text not null,\n"
                                                                   "    password_hash text not null,\n"
                                                                   "    version integer not null\n"
                                                                   ") strict;\n");
    std::string const postgres = create_table_sql(Organisation::meta, db::Dialect::postgres);
    for (char const* part : {"kind text not null check (kind in ('company', 'university', 'institute'))",
                             "capital bigint not null,", "founded_on date,", "growth double precision not null",
                             "high_tech boolean not null", "created_at timestamptz not null",
                             "credit_code text not null unique", "director text references sample_person (id)"})
        EXPECT_NE(postgres.find(part), std::string::npos) << part << " in\n" << postgres;
    EXPECT_EQ(insert_sql(Person::meta),
              "insert into sample_person (id, name, mobile, password_hash, version) values (?, ?, ?, ?, ?)");
    EXPECT_EQ(update_sql(Person::meta), "update sample_person set name = ?, mobile = ?, password_hash = ?, version = ? "
                                        "where id = ? and version = ?");
    EXPECT_EQ(column_list(Person::meta, "p"), "p.id, p.name, p.mobile, p.password_hash, p.version");
    EXPECT_EQ(schema_of(Organisation::meta, db::Dialect::postgres)[5], (ColumnSchema{"founded_on", "date", false}));
}

} // namespace
} // namespace sangu::entity
