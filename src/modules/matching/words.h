#pragma once

// What kinds, facets, fields and texts are called in the reader's language, and the parts both pages share.

#include "kernel/html/page.h"
#include "modules/matching/finding.h"

namespace sangu::matching {

// What people wrote, in the reader's characters.
std::string own_words(Context const& context, std::string_view text);
std::string kind_text(Context const& context, std::string_view kind);
std::string facet_text(Context const& context, std::string_view facet, std::string_view value);
// A piece of a text with the places that were found marked.
void marked(html::Out& out, Context const& context, std::string_view text, std::uint32_t begin, std::uint32_t end,
            std::vector<search::Mark> const& marks);
std::string percent_text(Context const& context, double share);

} // namespace sangu::matching
