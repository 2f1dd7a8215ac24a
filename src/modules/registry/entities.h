#pragma once

#include "kernel/auth/account.h"
#include "kernel/entity/entity.h"
#include "modules/registry/registry.h"

#include <optional>
#include <string>

namespace sangu::registry {

enum class PlaceKind : std::uint8_t { province, zone, group, city, htz, valley, park };
constexpr auto choices_of(PlaceKind) {
    return choices<PlaceKind>({{PlaceKind::province, "province"},
                               {PlaceKind::zone, "zone"},
                               {PlaceKind::group, "group"},
                               {PlaceKind::city, "city"},
                               {PlaceKind::htz, "htz"},
                               {PlaceKind::valley, "valley"},
                               {PlaceKind::park, "park"}});
}

struct Place {
    Id<Place> id;
    std::string code;
    PlaceKind kind = PlaceKind::park;
    std::optional<Id<Place>> parent_id;
    std::string name_zh, name_en;
    std::optional<std::string> division_code;
    std::int64_t position = 100; // order among people's lists
    std::string path;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

enum class OrganisationKind : std::uint8_t {
    enterprise,
    university,
    institute,
    new_rd_institution,
    hospital,
    government,
    park_operator,
    incubator,
    bank,
    investor,
    insurer,
    guarantor,
    intermediary,
    alliance
};
constexpr auto choices_of(OrganisationKind) {
    using enum OrganisationKind;
    return choices<OrganisationKind>({{enterprise, "enterprise"},
                                      {university, "university"},
                                      {institute, "institute"},
                                      {new_rd_institution, "new_rd_institution"},
                                      {hospital, "hospital"},
                                      {government, "government"},
                                      {park_operator, "park_operator"},
                                      {incubator, "incubator"},
                                      {bank, "bank"},
                                      {investor, "investor"},
                                      {insurer, "insurer"},
                                      {guarantor, "guarantor"},
                                      {intermediary, "intermediary"},
                                      {alliance, "alliance"}});
}

struct Organisation {
    Id<Organisation> id;
    std::string name;
    std::optional<std::string> name_en;
    OrganisationKind kind = OrganisationKind::enterprise;
    std::optional<std::string> uscc; // unified social credit code, GB 32100-2015
    std::optional<Id<Place>> place_id;
    std::optional<std::string> website;
    std::optional<std::string> introduction;
    std::string scope = "zone"; // of its place
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

struct Membership {
    Id<Membership> id;
    Id<auth::Account> account_id;
    Id<Organisation> organisation_id;
    std::string position;
    Date since;
    std::optional<Date> until; // the first day no longer a member
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

} // namespace sangu::registry
