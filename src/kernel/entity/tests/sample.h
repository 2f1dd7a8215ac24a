#pragma once

// A small described world for the tests of the derivations.

#include "kernel/entity/entity.h"

namespace sangu::entity::sample {

enum class OrganisationKind { company, university, institute };
inline constexpr auto choices_of(OrganisationKind) {
    using enum OrganisationKind;
    return choices<OrganisationKind>({{company, "company"}, {university, "university"}, {institute, "institute"}});
}

struct Person {
    Id<Person> id;
    std::string name;
    std::string mobile;
    std::string password_hash;
    std::int64_t version = 0;

    static EntityMeta const meta;
};

struct Organisation {
    Id<Organisation> id;
    std::string name;
    std::string credit_code;
    OrganisationKind kind = OrganisationKind::company;
    Money capital;
    std::optional<Date> founded_on;
    std::optional<Date> dissolved_on;
    std::int64_t staff = 0;
    double growth = 0;
    bool high_tech = false;
    std::string introduction;
    std::optional<Id<Person>> director;
    Instant created_at;
    std::int64_t version = 0;
    std::string director_name; // joined

    static EntityMeta const meta;
};

// One that passes validation.
Organisation an_organisation();

} // namespace sangu::entity::sample
