#include "kernel/entity/derive.h"
#include "kernel/entity/store.h"
#include "kernel/host.h"
#include "kernel/module.h"
#include "modules/registry/entities.h"
#include "modules/registry/registry.h"
#include "modules/registry/rules.h"
#include "support/kernel_fixture.h"
#include "support/schema.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu {
Module registry_module();
}

namespace sangu::registry {
namespace {

class Registry : public test::OnBothKernels {
protected:
    void SetUp() override {
        OnBothKernels::SetUp();
        std::vector<Module> const modules{registry_module()};
        db::migrate(database(), migrations_of(modules));
        seed(services());
    }
};
SANGU_ON_BOTH_DATABASES(Registry);

TEST_P(Registry, the_zone_stands_with_its_cities_and_high_tech_zones_in_the_scopes_roles_hold_in) {
    auto const reader = database().read();
    auto const all = places(*reader);
    ASSERT_NE(find_place(all, "zhuzhou_htz"), nullptr);
    EXPECT_EQ(find_place(all, "zhuzhou_htz")->path, "zone/zhuzhou/zhuzhou_htz");
    EXPECT_EQ(find_place(all, "zhuzhou_htz")->parent, "zhuzhou");
    EXPECT_EQ(find_place(all, "changsha")->division_code, "430100");
    EXPECT_EQ(find_place(all, "xiangtan_valley")->name_zh, "湘潭智造谷");
    EXPECT_EQ(scope_name(all, "zone/changsha", i18n::Language::en), "Changsha");
    EXPECT_EQ(scope_name(all, "org/1", i18n::Language::en), "org/1");
    EXPECT_TRUE((auth::Scope{"zone/zhuzhou"}.covers(find_place(all, "zhuzhou_htz")->path)));
    EXPECT_FALSE((auth::Scope{"zone/changsha"}.covers(find_place(all, "three_cities")->path)));
}

TEST_P(Registry, tables_and_descriptions_agree) {
    auto const reader = database().read();
    for (entity::EntityMeta const* meta :
         {&Place::meta, &Organisation::meta, &Membership::meta, &auth::Account::meta, &auth::Grant::meta})
        EXPECT_EQ(test::schema_differences(*reader, *meta), std::vector<std::string>{});
}

TEST_P(Registry, seeding_again_changes_nothing) {
    write([](db::Transaction& transaction) {
        transaction.execute("update registry_place set name_en = 'Renamed' where code = 'changsha'");
    });
    auto const count = [&] { return database().read()->integer("select count(*) from registry_place"); };
    auto const before = count();
    seed(services());
    EXPECT_EQ(count(), before);
    EXPECT_EQ(place_of(*database().read(), "changsha")->name_en, "Renamed");
}

TEST_P(Registry, a_new_place_takes_its_scope_from_its_parent_and_keeps_it) {
    Context one = context();
    Place park{.id = new_id_of<Place>(),
               .code = "yuelu_park",
               .parent_id = place_of(*database().read(), "changsha")->id,
               .name_zh = "岳麓园",
               .name_en = "Yuelu"};
    ASSERT_TRUE(before_place(one, one.reader(), nullptr, &park));
    EXPECT_EQ(park.path, "zone/changsha/yuelu_park");
    Place moved = park;
    moved.parent_id = place_of(*database().read(), "zhuzhou")->id;
    auto const refused = before_place(one, one.reader(), &park, &moved);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().problems.front().key, "registry.place.fixed");
}

TEST_P(Registry, an_organisation_has_the_scope_of_its_place_and_is_found_by_name_and_code) {
    Context one = context();
    Organisation works{.id = new_id_of<Organisation>(),
                       .name = "中联重科股份有限公司",
                       .uscc = "914300007121944054",
                       .place_id = place_of(*database().read(), "changsha_htz")->id};
    ASSERT_TRUE(before_organisation(one, one.reader(), nullptr, &works));
    EXPECT_EQ(works.scope, "zone/changsha/changsha_htz");
    EXPECT_TRUE(entity::validate(works).empty());
    write([&](db::Transaction& transaction) { entity::insert(transaction, works); });
    auto const reader = database().read();
    EXPECT_EQ(find_organisation(*reader, "914300007121944054")->name, works.name);
    EXPECT_EQ(find_organisation(*reader, works.name)->id, works.id);
    EXPECT_FALSE(find_organisation(*reader, "无此机构"));
    std::vector<std::string> const ids{works.id.text, "unknown", works.id.text};
    EXPECT_EQ(organisations(*reader, ids).size(), 1u);

    Organisation twin = works;
    twin.id = new_id_of<Organisation>();
    EXPECT_THROW(write([&](db::Transaction& transaction) { entity::insert(transaction, twin); }),
                 db::ConstraintViolation)
        << "one unified social credit code is one organisation";
    twin.uscc = "914300007121944055";
    EXPECT_FALSE(entity::validate(twin).empty()) << "the check digit is wrong";
}

TEST_P(Registry, memberships_count_between_their_dates) {
    Organisation body{.id = new_id_of<Organisation>(), .name = "湘潭大学", .kind = OrganisationKind::university};
    Date const joined = *parse_date("2025-09-01"), left = *parse_date("2026-03-01");
    auth::Account person;
    write([&](db::Transaction& transaction) {
        person = auth::create_account(transaction, "zhou.min", "周敏", clock_.now());
        entity::insert(transaction, body);
        entity::insert(transaction, Membership{.id = new_id_of<Membership>(),
                                               .account_id = person.id,
                                               .organisation_id = body.id,
                                               .position = "教授",
                                               .since = joined,
                                               .until = left});
    });
    auto const reader = database().read();
    EXPECT_TRUE(organisations_of(*reader, person.id.text, joined + -1).empty());
    EXPECT_EQ(organisations_of(*reader, person.id.text, joined).size(), 1u);
    EXPECT_TRUE(organisations_of(*reader, person.id.text, left).empty());
    Membership const backwards{.id = new_id_of<Membership>(),
                               .account_id = person.id,
                               .organisation_id = body.id,
                               .position = "教授",
                               .since = left,
                               .until = joined};
    auto const problems = entity::validate(backwards);
    EXPECT_TRUE(std::ranges::any_of(
        problems, [](Problem const& one) { return one.key == "registry.membership.rule.since_before_until"; }));
}

} // namespace
} // namespace sangu::registry
