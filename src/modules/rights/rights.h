#pragma once

// The register of rights as other modules see it: small cards, and the one way to take hold of a right. Whoever sells,
// licenses, pledges or lists a right takes an encumbrance inside the transaction of that act; the database refuses what
// is not free, so no act that forgot to look can happen.

#include "kernel/context.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu::rights {

struct Right;

// What can lie on a right, the mildest first.
enum class EncumbranceKind : std::uint8_t {
    ordinary_licence,
    sole_licence,      // the holder may still use it, nobody else
    exclusive_licence, // not even the holder
    listing,           // offered in a listing, bidding or auction
    pledge,
    dispute // a suit, preservation or procedure that suspends dealings
};
constexpr auto choices_of(EncumbranceKind) {
    using enum EncumbranceKind;
    return choices<EncumbranceKind>({{ordinary_licence, "ordinary_licence"},
                                     {sole_licence, "sole_licence"},
                                     {exclusive_licence, "exclusive_licence"},
                                     {listing, "listing"},
                                     {pledge, "pledge"},
                                     {dispute, "dispute"}});
}

// The one state of a right: the gravest of what lies on it, `lapsed` once it has ended.
enum class EncumbranceState : std::uint8_t {
    free,
    ordinary_licence,
    sole_licence,
    exclusive_licence,
    listing,
    pledge,
    dispute,
    lapsed
};
constexpr auto choices_of(EncumbranceState) {
    using enum EncumbranceState;
    return choices<EncumbranceState>({{free, "free"},
                                      {ordinary_licence, "ordinary_licence"},
                                      {sole_licence, "sole_licence"},
                                      {exclusive_licence, "exclusive_licence"},
                                      {listing, "listing"},
                                      {pledge, "pledge"},
                                      {dispute, "dispute"},
                                      {lapsed, "lapsed"}});
}

// What a list or a page of another module shows of a right.
struct RightCard {
    Id<Right> id;
    std::string kind;   // "invention", …
    std::string number; // grant number, else application number; may be empty
    std::string title, title_en, holders;
    std::string legal_status; // "granted", …
    EncumbranceState encumbrance = EncumbranceState::free;
    std::optional<Date> expires_on; // the first day without protection
    bool undisclosed = false;
    std::string scope;
    std::string application, publication; // their numbers; may be empty

    std::string path() const { return "/rights/" + id.text; }
};

// At most 500 cards in one query, in no order; ids that are unknown or that this reader may not know of are left out.
std::vector<RightCard> cards(Context& context, std::span<std::string const> ids);
// By application, publication or grant number as people write it, or by id.
std::optional<RightCard> find_right(Context& context, std::string_view number_or_id);
// By numbers as people write them, at most 100, one query (three when some are not open): for each that is found its
// place in `numbers` and the right.
std::vector<std::pair<std::size_t, RightCard>> rights_numbered(Context& context, std::span<std::string const> numbers);
// The open rights of an organisation, at most `limit`, newest first.
std::vector<RightCard> rights_of(Context& context, std::string_view organisation_id, int limit);

struct HolderShare {
    std::string organisation_id; // empty: not in the register of organisations
    std::string name;
    std::int64_t share_ppm = 0;
};
// In order; their shares make 1,000,000 ppm.
std::vector<HolderShare> holders_of(db::Session& session, std::string_view right_id);

struct EncumbranceRequest {
    std::string right_id;
    EncumbranceKind kind = EncumbranceKind::ordinary_licence;
    std::string holder_id;   // organisation that holds it; may be empty
    std::string holder_name; // as people read it
    std::string reason;
    std::string source, source_id;  // what takes it: "trading.listing" and its id; live at most once per right
    std::optional<Date> since;      // default: today
    std::optional<Date> until;      // last day; empty: until released
    bool co_owners_consent = false; // all co-owners have consented
    bool holders_consent = false;   // holders of what lies on it already have consented
    std::string consent;            // the documents that say so; required with either
};

// Why a right is not free for something.
struct Obstacle {
    std::string key; // message: "rights.obstacle.…"
    std::vector<std::string> arguments;
    std::string law;       // the rule's source, as stored
    bool confirmed = true; // false: the rule's text could not be checked
    bool curable = false;  // consent would cure it
};
// Looks only; what `take_encumbrance` would say now.
std::vector<Obstacle> obstacles(Context& context, db::Session& session, EncumbranceRequest const& request);

// Takes the encumbrance in the caller's transaction, with audit record and event; its id. The caller has checked that
// the actor may do the act. Refuses conflict "rights.error.not_free" with one problem per obstacle, and not_found.
Result<std::string> take_encumbrance(Context& context, Change& change, EncumbranceRequest const& request);
// Releases what `source`/`source_id` holds on any right; gives how many. Releasing again is no error: 0.
Result<int> release_encumbrances(Context& context, Change& change, std::string_view source, std::string_view source_id,
                                 std::string_view reason);

} // namespace sangu::rights
