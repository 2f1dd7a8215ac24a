#include "kernel/db/schema.h"
#include "modules/registry/duplicates.h"
#include "modules/registry/merge.h"
#include "modules/registry/merge_references.h"
#include "modules/registry/registry.h"
#include "support/test_app.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

class Merging : public ::testing::TestWithParam<char const*> {
protected:
    test::TestApp app{{registry_module()}, GetParam()};
    std::string officer_id = app.account("he.lan", {{"zone_officer", {"zone"}}});
    test::Browser officer = app.as(officer_id);

    // Registers an organisation as an officer who knows that it is another one.
    std::string add(std::string_view name, std::string_view uscc = "", http::Pairs more = {}) {
        http::Pairs form{{"name", std::string{name}},
                         {"kind", "enterprise"},
                         {"industry_edition", "2017"},
                         {"uscc", std::string{uscc}},
                         {"distinct", "true"}};
        form.insert(form.end(), more.begin(), more.end());
        auto const answer = officer.post("/organisations", form);
        EXPECT_EQ(answer.status, 303) << name << answer.body.substr(0, 2000);
        auto const location = answer.header("location");
        return std::string{location.substr(15, 26)};
    }
    Organisation load(std::string const& id) {
        return entity::find(*app.database().read(), Id<Organisation>{id}).value();
    }
    void member(std::string const& account, std::string const& organisation, std::string_view since) {
        app.write([&](db::Transaction& transaction) {
            entity::insert(transaction, Membership{.id = new_id_of<Membership>(),
                                                   .account_id = {account},
                                                   .organisation_id = {organisation},
                                                   .position = "工程师",
                                                   .since = *parse_date(since)});
        });
    }
    // Everything in the tables that refer to organisations, as text.
    std::vector<std::string> state() {
        std::vector<std::string> rows;
        auto const reader = app.database().read();
        for (char const* sql : {"select id, account_id, organisation_id, since, position from registry_membership",
                                "select id, name, uscc, address, former_names, kind from registry_organisation",
                                "select id, account_id, role, scope from kernel_role_grant",
                                "select block, organisation_id from registry_name_key"})
            reader->query(sql, {}, [&](db::Row const& row) {
                std::string text;
                for (int i = 0; i < row.columns(); ++i) text += (row.is_null(i) ? "-" : std::string{row.text(i)}) + "|";
                rows.push_back(text);
            });
        std::ranges::sort(rows);
        return rows;
    }
    Result<std::string> merge_as_officer(std::string const& kept, std::string const& dropped, std::string reason = "") {
        Context context = app.context(officer_id);
        return merge(context, {.kept_id = kept,
                               .dropped_id = dropped,
                               .kept_version = load(kept).version,
                               .dropped_version = load(dropped).version,
                               .reason = std::move(reason)});
    }
};
INSTANTIATE_TEST_SUITE_P(databases, Merging, ::testing::Values("sqlite", "postgres"),
                         [](auto const& parameter) { return std::string{parameter.param}; });

TEST_P(Merging, moves_every_reference_and_undoing_it_restores_every_one) {
    auto const kept = add("中联重科股份有限公司", "914300007121944054");
    auto const dropped = add("中聯重科有限公司", "", {{"address", "银盆南路361号"}});
    auto const zhou = app.account("zhou.min", {{"unit_officer", {"org/" + dropped}}});
    auto const li = app.account("li.na");
    member(zhou, dropped, "2026-01-01");
    member(li, dropped, "2026-02-01");
    member(li, kept, "2026-02-01"); // the same membership in both: it cannot stand twice
    auto const before = state();

    auto const merged = merge_as_officer(kept, dropped);
    ASSERT_TRUE(merged);
    auto const reader = app.database().read();
    EXPECT_FALSE(entity::find(*reader, Id<Organisation>{dropped}));
    EXPECT_TRUE(speaks_for(*reader, zhou, kept, *parse_date("2026-11-23")));
    EXPECT_EQ(reader->integer("select count(*) from registry_membership where organisation_id = ?", {kept}), 2);
    EXPECT_EQ(reader->text("select scope from kernel_role_grant where account_id = ?", {zhou}), "org/" + kept);
    Organisation const one = load(kept);
    EXPECT_EQ(one.address, "银盆南路361号") << "what the kept entry lacked is filled";
    EXPECT_EQ(one.former_names, "中聯重科有限公司") << "and it is found by both names";
    EXPECT_EQ(merged_into(*reader, dropped), kept);

    Context context = app.context(officer_id);
    ASSERT_TRUE(undo_merge(context, *merged));
    EXPECT_EQ(state(), before);
    Context again = app.context(officer_id);
    EXPECT_EQ(undo_merge(again, *merged).error().key, "registry.merge.undone");
}

