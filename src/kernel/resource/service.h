#pragma once

// The use cases of a resource, shared by pages and API: each checks the permission in the object's scope.

#include "kernel/context.h"
#include "kernel/entity/any_object.h"
#include "kernel/entity/derive.h"
#include "kernel/resource/import_report.h"
#include "kernel/resource/query.h"
#include "kernel/tables/tables.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::resource {

// The described constraints and the resource's own check of what is about to be stored; `before` is null for a new
// object. Derives the members that nobody types. A refusal names the fields.
Result<void> check_written(Context& context, db::Session& session, Resource const& resource, void const* before,
                           void* after);
std::string scope_of(Resource const& resource, void const* object);
// True for everyone who may read at least some rows.
bool may_read(Context const& context, Resource const& resource);
bool may_write_somewhere(Context const& context, Resource const& resource);
std::vector<auth::Scope> readable_scopes(Context const& context, Resource const& resource);
// Personal data of others leaves, by API or download, only for whoever may write the object.
entity::Personal personal_for(Context const& context, Resource const& resource, entity::AnyObject const& object);

struct Page {
    std::vector<entity::AnyObject> rows;
    bool more = false;
};
Page list(Context& context, Resource const& resource, Query const& query);
Result<entity::AnyObject> load(Context& context, Resource const& resource, std::string_view id);
// Gives the object its id, validates and stores it; the new id.
Result<std::string> create(Context& context, Resource const& resource, entity::AnyObject& object);
// Stores `after`; "error.stale" when `before` is no longer what is stored.
Result<void> save(Context& context, Resource const& resource, entity::AnyObject const& before,
                  entity::AnyObject& after);
Result<void> act(Context& context, Resource const& resource, std::string_view id, std::string_view action,
                 std::string comment);
std::vector<flow::Offer> offers_for(Context const& context, Resource const& resource, void const* object);

// What an object is called: its field with the highest search weight, else its key.
entity::FieldMeta const& label_field(entity::EntityMeta const& meta);
// The names of referenced objects in the reader's language, loaded in one query per referenced entity: id → label, and
// for references by code "<field>=<code>" → label.
using Labels = std::map<std::string, std::string, std::less<>>;
Labels labels_of(Context& context, Resource const& resource, std::vector<entity::AnyObject> const& rows);
// All objects a reference field may point to, at most 500, for a select: value, label.
std::vector<std::pair<std::string, std::string>> reference_options(Context& context, Resource const& resource,
                                                                   entity::FieldMeta const& field);
// The name behind a reference; null when there is none.
std::string const* label_of(Labels const& labels, entity::FieldMeta const& field, std::string_view value);

// Reads a CSV or XLSX file; everything or nothing is stored. Rows are matched by the resource's import key. `begun` is
// the import's entry in the journal (import_journal.h), finished in the same transaction; "": none.
Result<ImportReport> import_file(Context& context, Resource const& resource, std::string const& path, ImportMode mode,
                                 std::string_view begun = {});
Result<ImportReport> import_rows(Context& context, Resource const& resource, tables::Reader& file, ImportMode mode,
                                 std::string_view begun = {});

} // namespace sangu::resource
