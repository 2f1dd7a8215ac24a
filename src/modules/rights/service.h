#pragma once

// The use cases of the register of rights. Everybody reads what is open; the members of a holding organisation and
// officers in whose scope it lies read what is undisclosed, and edit.

#include "modules/registry/registry.h"
#include "modules/rights/store.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::rights {

inline constexpr std::string_view read_permission = "rights.read";
inline constexpr std::string_view edit_permission = "rights.right.edit";
inline constexpr std::string_view import_permission = "rights.right.import";
inline constexpr std::string_view rule_permission = "rights.rule.edit";
// What a person enters on the page of a right, as the source of an encumbrance.
inline constexpr std::string_view entered_source = "rights.entry";

// The rows of rights_right this reader may know of.
resource::RowFilter visible_rows(Context& context);
// Refuses not_found for a right the reader may not know of.
Result<Right> visible_right(Context& context, std::string_view id);
// The organisations the actor belongs to today.
std::vector<registry::OrganisationCard> own_organisations(Context& context);
bool may_edit(Context& context, Right const& right);

// The rules a record is completed by, read once for many.
struct Rulebook {
    std::vector<TermRule> terms;
    FeeRules fees;
};
Rulebook rulebook(db::Session& session);

// Puts a record into its stored form: numbers, links of holders to organisations, scope, term, fees. `session` is the
// transaction when something is stored. What is wrong is gathered in the refusal.
Result<void> complete(Context& context, db::Session& session, RightRecord& record, Rulebook const& rules);
// True when the actor may store the record: as officer of its scope, or for an organisation of his own.
bool may_store(Context& context, RightRecord const& record);

Result<std::string> create_right(Context& context, RightRecord& record);
// Stores `record` as the right `id` if it still has `version`. Holders cannot change while it is listed, pledged or in
// dispute ("rights.error.holders_fixed").
Result<void> edit_right(Context& context, std::string_view id, std::int64_t version, RightRecord record);
// Says that the entry is true today.
Result<void> confirm_right(Context& context, std::string_view id);
// Enters something that lies on a right outside the platform; its id.
Result<std::string> enter_encumbrance(Context& context, EncumbranceRequest request);
// Releases what was entered by hand; what a module holds it releases itself ("rights.error.held_by_module").
Result<void> release_entered(Context& context, std::string_view encumbrance_id, std::string_view reason);
// Records a paid annual fee; the next due date follows.
Result<void> pay_fee(Context& context, std::string_view id, FeePayment payment);

// An event about a right: everybody's, or of those who may edit while it is undisclosed.
void publish_right(Change& change, Right const& right, std::string_view kind, std::string_view payload = "{}");

} // namespace sangu::rights
