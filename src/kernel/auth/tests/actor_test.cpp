#include "kernel/auth/actor.h"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

namespace sangu::auth {
namespace {

constexpr std::array<std::string_view, 1> everyone{"public"};
constexpr std::array<std::string_view, 1> accounts{"signed_in"};
constexpr std::array<std::string_view, 2> officers{"city_officer", "zone_officer"};
constexpr std::array<Permission, 3> declared{{
    {"plan.target.edit", officers},
    {"plan.cockpit.read", everyone},
    {"notices.read", accounts},
}};

PermissionTable table() {
    PermissionTable result;
    result.add(declared);
    return result;
}

Actor person(std::vector<RoleGrant> roles = {}) {
    return {.kind = ActorKind::person, .account_id = "a", .name = "王芳", .roles = std::move(roles)};
}

TEST(Permissions, AnUnknownPermissionIsDeniedToEverybody) {
    EXPECT_FALSE(table().allows(system_actor(), "plan.target.delete"));
    EXPECT_FALSE(table().allows_somewhere(person({{"zone_officer", {"zone"}}}), "plan.target.delete"));
}

TEST(Permissions, AnonymousReadersSeeWhatIsPublicAndNothingElse) {
    EXPECT_TRUE(table().allows(anonymous(), "plan.cockpit.read", "zone/changsha"));
    EXPECT_TRUE(table().allows(anonymous(), "public"));
    EXPECT_FALSE(table().allows(anonymous(), "notices.read"));
    EXPECT_FALSE(table().allows(anonymous(), "signed_in"));
    EXPECT_FALSE(table().allows(anonymous(), "plan.target.edit"));
}

TEST(Permissions, ARoleHoldsInItsScopeAndBelow) {
    auto const officer = person({{"city_officer", {"zone/changsha"}}});
    EXPECT_TRUE(table().allows(officer, "plan.target.edit", "zone/changsha"));
    EXPECT_TRUE(table().allows(officer, "plan.target.edit", "zone/changsha/changsha_htz"));
    EXPECT_FALSE(table().allows(officer, "plan.target.edit", "zone/changsha2"));
    EXPECT_FALSE(table().allows(officer, "plan.target.edit", "zone/zhuzhou"));
    EXPECT_FALSE(table().allows(officer, "plan.target.edit"));
    EXPECT_TRUE(table().allows_somewhere(officer, "plan.target.edit"));
}

TEST(Permissions, AZoneRoleHoldsForOrganisationsToo) {
    EXPECT_TRUE(table().allows(person({{"zone_officer", {"zone"}}}), "plan.target.edit", "org/123"));
}

TEST(Permissions, ScopesLeaveOutWhatAWiderOneCovers) {
    auto const officer = person({{"city_officer", {"zone/changsha/changsha_htz"}},
                                 {"city_officer", {"zone/changsha"}},
                                 {"zone_officer", {"zone/xiangtan"}},
                                 {"clerk", {"zone/zhuzhou"}}});
    EXPECT_EQ(table().scopes_of(officer, "plan.target.edit"),
              (std::vector<Scope>{{"zone/changsha"}, {"zone/xiangtan"}}));
}

TEST(Permissions, ATokenDoesAtMostWhatItNames) {
    Actor token = person({{"zone_officer", {"zone"}}});
    token.kind = ActorKind::token;
    EXPECT_FALSE(table().allows(token, "plan.target.edit"));
    EXPECT_FALSE(table().allows(token, "notices.read"));
    EXPECT_TRUE(table().allows(token, "plan.cockpit.read"));
    token.token_permissions = {"plan.target.edit"};
    EXPECT_TRUE(table().allows(token, "plan.target.edit"));
}

TEST(Permissions, ATokenAddsNothingToItsAccount) {
    Actor token = person();
    token.kind = ActorKind::token;
    token.token_permissions = {"plan.target.edit"};
    EXPECT_FALSE(table().allows(token, "plan.target.edit"));
}

TEST(Permissions, APermissionIsDeclaredOnce) {
    auto twice = table();
    EXPECT_THROW(twice.add(declared), std::logic_error);
}

TEST(Permissions, RolesAreNamedOnceAndSorted) {
    EXPECT_EQ(table().roles(), (std::vector<std::string_view>{"city_officer", "zone_officer"}));
}

} // namespace
} // namespace sangu::auth
