#pragma once

// What people do with profiles. The owner of a profile is the account it names; officers keep those that nobody owns.

#include "kernel/context.h"
#include "modules/registry/entities.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::registry {

inline constexpr std::string_view person_read = "registry.person.read";
inline constexpr std::string_view person_edit = "registry.person.edit";

bool owns(Context const& context, Person const& person);
// The owner, or an officer while nobody owns the profile.
bool may_edit(Context const& context, Person const& person);
// A person whom the actor may see: a public profile, one's own, or any for officers; otherwise "error.not_found".
Result<Person> visible_person(Context& context, std::string_view id);

struct AffiliationView {
    Affiliation affiliation;
    std::string organisation; // its name in the reader's language
};
std::vector<AffiliationView> affiliations_of(Context& context, std::string_view person_id);
// How the person is reached, if the actor may know: the owner always, others by the owner's choice.
std::optional<Contact> contact_of(Context& context, Person const& person);

// Creates or changes the profile of the signed-in account; the id of the person. `typed.version` is what the form saw.
Result<std::string> save_own_profile(Context& context, Person const& typed);
Result<void> save_contact(Context& context, Person const& person, Contact const& typed);
Result<std::string> add_affiliation(Context& context, Person const& person, Affiliation typed);
// Takes back an affiliation that was wrong.
Result<void> remove_affiliation(Context& context, Person const& person, std::string_view affiliation_id);

// Everything that is stored about the person and about the account that owns the profile, by the descriptions of every
// module, as one JSON document (Personal Information Protection Law, article 45).
Result<std::string> export_personal_data(Context& context, Person const& person);
// Erases name, identifiers, texts, contact and affiliations and ends the account's memberships today; what others
// published keeps a reference without a name (Personal Information Protection Law, article 47). Cannot be undone.
// `typed_name` must repeat the name.
Result<void> erase_personal_data(Context& context, Person const& person, std::string_view typed_name);

} // namespace sangu::registry
