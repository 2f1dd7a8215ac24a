#pragma once

// The use cases of operation projects. The manager's members and officers of its scope run a project; into custody and
// pools a right comes only by those who may edit it.

#include "modules/rights/project_entities.h"
#include "modules/rights/service.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::rights {

bool may_run(Context& context, Project const& project);
Result<std::string> create_project(Context& context, Project project);
Result<void> edit_project(Context& context, std::string_view id, std::int64_t version, Project project);
// Adds rights by number or id; refuses, naming each that is unknown, not the actor's to give, or in the project
// already.
Result<int> add_members(Context& context, std::string_view id, std::vector<std::string> const& numbers);
Result<void> remove_member(Context& context, std::string_view id, std::string_view right_id);

std::optional<Project> project_with(db::Session& session, std::string_view id);
// The members this reader may know of, in the order they joined.
std::vector<RightCard> members_of(Context& context, std::string_view id);
// The projects a right is in, at most 50.
std::vector<Project> projects_of(db::Session& session, std::string_view right_id);

} // namespace sangu::rights
