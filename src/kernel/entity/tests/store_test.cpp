#include "kernel/entity/store.h"
#include "kernel/entity/tests/sample.h"
#include "support/database.h"
#include "support/schema.h"

#include <gtest/gtest.h>

namespace sangu::entity {
namespace {

using sample::Organisation;
using sample::Person;

class Store : public test::OnBothDatabases {
protected:
    void SetUp() override {
        OnBothDatabases::SetUp();
        if (IsSkipped()) return;
        database().write_alone([&](db::Transaction& transaction) {
            transaction.execute(create_table_sql(Person::meta, transaction.dialect()));
            transaction.execute(create_table_sql(Organisation::meta, transaction.dialect()));
        });
    }
};
SANGU_ON_BOTH_DATABASES(Store);

TEST_P(Store, every_type_comes_back_as_it_went_in) {
    Organisation one = sample::an_organisation();
    Person const director{new_id_of<Person>(), "李华", "13875881234", "hash", 0};
    one.director = director.id;
    one.introduction = "湖南 \"quoted\" 'text'\nsecond line";
    database().write([&](db::Transaction& transaction) {
        insert(transaction, director);
        insert(transaction, one);
    });
    auto const reader = database().read();
    auto const found = find<Organisation>(*reader, one.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(to_json(*found), to_json(one));
    EXPECT_EQ(find<Person>(*reader, director.id)->password_hash, "hash");
    EXPECT_FALSE(find<Organisation>(*reader, new_id_of<Organisation>()));
}

TEST_P(Store, the_second_of_two_editors_hears_of_the_first) {
    database().write([](db::Transaction& transaction) { insert(transaction, sample::an_organisation()); });
    Organisation mine = sample::an_organisation(), yours = mine;
    mine.name = "三一重工";
    yours.name = "铁建重工";
    database().write([&](db::Transaction& transaction) {
        EXPECT_TRUE(update(transaction, mine));
        EXPECT_FALSE(update(transaction, yours));
        EXPECT_TRUE(update(transaction, mine));
    });
    EXPECT_EQ(mine.version, 2);
    EXPECT_EQ(yours.version, 0);
    EXPECT_EQ(find<Organisation>(*database().read(), mine.id)->name, "三一重工");
}

TEST_P(Store, reads_by_condition_and_erases) {
    database().write([](db::Transaction& transaction) {
        for (char const* name : {"王一", "王二", "李三"})
            insert(transaction, Person{new_id_of<Person>(), name, "", "", 0});
    });
    auto const found = where<Person>(*database().read(), "where name like ? order by name desc limit 10", {"王%"});
    ASSERT_EQ(found.size(), 2u);
    database().write([&](db::Transaction& transaction) {
        EXPECT_TRUE(erase(transaction, Person::meta, found[0].id.text));
        EXPECT_FALSE(erase(transaction, Person::meta, found[0].id.text));
    });
    EXPECT_EQ(database().read()->integer("select count(*) from sample_person"), 2);
    EXPECT_FALSE(first<Person>(*database().read(), "where name = ?", {std::string{"赵"}}));
}

TEST_P(Store, the_schema_of_the_database_is_compared_with_the_description) {
    EXPECT_EQ(test::schema_differences(*database().read(), Organisation::meta), std::vector<std::string>{});
    EXPECT_EQ(test::schema_differences(*database().read(), Person::meta), std::vector<std::string>{});
    database().write_alone([](db::Transaction& transaction) {
        transaction.execute("drop table sample_organisation");
        transaction.execute("drop table sample_person");
        transaction.execute("create table sample_person (id text primary key, name text, mobile integer not null, "
                            "password_hash text not null, nickname text)");
    });
    auto const reader = database().read();
    EXPECT_EQ(test::schema_differences(*reader, Organisation::meta),
              std::vector<std::string>{"sample_organisation: there is no such table"});
    EXPECT_EQ(test::schema_differences(*reader, Person::meta),
              (std::vector<std::string>{"sample_person.name: the column is nullable, the description needs not null",
                                        "sample_person.mobile: the column is integer, the description needs text",
                                        "sample_person.version: the column is missing",
                                        "sample_person.nickname: the column is not described"}));
}

} // namespace
} // namespace sangu::entity
