#pragma once

// Operation of rights: portfolios, pools, navigation projects and custody. Members are rights of the register; a right
// may be in several.

#include "modules/rights/entities.h"

namespace sangu::rights {

enum class ProjectKind : std::uint8_t { portfolio, pool, navigation, custody };
constexpr auto choices_of(ProjectKind) {
    using enum ProjectKind;
    return choices<ProjectKind>(
        {{portfolio, "portfolio"}, {pool, "pool"}, {navigation, "navigation"}, {custody, "custody"}});
}

enum class ProjectState : std::uint8_t { running, ended };
constexpr auto choices_of(ProjectState) {
    return choices<ProjectState>({{ProjectState::running, "running"}, {ProjectState::ended, "ended"}});
}

struct Project {
    Id<Project> id;
    ProjectKind kind = ProjectKind::portfolio;
    std::string title;
    std::optional<std::string> summary;
    std::string manager; // who operates it; tied to the register when known there
    std::optional<Id<registry::Organisation>> manager_id;
    ProjectState state = ProjectState::running;
    Date since;
    std::optional<Date> until;        // its last day; custody must have one
    std::optional<std::string> terms; // scope, exclusivity, fee, reporting: as agreed
    std::string scope = "zone";       // of the manager
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

struct ProjectMember {
    Id<ProjectMember> id;
    Id<Project> project_id;
    Id<Right> right_id;
    Date joined_on;
    std::string joined_by_name;

    static entity::EntityMeta const meta;
};

} // namespace sangu::rights
