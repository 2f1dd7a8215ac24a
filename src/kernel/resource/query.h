#pragma once

// What a reader asks of a list (search, filters, sort, place, columns), read from the address, and the SQL it means.
// Paging is by key: "after" names the last row seen, so a page costs the same at any depth. Everything that goes
// into SQL text comes from the description; what the reader typed is only ever bound.

#include "kernel/db/db.h"
#include "kernel/http/message.h"
#include "kernel/resource/resource.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::resource {

inline constexpr int page_rows_default = 50;
inline constexpr int page_rows_max = 200;

struct Query {
    std::string search;                                                    // "q"
    std::vector<std::pair<entity::FieldMeta const*, std::string>> filters; // field=value, values by plain text
    entity::FieldMeta const* sort = nullptr;
    bool descending = false;
    std::string after_value, after_id; // of the last row seen; empty id: from the start
    int rows = page_rows_default;
    std::vector<entity::FieldMeta const*> columns; // shown, in order
    RowFilter visible;                             // the rows the reader may know of, see Resource::visible
};

// Unknown parameters are ignored on pages (campaign tags, "lang"), refused on the API (strict).
enum class Strictness : std::uint8_t { lenient, strict };
Result<Query> parse_query(Context& context, Resource const& resource, http::Request const& request,
                          Strictness strictness);

// The address of the same list with one parameter changed (empty value: removed) and the place reset.
std::string address_with(Query const& query, Resource const& resource, std::string_view base, std::string_view name,
                         std::string_view value);
std::string cursor_of(Query const& query, entity::EntityMeta const& meta, void const* last);

struct Statement {
    std::string sql;
    std::vector<Value> parameters;
};

// "where … order by … limit rows + 1" for entity::each; `scopes` limits rows when the resource has a scope column.
Statement list_tail(Resource const& resource, Query const& query, std::vector<auth::Scope> const& scopes);
// The same rows without limit and place: for downloads.
Statement download_tail(Resource const& resource, Query const& query, std::vector<auth::Scope> const& scopes);

struct FacetCount {
    std::string value;
    std::int64_t count = 0;
};
struct Facet {
    entity::FieldMeta const* field = nullptr;
    std::vector<FacetCount> counts;
};
// Counts per value of every facet field under the other filters; empty when the list is longer than
// `facet_rows_max`, because counting would read too much.
inline constexpr int facet_rows_max = 20'000;
std::vector<Facet> facets(db::Session& session, Resource const& resource, Query const& query,
                          std::vector<auth::Scope> const& scopes);
// Rows under the filters, counted up to `limit`.
std::int64_t count_up_to(db::Session& session, Resource const& resource, Query const& query,
                         std::vector<auth::Scope> const& scopes, std::int64_t limit);

} // namespace sangu::resource
