#pragma once

// Organisations that may be one and the same: found when one is entered or imported, decided by people.

#include "kernel/context.h"
#include "modules/registry/entities.h"
#include "modules/registry/names.h"
#include "modules/registry/registry.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::registry {

enum class DuplicateReason : std::uint8_t { identifier, same, sound, near, told };
constexpr auto choices_of(DuplicateReason) {
    using enum DuplicateReason;
    return choices<DuplicateReason>(
        {{identifier, "identifier"}, {same, "same"}, {sound, "sound"}, {near, "near"}, {told, "told"}});
}
enum class DuplicateState : std::uint8_t { open, different, merged };
constexpr auto choices_of(DuplicateState) {
    using enum DuplicateState;
    return choices<DuplicateState>({{open, "open"}, {different, "different"}, {merged, "merged"}});
}

struct Duplicate {
    Id<Duplicate> id;
    std::string first_id, second_id; // of organisations, smaller id first
    DuplicateReason reason = DuplicateReason::same;
    DuplicateState state = DuplicateState::open;
    Instant found_at;
    std::optional<std::string> decided_by;
    std::optional<Instant> decided_at;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

// One organisation that may be the one asked about.
struct Similar {
    OrganisationCard card;
    std::string address;
    DuplicateReason reason = DuplicateReason::same;
    bool identifiers_disagree = false; // both have a credit code, and they differ
};
// What is like `probe` (itself left out), surest first, at most `limit`. Two queries whatever the size of the register.
std::vector<Similar> find_similar(db::Session& session, Organisation const& probe, std::size_t limit = 10);

// Stores the keys of the names of an organisation anew.
void store_name_keys(db::Session& session, Organisation const& organisation);
// For organisations that were stored before there were keys.
void store_missing_name_keys(db::Transaction& transaction);
// Notes the pairs of a new or renamed organisation with those like it, for officers to decide.
void note_duplicates(db::Transaction& transaction, Organisation const& organisation, Instant now);

// An officer says that two entries may be one organisation; the pair's id.
Result<std::string> tell_duplicate(Context& context, Id<Organisation> const& one, Id<Organisation> const& other);
// Pairs that wait for a decision, oldest first, with both organisations as they are now.
struct OpenPair {
    std::string id, reason;
    Organisation first, second;
};
std::vector<OpenPair> open_pairs(db::Session& session, std::string_view after_id, std::int64_t limit);
std::optional<OpenPair> open_pair(db::Session& session, std::string_view id);
std::int64_t count_open_pairs(db::Session& session, std::string_view account_id);

// Says that the two of a pair are different bodies.
Result<void> decide_different(Context& context, std::string_view duplicate_id);

inline constexpr std::string_view merge_permission = "registry.organisation.merge";

} // namespace sangu::registry