// A module that refers to organisations without saying so in its description would lose its references.
TEST_P(Merging, knows_every_foreign_key_to_organisations) {
    auto const known = references_of(app.services(), "registry.organisation");
    for (db::ForeignKey const& one : db::foreign_keys_to(*app.database().read(), "registry_organisation")) {
        if (one.table == "registry_name_key") continue; // computed from the names
        EXPECT_TRUE(std::ranges::any_of(known,
                                        [&](Reference const& reference) {
                                            return reference.meta->table() == one.table &&
                                                   reference.field->name == one.column;
                                        }))
            << one.table << "." << one.column;
    }
}

TEST_P(Merging, keeps_what_people_changed_after_it) {
    auto const kept = add("湘潭电机股份有限公司", "", {{"address", "旧址"}});
    auto const dropped = add("湘潭电机有限公司", "", {{"website", "https://xemc.example"}});
    auto const zhou = app.account("zhou.min");
    member(zhou, dropped, "2026-01-01");
    auto const merged = merge_as_officer(kept, dropped);
    ASSERT_TRUE(merged);
    app.write([&](db::Transaction& transaction) {
        transaction.execute("update registry_organisation set address = '新址', version = version + 1 where id = ?",
                            {kept});
        transaction.execute("update registry_membership set position = '总工程师', version = version + 1");
    });
    Context context = app.context(officer_id);
    ASSERT_TRUE(undo_merge(context, *merged));
    EXPECT_EQ(load(kept).address, "新址");
    EXPECT_FALSE(load(kept).website) << "what the merge brought goes back";
    EXPECT_EQ(load(dropped).website, "https://xemc.example");
    auto const reader = app.database().read();
    EXPECT_EQ(reader->text("select organisation_id from registry_membership"), dropped);
    EXPECT_EQ(reader->text("select position from registry_membership"), "总工程师");
}

TEST_P(Merging, needs_a_reason_when_the_credit_codes_differ) {
    auto const kept = add("株洲硬质合金有限公司", "914302007790310965");
    auto const dropped = add("株洲硬质合金有限责任公司", "914300007808508659");
    auto const refused = merge_as_officer(kept, dropped);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().problems.front().key, "registry.merge.reason_needed");
    EXPECT_EQ(load(dropped).name, "株洲硬质合金有限责任公司") << "nothing happened";
    auto const merged = merge_as_officer(kept, dropped, "换发新证，旧代码已注销");
    ASSERT_TRUE(merged);
    EXPECT_EQ(load(kept).uscc, "914302007790310965");
    Context context = app.context(officer_id);
    ASSERT_TRUE(undo_merge(context, *merged));
    EXPECT_EQ(load(dropped).uscc, "914300007808508659");
}

TEST_P(Merging, takes_the_code_of_the_dropped_entry_and_gives_it_back) {
    auto const kept = add("湖南铁道职业学院");
    auto const dropped = add("湖南省铁道职业学院", "914300007121944054");
    auto const merged = merge_as_officer(kept, dropped);
    ASSERT_TRUE(merged);
    EXPECT_EQ(load(kept).uscc, "914300007121944054");
    Context context = app.context(officer_id);
    ASSERT_TRUE(undo_merge(context, *merged));
    EXPECT_FALSE(load(kept).uscc);
    EXPECT_EQ(load(dropped).uscc, "914300007121944054");
}

TEST_P(Merging, is_undone_in_the_order_it_was_done) {
    auto const a = add("甲科技有限公司"), b = add("甲科技有限责任公司"), c = add("甲科技股份有限公司");
    auto const first = merge_as_officer(b, a);
    auto const second = merge_as_officer(c, b);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(merged_into(*app.database().read(), a), c) << "through the chain";
    Context context = app.context(officer_id);
    EXPECT_EQ(undo_merge(context, *first).error().key, "registry.merge.later");
    Context next = app.context(officer_id);
    ASSERT_TRUE(undo_merge(next, *second));
    Context last = app.context(officer_id);
    ASSERT_TRUE(undo_merge(last, *first));
    EXPECT_EQ(load(a).name, "甲科技有限公司");
}

TEST_P(Merging, refuses_what_was_not_seen_itself_and_others) {
    auto const a = add("乙科技有限公司"), b = add("乙科技有限责任公司");
    Context context = app.context(officer_id);
    MergeWish wish{.kept_id = a, .dropped_id = b, .kept_version = 1, .dropped_version = 7};
    EXPECT_EQ(merge(context, wish).error().refusal, Refusal::stale);
    wish.dropped_id = a;
    wish.dropped_version = 1;
    EXPECT_EQ(merge(context, wish).error().key, "registry.merge.itself");
    wish.dropped_id = "nonsense";
    EXPECT_EQ(merge(context, wish).error().refusal, Refusal::not_found);
    Context stranger = app.context(app.account("li.na"));
    EXPECT_EQ(merge(stranger, {.kept_id = a, .dropped_id = b, .kept_version = 1, .dropped_version = 1}).error().refusal,
              Refusal::forbidden);
}

