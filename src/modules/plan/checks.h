#pragma once

// Checks before and effects after the generic forms, the API and the import write.

#include "kernel/context.h"
#include "modules/plan/entities.h"
#include "modules/plan/report_entities.h"

#include <string>

namespace sangu::plan {

Result<void> before_plan(Context& context, db::Session& session, void const* before_or_null, void* after);
Result<void> before_section(Context& context, db::Session& session, void const* before_or_null, void* after);
// Resolves places to a scope and units to organisations.
Result<void> before_task(Context& context, db::Session& session, void const* before_or_null, void* after);
// Rewrites plan_task_place and plan_task_unit.
Result<void> after_task(Context& context, Change& change, void const* before_or_null, void const* after);
Result<void> before_milestone(Context& context, db::Session& session, void const* before_or_null, void* after);
Result<void> before_task_indicator(Context& context, db::Session& session, void const* before_or_null, void* after);

std::string scope_of_task(void const* task);
std::string scope_of_notice(void const* notice);
std::string scope_of_report(void const* report);
std::string scope_of_restatement(void const* one);

// The unit's name as the register has it; problems name the field.
Result<registry::OrganisationCard> find_unit(db::Session& session, std::string_view name, std::string_view field);
void write_units(db::Transaction& transaction, Task const& task);

} // namespace sangu::plan
