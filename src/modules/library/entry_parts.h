#pragma once

// The parts of the page of one entry. What they show depends on the reader's layer alone.

#include "kernel/files/files.h"
#include "modules/library/page_parts.h"
#include "modules/library/threads.h"

namespace sangu::library {

// What the page was made from.
struct Detail {
    Context& context;
    Kind const& kind;
    View view;
    Filling filling;
    std::vector<registry::PlaceCard> places;
    std::map<std::string, std::string, std::less<>> owners;
    std::vector<files::Attachment> files;
    std::vector<Case> record = {};
    Error const* error = nullptr;

    Entry const& entry() const { return view.entry(); }
    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string path() const { return path_of(kind, entry()); }
    std::string common() const { return "/entries/" + entry().number; }
};

// Left: what it is (entry_content.cpp).
void sections_part(html::Out& out, Detail const& page);
void files_part(html::Out& out, Detail const& page);
void record_part(html::Out& out, Detail const& page);
void neighbours_part(html::Out& out, Detail const& page);
// Right, and above both: who stands behind it, what can be done now (entry_ways.cpp).
void notes(html::Out& out, Detail const& page);
void who_part(html::Out& out, Detail const& page);
void steps_part(html::Out& out, Detail const& page);
void interest_part(html::Out& out, Detail const& page);
void ways_on(html::Out& out, Detail const& page);
// What there is beyond the reader's layer, and the way to it.
void beyond_part(html::Out& out, Detail const& page);

} // namespace sangu::library
