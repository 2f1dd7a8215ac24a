#pragma once

// Who acts: what organisations they speak for, which entries are theirs, how much of an entry they see.

#include "kernel/context.h"
#include "modules/library/layers.h"

#include <vector>

namespace sangu::library {

// The one who asks. Read once a request: at most one query, none for visitors.
struct Me {
    std::string account; // empty: a visitor
    bool member = false;
    std::vector<registry::OrganisationCard> organisations; // by membership
    std::vector<std::string> spoken_for;                   // their ids, and those of roles held in "org/<id>"
};
Me me_of(Context& context);

bool owns(Me const& me, Entry const& entry);
Viewer viewer_of(Context const& context, Me const& me, Entry const& entry, Layer granted);
// The actor with the role "entry_owner" in the entry's scope when it is theirs: for the flow.
auth::Actor acting(Context const& context, Entry const& entry, bool owner);

// An entry with what the database says about the one who asks.
struct Seen {
    Entry entry;
    Layer granted = Layer::none;
    std::string thread; // id of the viewer's own open thread; empty: none
};
// By id or number; one query.
std::optional<Seen> find_seen(db::Session& session, std::string_view id_or_number, std::string_view account);

// An entry as somebody sees it.
struct View {
    Me me;
    Seen seen;
    Viewer viewer;
    Layer layer = Layer::none;

    Entry const& entry() const { return seen.entry; }
    bool sees(Layer wanted) const { return layer >= wanted; }
};
// "error.not_found" when there is none or nothing of it may be seen: both answers are the same.
Result<View> view_of(Context& context, std::string_view id_or_number);
// The same for the owner alone: others see "error.not_found", or "error.forbidden" when they may see the entry.
Result<View> own_view(Context& context, std::string_view id_or_number);

} // namespace sangu::library
