#pragma once

// The generic pages of a resource. Modules that write a page by hand may use the parts.

#include "kernel/audit/audit.h"
#include "kernel/html/page.h"
#include "kernel/resource/import_journal.h"
#include "kernel/resource/service.h"

namespace sangu::resource {

http::Reply list_page(Context& context, Resource const& resource, http::Request& request);
http::Reply object_page(Context& context, Resource const& resource, http::Request& request);
http::Reply new_page(Context& context, Resource const& resource, http::Request& request);
http::Reply create_post(Context& context, Resource const& resource, http::Request& request);
http::Reply edit_page(Context& context, Resource const& resource, http::Request& request);
http::Reply edit_post(Context& context, Resource const& resource, http::Request& request);
http::Reply action_post(Context& context, Resource const& resource, http::Request& request);
http::Reply save_view_post(Context& context, Resource const& resource, http::Request& request);
http::Reply delete_view_post(Context& context, Resource const& resource, http::Request& request);
http::Reply download_reply(Context& context, Resource const& resource, http::Request& request);
// The newest objects under the filters of the address as an Atom feed (RFC 4287); of public lists only.
http::Reply feed_reply(Context& context, Resource const& resource, http::Request& request);
// An empty table with the names of the fields that an import takes: CSV and XLSX.
http::Reply csv_template_reply(Context& context, Resource const& resource, http::Request& request);
http::Reply xlsx_template_reply(Context& context, Resource const& resource, http::Request& request);

http::Reply api_list(Context& context, Resource const& resource, http::Request& request);
http::Reply api_get(Context& context, Resource const& resource, http::Request& request);
http::Reply api_create(Context& context, Resource const& resource, http::Request& request);
http::Reply api_update(Context& context, Resource const& resource, http::Request& request);
http::Reply api_action(Context& context, Resource const& resource, http::Request& request);

// "/organisations", "/organisations/<id>" and the message key of the plural name.
std::string base_path(Resource const& resource);
std::string object_path(Resource const& resource, std::string_view id);
std::string plural_key(Resource const& resource); // "registry.organisation.plural"
std::string field_key(entity::EntityMeta const& meta, entity::FieldMeta const& field);

// For a form whose object somebody else changed meanwhile: what was typed and what is stored now, side by side.
void stale_notice(html::Out& out, Context const& context, entity::EntityMeta const& meta, void const* stored,
                  FunctionRef<std::string(entity::FieldMeta const&)> yours);
// A value as a person reads it: choices translated, dates and numbers in the language, references by name.
std::string shown(Context const& context, entity::EntityMeta const& meta, entity::FieldMeta const& field,
                  Value const& value, Labels const& labels);
// The same for a field of an object, in the words of its resource where it has its own.
std::string shown(Context const& context, Resource const& resource, entity::FieldMeta const& field,
                  entity::AnyObject const& object, Labels const& labels);
// The name of an object; where it has none, the first columns of its list tell it apart.
std::string title_of(Context const& context, Resource const& resource, entity::AnyObject const& object,
                     Labels const& labels);
// The views of a list that somebody has saved, and the form that saves the present one; nothing for visitors.
void saved_views_part(html::Out& out, Context const& context, Resource const& resource, Query const& query);
// What an import found, with line and column; and what it did.
void import_problems(html::Out& out, Context const& context, entity::EntityMeta const& meta, Error const& error);
void import_result(html::Out& out, Context const& context, entity::EntityMeta const& meta, ImportReport const& report);
// One click that imports the checked file which files::keep_upload gave `token` for: posts "kept", "mode" and `fields`.
void kept_import_form(html::Out& out, Context const& context, std::string_view path, std::string_view token,
                      std::int64_t rows, http::Pairs const& fields = {});
// Imports that were interrupted, with one click to go on: posts "resume" or "discard" with the import's id and
// `fields`.
void waiting_imports_part(html::Out& out, Context const& context, std::string_view path,
                          std::vector<BegunImport> const& waiting, http::Pairs const& fields = {});
// The waiting import with this id, if the actor began it for this target.
std::optional<BegunImport> own_waiting_import(Context& context, std::string_view id, std::string_view target);
// The template of an import as a download: csv or, with `xlsx`, a workbook.
http::Reply template_reply(std::string_view name, std::vector<std::string> const& header, bool xlsx);
// The names of the fields of a described entity that an import takes.
std::vector<std::string> import_columns(entity::EntityMeta const& meta);
// What an audit record says beside who and when: its comment and each changed field before → after, by the field's name
// when the description of the object is known.
void changes_part(html::Out& out, Context const& context, entity::EntityMeta const* meta, std::string_view details);
// Who did it, for people: the system in their language.
std::string_view actor_name(Context const& context, audit::Record const& record);
// The history of an object from the audit log, newest first.
void history_part(html::Out& out, Context& context, entity::EntityMeta const& meta, std::string_view id);

} // namespace sangu::resource