TEST_P(Merging, is_offered_on_entry_and_decided_by_officers_side_by_side) {
    auto const first = add("中联重科股份有限公司", "914300007121944054");
    http::Pairs const again{
        {"name", "中聯重科有限公司"}, {"kind", "enterprise"}, {"industry_edition", "2017"}, {"address", "银盆南路"}};
    auto const warned = officer.post("/organisations", again);
    EXPECT_EQ(warned.status, 409);
    EXPECT_TRUE(warned.contains("中联重科股份有限公司"));
    EXPECT_TRUE(warned.contains("value=\"银盆南路\"")) << "nothing typed is lost";
    auto distinct = again;
    distinct.emplace_back("distinct", "true");
    ASSERT_EQ(officer.post("/organisations", distinct).status, 303);
    auto const second = find_organisation(*app.database().read(), "中聯重科有限公司")->id.text;

    auto const pairs = open_pairs(*app.database().read(), "", 10);
    ASSERT_EQ(pairs.size(), 1u);
    EXPECT_TRUE(officer.get("/duplicates").contains("中聯重科有限公司"));
    auto const page = officer.get("/duplicates/" + pairs[0].id + "?keep=" + first);
    EXPECT_TRUE(page.contains("银盆南路"));
    EXPECT_EQ(app.get("/duplicates").status, 303) << "officers only";
    http::Pairs const wish{
        {"kept", first}, {"dropped", second}, {"kept_version", "1"}, {"dropped_version", "1"}, {"take", "name"}};
    ASSERT_EQ(officer.post("/duplicates/" + pairs[0].id + "/merge", wish).status, 303);
    EXPECT_EQ(load(first).name, "中聯重科有限公司") << "the name was taken from the other";
    EXPECT_TRUE(open_pairs(*app.database().read(), "", 10).empty());
    auto const merges = officer.get("/merges");
    auto const id = app.database().read()->text("select id from registry_merge").value();
    EXPECT_TRUE(merges.contains("/merges/" + id + "/undo"));
    ASSERT_EQ(officer.post("/merges/" + id + "/undo").status, 303);
    EXPECT_EQ(load(first).name, "中联重科股份有限公司");
    ASSERT_EQ(open_pairs(*app.database().read(), "", 10).size(), 1u) << "and waits for a decision again";
    ASSERT_EQ(officer.post("/duplicates/" + pairs[0].id + "/different").status, 303);
    EXPECT_TRUE(open_pairs(*app.database().read(), "", 10).empty());
}

TEST_P(Merging, while_somebody_edits_shows_what_was_typed_beside_what_is_stored) {
    auto const kept = add("丙科技有限公司"), dropped = add("丙科技有限责任公司");
    http::Pairs form{{"name", "丙科技有限责任公司"},
                     {"kind", "enterprise"},
                     {"industry_edition", "2017"},
                     {"address", "麓谷大道"},
                     {"version", "1"}};
    ASSERT_TRUE(merge_as_officer(kept, dropped));
    auto const into_dropped = officer.post("/organisations/" + dropped, form);
    EXPECT_EQ(into_dropped.status, 412);
    EXPECT_TRUE(into_dropped.contains("麓谷大道"));
    EXPECT_TRUE(into_dropped.contains("/organisations/" + kept));
    auto const into_kept = officer.post("/organisations/" + kept, form);
    EXPECT_EQ(into_kept.status, 412) << "the version has moved on";
    EXPECT_TRUE(into_kept.contains("麓谷大道"));
}

TEST_P(Merging, pairs_are_noted_when_organisations_are_imported) {
    add("湖南工业大学", "914300007808508659");
    std::vector<http::Upload> files(1);
    files[0].field = "file";
    files[0].file_name = "o.csv";
    files[0].data = "name,kind,industry_edition\n湖南工業大學,university,2017\n湖南科技大学,university,2017\n";
    files[0].size = files[0].data.size();
    std::string const page{officer.upload("/organisations/import", {}, std::move(files)).header("location")};
    officer.post(page + "/check", {{"field_0", "name"}, {"field_1", "kind"}, {"field_2", "industry_edition"}});
    officer.post(page + "/run");
    ASSERT_TRUE(officer.get(page).contains("已导入"));
    auto const pairs = open_pairs(*app.database().read(), "", 10);
    ASSERT_EQ(pairs.size(), 1u);
    EXPECT_EQ(pairs[0].reason, "same");
}

} // namespace
} // namespace sangu::registry
