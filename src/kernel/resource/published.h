#pragma once

// A public list that its module writes by hand, described for those who publish all lists in one way (OAI-PMH, sitemap,
// catalogue). Lists in Module::resources that everybody may read are published without it; for one whose pages are not
// addressed by id an offer of the same path takes its place.

#include "kernel/resource/resource.h"

#include <string_view>
#include <vector>

namespace sangu {
struct Services;
}

namespace sangu::resource {

struct Published {
    Resource resource;     // its table and path; `visible` and `rows` hold for strangers
    std::string_view type; // message key of one object; "<type>.plural" of the list
    // The unique field by which addresses name an object: /<path>/<key>.
    std::string_view key = "id";
    RowFilter rows = {};
    // What everybody may read; empty: every field that is neither hidden nor personal.
    std::vector<std::string_view> fields = {};
};

// A module offers one (Module::offers).
using PublishedLists = std::vector<Published> (*)(Services const& services);

} // namespace sangu::resource
