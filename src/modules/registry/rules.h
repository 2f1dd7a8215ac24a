#pragma once

// Checks of the register before something is stored.

#include "kernel/context.h"

namespace sangu::registry {

// Gives a new place its path from its parent; code and parent of a stored place stay, for they are the scopes of roles.
Result<void> before_place(Context& context, db::Session& session, void const* before_or_null, void* after);
// Gives an organisation the scope of its place and checks its codes against their tables and its day against today.
Result<void> before_organisation(Context& context, db::Session& session, void const* before_or_null, void* after);

// A profile that somebody owns is changed by its owner only; erased data stays erased.
Result<void> before_person(Context& context, db::Session& session, void const* before_or_null, void* after);
// What follows from a stored organisation in the same transaction.
Result<void> after_organisation(Context& context, Change& change, void const* before_or_null, void const* after);

std::string scope_of_organisation(void const* organisation);

// The places of the zone and those figures are compared with; rows that exist are kept.
void seed(Services& services);
// With the setting `demo` and no organisation yet: a few labelled ones; what is refused is reported in the log.
void seed_demo(Services& services);

} // namespace sangu::registry
