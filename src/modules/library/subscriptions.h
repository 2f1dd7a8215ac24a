#pragma once

// Kept views that somebody wants to be told about: an entry that appears on one comes into their inbox.

#include "modules/library/query.h"

namespace sangu::library {

// A view of the same name is replaced. At most resource::saved_views_max for an account and kind, because views are.
void subscribe(db::Transaction& transaction, std::string_view account, Kind const& kind, std::string_view name,
               std::string_view query);
void unsubscribe(db::Transaction& transaction, std::string_view account, Kind const& kind, std::string_view name);
// Names of the views of a list that an account is told about.
std::vector<std::string> subscriptions(db::Session& session, std::string_view account, Kind const& kind);
// Accounts whose views a published entry stands on; those who may read abstracts, as every account may.
std::vector<std::string> subscribers_of(db::Session& session, Entry const& entry, std::span<Tag const> tags);

} // namespace sangu::library
