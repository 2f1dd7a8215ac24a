#pragma once

// Turns events into entries of inboxes, by what the modules say about whom their events concern.

#include "kernel/context.h"

namespace sangu::notices {

inline constexpr std::string_view added_event = "notices.added"; // visibility "own": renews the number on the page
inline constexpr int told_days = 30; // an event older than this is no news: the module was added to an old house

// Puts the event into the inboxes of those it concerns; each of them gets an event of their own.
void deliver(Services& services, db::Transaction& transaction, events::Event const& event);
// Deletes entries that were read a year ago.
Result<void> forget_old(Context& context, std::string_view key, std::string_view payload);
// The topics of all modules, each once.
std::vector<std::string_view> topics_of(std::span<Module const> modules);

} // namespace sangu::notices
