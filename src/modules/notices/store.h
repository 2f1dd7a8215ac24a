#pragma once

// The rows of everybody's inbox and what they do not want to be told. Every read follows an index and has a limit.

#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/events/audience.h"
#include "kernel/i18n/i18n.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::notices {

inline constexpr std::int64_t unread_max = 100; // shown and counted

struct Entry {
    std::int64_t event = 0; // number in the feed; names the entry within an account's inbox
    std::string topic, message, subject_zh, subject_en, path;
    Instant at;
    std::optional<Instant> read_at;
    std::string visibility = "public", scope = "zone"; // of the event

    // The sentence in a language; the bare subject when the module that knows the sentence is not there.
    std::string text(i18n::Language language) const;
};

std::vector<Entry> unread(db::Session& session, std::string_view account); // newest first
std::vector<Entry> read_before(db::Session& session, std::string_view account, std::int64_t event, int limit);
std::optional<Entry> find(db::Session& session, std::string_view account, std::int64_t event);
std::int64_t count_unread(db::Session& session, std::string_view account); // up to unread_max

// False when the account was told about this event already.
bool add(db::Transaction& transaction, std::string_view account, std::string_view topic, events::Event const& event,
         events::Notice const& notice);
void mark_read(db::Transaction& transaction, std::string_view account, std::int64_t event, Instant now);
// All up to and including `event`: what came in since the page was shown stays unread.
void mark_all_read(db::Transaction& transaction, std::string_view account, std::int64_t event, Instant now);
std::int64_t forget_read_before(db::Transaction& transaction, Instant before);

std::set<std::string, std::less<>> unwanted_topics(db::Session& session, std::string_view account);
// The accounts that do not want to be told about a topic.
std::set<std::string, std::less<>> unwilling(db::Session& session, std::string_view topic);
void set_wanted(db::Transaction& transaction, std::string_view account, std::string_view topic, bool wanted);

} // namespace sangu::notices
