// Two profiles of one person become one, and apart again.

#include "kernel/db/schema.h"
#include "modules/registry/merge_references.h"
#include "modules/registry/person_merge.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

constexpr std::string_view orcid_a = "0000-0002-1825-0097", orcid_b = "0000-0001-5109-3700";

class MergingPeople : public ::testing::TestWithParam<char const*> {
protected:
    test::TestApp app{{registry_module()}, GetParam()};
    std::string officer_id = app.account("he.lan", {{"zone_officer", {"zone"}}});
    test::Browser officer = app.as(officer_id);
    std::string works = new_id();

    void SetUp() override {
        app.write([&](db::Transaction& transaction) {
            transaction.execute("insert into registry_organisation (id, name, kind, scope, version) values "
                                "(?, '麓谷精密机械有限公司', 'enterprise', 'zone/changsha', 1)",
                                {works});
        });
    }
    std::string add(Person person) {
        person.id = new_id_of<Person>();
        app.write([&](db::Transaction& transaction) { entity::insert(transaction, person); });
        return person.id.text;
    }
    void works_at(std::string const& person, std::string position) {
        app.write([&](db::Transaction& transaction) {
            entity::insert(transaction, Affiliation{.id = new_id_of<Affiliation>(),
                                                    .person_id = {person},
                                                    .organisation_id = {works},
                                                    .position = std::move(position)});
        });
    }
    void reached_at(std::string const& person, std::string phone) {
        app.write([&](db::Transaction& transaction) {
            entity::insert(
                transaction,
                Contact{.id = new_id_of<Contact>(), .person_id = {person}, .email = {}, .phone = std::move(phone)});
        });
    }
    Person load(std::string const& id) { return entity::find(*app.database().read(), Id<Person>{id}).value(); }
    bool exists(std::string const& id) { return entity::find(*app.database().read(), Id<Person>{id}).has_value(); }
    MergeWish wish(std::string const& kept, std::string const& dropped, std::string reason = "") {
        return {.kept_id = kept,
                .dropped_id = dropped,
                .kept_version = load(kept).version,
                .dropped_version = load(dropped).version,
                .from_dropped = {},
                .reason = std::move(reason)};
    }
    Result<std::string> merge_as_officer(MergeWish const& one) {
        Context context = app.context(officer_id);
        return merge_people(context, one);
    }
    Result<void> undo_as_officer(std::string const& merge) {
        Context context = app.context(officer_id);
        return undo_merge(context, merge);
    }
    // Everything in the tables that refer to people, without versions.
    std::vector<std::string> state() {
        std::vector<std::string> rows;
        auto const reader = app.database().read();
        for (char const* sql :
             {"select id, name, name_en, orcid, introduction, account_id, is_public from registry_person",
              "select id, person_id, organisation_id, position from registry_affiliation",
              "select id, person_id, phone from registry_contact"})
            reader->query(sql, {}, [&](db::Row const& row) {
                std::string text;
                for (int i = 0; i < row.columns(); ++i) text += (row.is_null(i) ? "-" : std::string{row.text(i)}) + "|";
                rows.push_back(text);
            });
        std::ranges::sort(rows);
        return rows;
    }
};
INSTANTIATE_TEST_SUITE_P(databases, MergingPeople, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(MergingPeople, moves_every_reference_and_undoing_it_restores_every_one) {
    auto const li = app.account("li.na");
    auto const kept = add({.name = "李娜", .is_public = true});
    auto const dropped =
        add({.name = "李娜", .name_en = "Li Na", .orcid = std::string{orcid_a}, .account_id = Id<auth::Account>{li}});
    works_at(kept, "工程师");
    works_at(dropped, "高级工程师");
    reached_at(kept, "0731-1");
    reached_at(dropped, "0731-2"); // a person has one contact: it cannot stand twice
    auto const before = state();

    auto const merged = merge_as_officer(wish(kept, dropped));
    ASSERT_TRUE(merged) << merged.error().key;
    EXPECT_FALSE(exists(dropped));
    Person const one = load(kept);
    EXPECT_EQ(one.orcid, orcid_a) << "what the kept profile lacked is filled";
    EXPECT_EQ(one.name_en, "Li Na");
    EXPECT_EQ(one.account_id->text, li) << "whoever owned either owns it";
    EXPECT_FALSE(one.is_public) << "the owner did not want it public";
    auto const reader = app.database().read();
    EXPECT_EQ(reader->integer("select count(*) from registry_affiliation where person_id = ?", {kept}), 2);
    EXPECT_EQ(reader->text("select phone from registry_contact where person_id = ?", {kept}), "0731-1");
    EXPECT_EQ(officer.get("/people/" + dropped).header("location"), "/people/" + kept) << "old addresses lead there";

    ASSERT_TRUE(undo_as_officer(*merged));
    EXPECT_EQ(state(), before);
    EXPECT_EQ(undo_as_officer(*merged).error().key, "registry.merge.undone");
}

// A module that refers to people without saying so in its description would lose its references.
TEST_P(MergingPeople, knows_every_foreign_key_to_people) {
    auto const known = references_of(app.services(), "registry.person");
    for (db::ForeignKey const& one : db::foreign_keys_to(*app.database().read(), "registry_person"))
        EXPECT_TRUE(std::ranges::any_of(known,
                                        [&](Reference const& reference) {
                                            return reference.meta->table() == one.table &&
                                                   reference.field->name == one.column;
                                        }))
            << one.table << "." << one.column;
}

TEST_P(MergingPeople, asks_when_identifiers_or_accounts_disagree) {
    auto const first = add({.name = "陈明", .orcid = std::string{orcid_a}});
    auto const second = add({.name = "陈明", .orcid = std::string{orcid_b}});
    auto const page = officer.get("/people/" + first + "/merge?with=" + second);
    EXPECT_TRUE(page.contains("ORCID 不同")) << page.body;
    http::Pairs form{{"kept", first},          {"dropped", second}, {"kept_version", "1"},
                     {"dropped_version", "1"}, {"take", "orcid"},   {"reason", ""}};
    auto const asked = officer.post("/people/" + first + "/merge", form);
    EXPECT_EQ(asked.status, 422);
    EXPECT_TRUE(asked.contains("请写明为什么是同一个人")) << asked.body;
    EXPECT_TRUE(asked.contains("checked")) << "the choice is kept";
    EXPECT_TRUE(exists(second));
    form.back().second = "本人来函说明旧号停用";
    EXPECT_EQ(officer.post("/people/" + first + "/merge", form).status, 303);
    EXPECT_EQ(load(first).orcid, orcid_b) << "taken from the other";
    ASSERT_TRUE(undo_as_officer(app.database().read()->text("select id from registry_merge").value()));
    EXPECT_EQ(load(first).orcid, orcid_a);
    EXPECT_EQ(load(second).orcid, orcid_b);

    auto const mine = add({.name = "周敏", .account_id = Id<auth::Account>{app.account("zhou")}});
    auto const other = add({.name = "周敏", .account_id = Id<auth::Account>{app.account("zhou.min")}});
    EXPECT_EQ(merge_as_officer(wish(mine, other)).error().problems.front().field, "reason");
    EXPECT_TRUE(merge_as_officer(wish(mine, other, "两个账号都是本人的")));
}

TEST_P(MergingPeople, tells_why_it_cannot_be_done_or_undone) {
    auto const a = add({.name = "罗成", .orcid = std::string{orcid_a}}), b = add({.name = "罗成"}),
               c = add({.name = "罗成"});
    MergeWish stale = wish(a, b);
    stale.dropped_version = 7;
    EXPECT_EQ(merge_as_officer(stale).error().refusal, Refusal::stale);
    EXPECT_EQ(merge_as_officer(wish(a, a)).error().key, "registry.merge.itself");
    MergeWish nowhere = wish(a, b);
    nowhere.dropped_id = "nonsense";
    EXPECT_EQ(merge_as_officer(nowhere).error().key, "registry.merge.gone");
    Context stranger = app.context(app.account("li.na"));
    EXPECT_EQ(merge_people(stranger, wish(a, b)).error().refusal, Refusal::forbidden);
    EXPECT_EQ(app.as(app.account("li.na2")).get("/people/" + a + "/merge").status, 403);

    auto const first = merge_as_officer(wish(b, a));
    auto const second = merge_as_officer(wish(c, b));
    ASSERT_TRUE(first && second);
    EXPECT_EQ(undo_as_officer(*first).error().key, "registry.merge.later");
    ASSERT_TRUE(undo_as_officer(*second));
    app.write([&](db::Transaction& transaction) {
        transaction.execute("update registry_person set orcid = null where id = ?", {b});
        transaction.execute("update registry_person set orcid = ? where id = ?", {std::string{orcid_a}, c});
    });
    EXPECT_EQ(undo_as_officer(*first).error().key, "registry.person_merge.taken");
}

TEST_P(MergingPeople, is_found_from_the_page_of_a_person) {
    auto const first = add({.name = "何静"}), second = add({.name = "何静", .name_en = "He Jing"});
    auto const sound = add({.name = "贺敬", .name_en = "He Jing"});
    EXPECT_TRUE(officer.get("/people/" + first).contains("/people/" + first + "/merge"));
    EXPECT_FALSE(app.as(app.account("park", {{"park_officer", {"zone/changsha/changsha_htz"}}}))
                     .get("/people/" + first)
                     .contains("/merge\""));
    auto const choice = officer.get("/people/" + second + "/merge");
    EXPECT_TRUE(choice.contains("with=" + first));
    EXPECT_TRUE(choice.contains("with=" + sound)) << "the same name in Latin letters";
    EXPECT_EQ(officer.get("/people/" + second + "/merge?with=没有这个人").status, 422);
    EXPECT_EQ(officer.get("/people/" + second + "/merge?with=何静").status, 422) << "two have that name";
    EXPECT_TRUE(officer.get("/people/" + second + "/merge?with=http://sangu/people/" + first).contains("并排比较"));
}

TEST_P(MergingPeople, erasing_ones_data_reaches_the_journal) {
    auto const li = app.account("li.na");
    auto const a = add({.name = "秘密前身"}), b = add({.name = "秘密中间"});
    auto const c = add({.name = "李娜", .account_id = Id<auth::Account>{li}});
    ASSERT_TRUE(merge_as_officer(wish(b, a)));
    auto const last = merge_as_officer(wish(c, b, "秘密理由"));
    ASSERT_TRUE(last);
    Context context = app.context(li);
    ASSERT_TRUE(erase_personal_data(context, load(c), "李娜"));
    auto const reader = app.database().read();
    EXPECT_EQ(
        reader->integer("select count(*) from registry_merge where dropped_name like '秘密%' or dropped_row like "
                        "'%秘密%' or kept_before like '%秘密%' or kept_after like '%秘密%' or reason like '秘密%'"),
        0);
    EXPECT_EQ(reader->integer("select count(*) from registry_merge_row"), 0);
    EXPECT_EQ(undo_as_officer(*last).error().key, "registry.merge.erased");
    EXPECT_EQ(officer.get("/merges").status, 200);
}

} // namespace
} // namespace sangu::registry
