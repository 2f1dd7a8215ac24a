#include "modules/matching/words.h"

#include "modules/matching/published.h"
#include "modules/reference/reference.h"
#include "modules/registry/registry.h"

#include <algorithm>
#include <cmath>

namespace sangu::matching {

using namespace html;

std::string own_words(Context const& context, std::string_view text) {
    return context.language == i18n::Language::zh_hant ? i18n::to_traditional(text) : std::string{text};
}

std::string kind_text(Context const& context, std::string_view kind) {
    for (Searchable const& source : all_searchable(context.services))
        for (SearchKind const& one : source.kinds)
            if (one.name == kind) return std::string{context.t(one.label)};
    return std::string{kind};
}

std::string facet_text(Context const& context, std::string_view facet, std::string_view value) {
    if (facet == "kind") return kind_text(context, value);
    if (facet == "industry") return reference::shown(reference::industries_2017, value, context.language);
    if (facet == "place") {
        auto const* place = registry::find_place(registry::places(context), value);
        return place ? place->name(context.language) : std::string{value};
    }
    std::string const key = "matching." + std::string{facet} + "." + std::string{value};
    return i18n::has_message(context.language, key) ? std::string{context.t(key)} : std::string{value};
}

void marked(Out& out, Context const& context, std::string_view text, std::uint32_t begin, std::uint32_t end,
            std::vector<search::Mark> const& marks) {
    std::size_t at = begin;
    auto const plain = [&](std::size_t until) {
        if (until > at) out << own_words(context, text.substr(at, until - at));
        at = std::max(at, until);
    };
    for (search::Mark const& one : marks) {
        plain(one.begin);
        out << mark(own_words(context, text.substr(one.begin, one.end - one.begin)));
        at = one.end;
    }
    plain(end);
}

std::string percent_text(Context const& context, double share) {
    return i18n::format_number(context.language, std::round(share * 100), 0) + " %";
}

} // namespace sangu::matching
