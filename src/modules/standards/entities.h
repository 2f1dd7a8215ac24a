#pragma once

#include "kernel/entity/entity.h"

#include <optional>
#include <string>

namespace sangu::registry {
struct Organisation;
}

namespace sangu::standards {

enum class Level : std::uint8_t { national_mandatory, national, sector, local, association, enterprise, international };
constexpr auto choices_of(Level) {
    using enum Level;
    return choices<Level>({{national_mandatory, "national_mandatory"},
                           {national, "national"},
                           {sector, "sector"},
                           {local, "local"},
                           {association, "association"},
                           {enterprise, "enterprise"},
                           {international, "international"}});
}

enum class Status : std::uint8_t { drafting, approved, in_force, superseded, withdrawn };
constexpr auto choices_of(Status) {
    using enum Status;
    return choices<Status>({{drafting, "drafting"},
                            {approved, "approved"},
                            {in_force, "in_force"},
                            {superseded, "superseded"},
                            {withdrawn, "withdrawn"}});
}

// How closely it follows an international standard (GB/T 1.2: IDT, MOD, NEQ).
enum class Adoption : std::uint8_t { none, identical, modified, not_equivalent };
constexpr auto choices_of(Adoption) {
    using enum Adoption;
    return choices<Adoption>(
        {{none, "none"}, {identical, "identical"}, {modified, "modified"}, {not_equivalent, "not_equivalent"}});
}

struct Standard {
    Id<Standard> id;
    std::string number; // "GB/T 42748-2023"
    std::string title;
    std::optional<std::string> title_en;
    Level level = Level::national;
    Status status = Status::in_force;
    std::optional<Date> published_on, in_force_on, ended_on;
    std::optional<std::string>
        replaced_by; // number of the standard that takes its place; may not be in the library yet
    Adoption adoption = Adoption::none;
    std::optional<std::string> adopted_number; // "ISO 9001:2015"
    std::optional<std::string> ics;            // International Classification for Standards: "03.140"
    std::optional<std::string> organisations;  // that take part in drafting, one a line, the leading one first
    std::optional<std::string> people;         // likewise
    std::optional<std::string> summary;
    std::optional<std::string> source; // where the entry comes from
    std::string scope = "zone";        // of the leading organisation
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

enum class DrafterKind : std::uint8_t { organisation, person };
constexpr auto choices_of(DrafterKind) {
    return choices<DrafterKind>({{DrafterKind::organisation, "organisation"}, {DrafterKind::person, "person"}});
}

// One line of Standard::organisations or ::people, tied to the register of organisations where it is known.
struct Drafter {
    Id<Drafter> id;
    Id<Standard> standard_id;
    std::int64_t position = 1;
    DrafterKind kind = DrafterKind::organisation;
    std::optional<Id<registry::Organisation>> organisation_id;
    std::string name;

    static entity::EntityMeta const meta;
};

} // namespace sangu::standards
