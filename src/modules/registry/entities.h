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

enum class IndustryEdition : std::uint8_t { y2017, y2011 };
constexpr auto choices_of(IndustryEdition) {
    return choices<IndustryEdition>({{IndustryEdition::y2017, "2017"}, {IndustryEdition::y2011, "2011"}});
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
    std::optional<std::string> former_names; // one a line: found by them too
    std::optional<std::string> address;      // registered address
    std::optional<std::string> email;        // of the organisation, for the proof that somebody speaks for it
    std::optional<Date> founded_on;
    std::optional<std::string> division_code; // GB/T 2260
    IndustryEdition industry_edition = IndustryEdition::y2017;
    std::optional<std::string> industry; // GB/T 4754 in that edition
    std::optional<std::string> strategic_industry;
    std::optional<std::string> high_tech_field;
    std::optional<std::string> cluster; // of the plan
    std::optional<Date> confirmed_on;   // when somebody last said that all this is right
    std::string scope = "zone";         // of its place
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

// Somebody who invents, advises, works or signs. Personal data is kept to what others need to tell people apart.
struct Person {
    Id<Person> id;
    std::string name;
    std::optional<std::string> name_en;          // pinyin or English
    std::optional<std::string> orcid;            // 0000-0002-1825-0097
    std::optional<std::string> introduction;     // fields of work, in the person's own words
    std::optional<Id<auth::Account>> account_id; // whoever owns the profile
    bool is_public = false;                      // the owner lets everybody see the page
    std::optional<Instant> erased_at;            // personal data was erased; the row stays for those that refer to it
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

// Where a person works or worked, in the person's words; it gives no rights (a Membership does).
struct Affiliation {
    Id<Affiliation> id;
    Id<Person> person_id;
    Id<Organisation> organisation_id;
    std::string position;
    std::optional<Date> since;
    std::optional<Date> until; // the first day no longer there
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

// Who may see how a person is reached. `organisation`: members of an organisation the person works at.
enum class ContactAudience : std::uint8_t { nobody, organisation, signed_in, everyone };
constexpr auto choices_of(ContactAudience) {
    using enum ContactAudience;
    return choices<ContactAudience>(
        {{nobody, "nobody"}, {organisation, "organisation"}, {signed_in, "signed_in"}, {everyone, "everyone"}});
}

struct Contact {
    Id<Contact> id;
    Id<Person> person_id;
    std::optional<std::string> email, phone;
    ContactAudience audience = ContactAudience::nobody;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

} // namespace sangu::registry
