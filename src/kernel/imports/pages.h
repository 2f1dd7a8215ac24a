#pragma once

// The pages of imports of one resource: below /<path>/import.

#include "kernel/html/page.h"
#include "kernel/imports/imports.h"

#include <vector>

namespace sangu::imports {

// The routes of a resource with an import_permission; none for others. The resource must outlive them.
std::vector<http::Route> routes_of(resource::Resource const& resource);

http::Reply list_page(Context& context, resource::Resource const& resource, http::Request& request);
http::Reply upload_post(Context& context, resource::Resource const& resource, http::Request& request);
http::Reply import_page(Context& context, resource::Resource const& resource, http::Request& request);
http::Reply check_post(Context& context, resource::Resource const& resource, http::Request& request);
http::Reply run_post(Context& context, resource::Resource const& resource, http::Request& request);
http::Reply stop_post(Context& context, resource::Resource const& resource, http::Request& request);
http::Reply undo_post(Context& context, resource::Resource const& resource, http::Request& request);
http::Reply report_reply(Context& context, resource::Resource const& resource, http::Request& request);

// The upload with the imports before it. `error`: why a file was refused; null: none was.
http::Reply upload_page(Context& context, resource::Resource const& resource, Error const* error);
// One import in its present state. `typed`: the mapping somebody has just chosen, with what is wrong about it; null:
// the stored one.
http::Reply record_page(Context& context, resource::Resource const& resource, Import const& import,
                        Mapping const* typed, Problems const& mapping_problems, int status);

// Parts.
std::string plural_of(Context const& context, resource::Resource const& resource);
html::Page page_of(Context const& context, resource::Resource const& resource, std::string title, bool is_below);
std::string import_path(resource::Resource const& resource, std::string_view id = {});
void state_badge(html::Out& out, Context const& context, State state);
// The preview with the choice of fields, constants and the button that checks.
void mapping_form(html::Out& out, Context& context, resource::Resource const& resource, Import const& import,
                  Preview const& preview);
// What the form of mapping_form was filled in with.
Mapping typed_mapping(entity::EntityMeta const& meta, Mapping const& stored, http::Request const& request);
// Problems by line and column, the first hundred, with the whole report as a download.
void report_part(html::Out& out, Context& context, resource::Resource const& resource, Import const& import);
void problems_table(html::Out& out, Context const& context, entity::EntityMeta const& meta, Mapping const& mapping,
                    Problems const& problems);

} // namespace sangu::imports
