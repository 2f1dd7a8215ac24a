#pragma once

// A described entity on the web, derived from its description: list (facets with counts, search, sort, paging by key,
// column choice, saved views, CSV/XLSX/JSON download), show with history, create and edit forms with optimistic lock,
// import with a line-and-column report, JSON API with ETag/If-Match and cursor paging. Staff lists use it as it is;
// what the public sees is written by hand with the same parts.

#include "kernel/db/db.h"
#include "kernel/entity/entity.h"
#include "kernel/flow/flow.h"
#include "kernel/http/route.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu {
class Context;
class Change;
} // namespace sangu

namespace sangu::resource {

// A text field that holds the code of another entity's object ("place" the code of a registry.place): shown and chosen
// by its name.
struct CodeReference {
    std::string_view field, entity;
};

// A condition over the columns of a table with the values it binds; an empty one lets every row pass.
struct RowFilter {
    std::string sql;
    std::vector<Value> parameters;
};

struct Resource {
    entity::EntityMeta const* meta = nullptr;
    std::string_view path;              // plural noun: "organisations" → /organisations and /api/v1/organisations
    std::string_view read;              // permission; may be "public"
    std::string_view write;             // permission to create and edit; empty: read-only
    std::string_view import_permission; // empty: no import
    flow::Flow const* flow = nullptr;   // its actions: POST …/{id}/actions/{action}
    // The scope of an object, for permissions and audit; default "zone".
    std::string (*scope_of)(void const* object) = nullptr;
    // The column that holds the scope path; lists then show only rows the reader's scopes cover. Empty: all rows.
    std::string_view scope_column;
    // Extra checks and derived members before a write (pure rules over the database snapshot); may refuse.
    Result<void> (*before_write)(Context& context, db::Session& session, void const* before_or_null,
                                 void* after) = nullptr;
    // Extra effects in the same transaction after a write.
    Result<void> (*after_write)(Context& context, Change& change, void const* before_or_null,
                                void const* after) = nullptr;
    // The natural key columns that an import matches existing rows by ("code"); empty: always new rows.
    std::string_view import_key;
    std::string_view default_sort = "id"; // "-as_of" for descending
    // A hand-written page for one object; empty: the generic one at /<path>/{id}.
    std::string_view page;
    std::vector<CodeReference> codes = {};
    // How a field of an object reads where the stored value would not say it (a code, parts per million); an empty
    // answer leaves it as it is.
    std::string (*words)(Context const& context, entity::FieldMeta const& field, void const* object) = nullptr;
    bool own_list = false;  // the module writes the page /<path> by hand
    bool own_forms = false; // and the pages that create and edit
    // The rows that this reader may know of at all: holds in lists, counts, downloads, the API and for one object.
    // Empty: all rows.
    RowFilter (*visible)(Context& context) = nullptr;
};

// The routes of a resource: pages below /<path>, API below /api/v1/<path>. The resource must outlive them.
std::vector<http::Route> routes_of(Resource const& resource);

} // namespace sangu::resource
