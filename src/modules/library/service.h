#pragma once

// The use cases of entries. Each asks layer and ownership through access.h.

#include "kernel/context.h"
#include "kernel/http/message.h"
#include "kernel/resource/published.h"
#include "modules/library/store.h"

#include <optional>
#include <span>

namespace sangu::library {

// Owner of attachments
inline constexpr std::string_view entry_files = "library.entry";

// A new draft. `typed`: title, organisation_id (one the actor speaks for; empty: the account itself), place (code;
// empty: that of the organisation), and whatever else is known already.
Result<Entry> start(Context& context, Kind const& kind, http::Pairs const& typed);
// Stores what was typed, as a draft may be: fields that did not come stay. `version`: the one the form was made from.
// Refuses "error.stale" when somebody else was faster, "library.error.closed" in a state that is not written in.
Result<Entry> save(Context& context, Kind const& kind, std::string_view number, http::Pairs const& typed,
                   std::int64_t version, std::span<http::Upload const> uploads = {});
Result<void> remove_file(Context& context, std::string_view number, std::string_view file_id);
bool is_writable(EntryState state);

// What a step brings with it.
struct StepInput {
    std::string comment;
    std::string outcome; // of "end": a choice of Outcome
};
Result<Entry> step(Context& context, std::string_view number, std::string_view action, StepInput const& input);
std::vector<flow::Offer> offers_for(Context const& context, View const& view);

// Confirms every entry of the actor that is reminded or overdue; entries that left the list stay as they are. Gives how
// many.
Result<std::int64_t> confirm_all(Context& context);

// Gives an account a layer ("body", "files") by the owner's consent; an empty layer takes it away.
Result<void> give_access(Context& context, std::string_view number, std::string_view account, std::string_view layer);
// The reader signs the undertaking with their name and sees what is behind it. Refuses "error.required" without a
// name and "library.error.no_undertaking" when the owner did not choose one.
Result<void> sign_undertaking(Context& context, std::string_view number, std::string_view name, bool agreed);

// Review (step_service.cpp)

inline constexpr std::size_t bulk_max = 200;
inline constexpr std::int64_t undo_ms = 10 * 60 * 1000;
// Publishes or returns many entries, all or none; gives the id for undo_review().
Result<std::string> review(Context& context, std::span<std::string const> numbers, std::string_view action,
                           std::string comment);
// Puts them back into the queue within 10 minutes, by the one who decided, as far as nobody changed them since.
Result<std::int64_t> undo_review(Context& context, std::string_view bulk_id);

// Freshness (jobs.cpp): takes every step of the clock that is due; gives how many.
Result<std::int64_t> pass_time(Context& context);

// What an event says: where the entry is and, of one that is public, its title.
std::string payload_of(Kind const& kind, Entry const& entry);
std::string path_of(Kind const& kind, Entry const& entry);
// The list of every kind, as far as its title layer goes, for those who publish all lists.
std::vector<resource::Published> published_lists(Services const& services);

} // namespace sangu::library
