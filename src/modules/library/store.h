#pragma once

// What the generic storing of described entities cannot say. Every read follows an index and has a limit.

#include "modules/library/access.h"
#include "modules/library/filling.h"
#include "modules/library/freshness.h"

namespace sangu::library {

Terms terms_in_force(db::Session& session, Date day);
// The next number of a kind: CG-2026-000123.
std::string next_number(db::Transaction& transaction, std::string_view prefix, int year);
void store_tags(db::Transaction& transaction, std::string_view entry_id, std::span<Tag const> tags);
// Tags of many entries but for their place, in one query: what a card shows.
std::map<std::string, std::vector<Tag>, std::less<>> tags_of_entries(db::Session& session,
                                                                     std::span<std::string const> ids);
std::vector<Tag> stored_tags(db::Session& session, std::string_view entry_id);

std::optional<Entry> entry_with_id(db::Session& session, std::string_view id);
std::vector<Entry> entries_with_ids(db::Session& session, std::span<std::string const> ids);
std::vector<Entry> entries_with_numbers(db::Session& session, std::span<std::string const> numbers);
// Of an account and the organisations it speaks for, newest first; discarded ones are left out.
std::vector<Entry> entries_of(db::Session& session, Me const& me, int limit);
// Waiting for review in the scopes, the longest waiting first.
std::vector<Entry> waiting_entries(db::Session& session, std::span<auth::Scope const> scopes, int limit);
std::vector<Entry> waiting_with_numbers(db::Session& session, std::span<std::string const> numbers);
// Published entries that the clock has to look at.
std::vector<Entry> due_entries(db::Session& session, Date today, int limit);

// "(?, ?, ?)" for `count` parameters.
std::string marks_of(std::size_t count);

} // namespace sangu::library
