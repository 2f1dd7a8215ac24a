#pragma once

// What the pages of the register share.

#include "kernel/html/page.h"
#include "modules/registry/registry.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::registry {

// What was typed into a field of a refused form, or what is stored.
std::string typed_or(http::Request const* refused, std::string_view field, std::string stored);
std::string typed(http::Request const& request, std::string_view field); // trimmed; "" when it is missing

// "2024年9月1日 – 至今"; "" when neither day is known.
std::string period_text(Context const& context, std::optional<Date> since, std::optional<Date> until);
// The name of the organisation, linked to its page.
void organisation_link(html::Out& out, std::string_view id, std::string_view name);

// An organisation typed by name or credit code. Refuses "registry.pick.none" and "registry.pick.several".
Result<OrganisationCard> picked_organisation(db::Session& session, std::string_view field, std::string_view text);
// The form part for it, without script: a text field; after an unclear entry the organisations whose names begin so.
void organisation_picker(html::Out& out, Context& context, std::string_view field, std::string_view label_key,
                         std::string const& text, Problems const& problems);

} // namespace sangu::registry
