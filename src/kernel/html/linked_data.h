#pragma once

// JSON-LD in the words of schema.org, for search engines: what a page is about, as data beside the text.

#include "kernel/html/html.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu::html {

// Members with text, empty ones left out: {"name", "…"}, {"url", "https://…"}.
using LinkedMembers = std::vector<std::pair<std::string_view, std::string>>;
// {"@context":"https://schema.org","@type":"Organization","name":"…"}
std::string linked_data(std::string_view schema_type, LinkedMembers const& members);
// The data block. It is no script: the content security policy does not concern it, and no '<' of a value
// survives, so that nothing ends the element.
void write_linked_data(Out& out, std::string_view serialised);

} // namespace sangu::html
