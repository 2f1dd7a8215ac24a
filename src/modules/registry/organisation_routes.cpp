#include "modules/registry/organisation_service.h"
#include "modules/registry/pages.h"
#include "modules/registry/rules.h"

namespace sangu::registry {

resource::Resource const& organisation_resource() {
    static resource::Resource const one{.meta = &Organisation::meta,
                                        .path = "organisations",
                                        .read = "registry.read",
                                        .write = organisation_edit,
                                        .import_permission = "registry.organisation.import",
                                        .scope_of = &scope_of_organisation,
                                        .before_write = &before_organisation,
                                        .after_write = &after_organisation,
                                        .import_key = "name",
                                        .default_sort = "name",
                                        .page = "/organisations",
                                        .own_forms = true};
    return one;
}

std::vector<http::Route> organisation_routes() {
    using enum http::Method;
    constexpr auto form = http::Body::form;
    return {{get, "/organisations/new", organisation_edit, new_organisation_page},
            {post, "/organisations", organisation_edit, new_organisation_post, form},
            {get, "/organisations/{id}", "registry.read", organisation_page, http::Body::none, http::Cache::page},
            {post, "/organisations/{id}/confirm", "signed_in", confirm_organisation_post, form},
            {get, "/organisations/{id}/edit", "signed_in", edit_organisation_page},
            {post, "/organisations/{id}", "signed_in", edit_organisation_post, form}};
}

} // namespace sangu::registry
