#pragma once

// A list as somebody likes to see it, kept under a name: filters, search, order and columns, of one account alone.

#include "base/result.h"
#include "base/time.h"
#include "kernel/db/db.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::resource {

inline constexpr int saved_views_max = 30;          // of one account for one list
inline constexpr std::size_t view_name_max = 40;    // characters; longer names are cut
inline constexpr std::size_t view_query_max = 2000; // bytes

struct SavedView {
    std::string id, name;
    std::string query; // "?q=valley&sort=-since"; empty: the plain list
};

std::vector<SavedView> saved_views(db::Session& session, std::string_view account, std::string_view path);
// The same name again takes the new query. Refuses an empty name ("error.required"), a query that is too long and
// more than saved_views_max views.
Result<void> save_view(db::Transaction& transaction, std::string_view account, std::string_view path,
                       std::string_view name, std::string_view query, Instant now);
// False: the account has no such view.
bool delete_view(db::Transaction& transaction, std::string_view account, std::string_view id);

} // namespace sangu::resource
