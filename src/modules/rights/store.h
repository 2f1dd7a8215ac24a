#pragma once

// SQL of the register of rights. Every write goes through here, so that the tally and the derived columns never part
// from the rows.

#include "kernel/context.h"
#include "kernel/resource/resource.h"
#include "modules/rights/freedom.h"
#include "modules/rights/terms.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sangu::rights {

// A right with its parts, as it is entered and shown.
struct RightRecord {
    Right right;
    std::vector<Holder> holders;
    std::vector<Inventor> inventors;
    std::vector<Classification> classes;
};

std::vector<TermRule> term_rules(db::Session& session);
FeeRules fee_rules(db::Session& session);
FreedomRules freedom_rules(db::Session& session);

// The right itself whoever asks; pages ask `visible_right` (service.h).
std::optional<Right> right_with(db::Session& session, std::string_view id);
RightRecord parts_of(db::Session& session, Right right);
std::vector<Encumbrance> live_encumbrances(db::Session& session, std::string_view right_id);
std::vector<Encumbrance> all_encumbrances(db::Session& session, std::string_view right_id); // newest first, at most 200
std::vector<FeePayment> payments_of(db::Session& session, std::string_view right_id);
// The id of another right with the same number; empty when there is none.
std::string twin_of(db::Session& session, Right const& right, std::string_view column,
                    std::optional<std::string> const& number);

// Stores a new right with its parts, or the changed one with its parts replaced. The shares of its holders must make
// the whole: the database is asked inside the transaction ("rights.share.sum").
Result<void> insert_record(Change& change, RightRecord& record);
Result<void> replace_record(Change& change, Instant now, Right const& before, RightRecord& record,
                            std::string_view action);
// A change of the right's own row only. When the right has ended, everything that lies on it is released: a licence
// lives only while the right does (Civil Code, article 865).
Result<void> save_right(Change& change, Instant now, Right const& before, Right& after, std::string_view action,
                        std::string_view comment = {});
// Sets the state of a right by what lies on it now.
void settle_state(db::Transaction& transaction, std::string_view right_id);

// Reasons of releases the system made itself are message keys.
inline constexpr std::string_view ended_reason = "rights.release.ended", term_reason = "rights.release.term";

// One combination of what lists are filtered by, and how many open rights have it.
struct Tally {
    std::string kind, legal_status, encumbrance, city, section;
    std::int64_t rights = 0;
};
std::vector<Tally> tallies(db::Session& session);
// The same of the undisclosed rights among the rows of `visible`.
std::vector<Tally> undisclosed_tallies(db::Session& session, resource::RowFilter const& visible);

} // namespace sangu::rights
