#include "modules/library/layers.h"

#include <algorithm>

namespace sangu::library {

namespace {

bool admits(Audience audience, Layer layer, Viewer const& viewer) {
    if (audience == Audience::everyone) return true;
    if (audience == Audience::members) return viewer.member;
    return viewer.member && viewer.granted >= layer;
}

} // namespace

Layer layer_of(Entry const& entry, Viewer const& viewer) {
    if (viewer.owner) return entry.state == EntryState::discarded ? Layer::none : Layer::own;
    bool const seen_by_officers = entry.state != EntryState::draft && entry.state != EntryState::discarded;
    if (viewer.officer && seen_by_officers) return Layer::own;
    if (entry.state == EntryState::ended) return Layer::title;
    if (!is_public(entry.state)) return Layer::none;
    if (!admits(entry.abstract_for, Layer::abstract, viewer)) return Layer::title;
    if (!admits(entry.body_for, Layer::body, viewer)) return Layer::abstract;
    return admits(entry.files_for, Layer::files, viewer) ? Layer::files : Layer::body;
}

std::string_view searchable_abstracts(bool member) {
    return member ? std::string_view{"e.abstract_for in ('everyone', 'members')"} : "e.abstract_for = 'everyone'";
}

} // namespace sangu::library
