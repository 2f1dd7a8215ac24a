#include "kernel/entity/store.h"
#include "kernel/module.h"
#include "modules/library/service.h"

#include <algorithm>

namespace sangu::library {

bool is_industry_code(std::string_view text) {
    if (text.empty() || text.size() == 2 || text.size() > 5) return false;
    return text[0] >= 'A' && text[0] <= 'T' &&
           std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<Kind const*> kinds(Services const& services) {
    auto all = offers_of<Kind const*>(services.modules);
    std::ranges::stable_sort(all, {}, &Kind::order);
    return all;
}

Kind const* kind_named(Services const& services, std::string_view name) {
    for (Kind const* one : offers_of<Kind const*>(services.modules))
        if (one->name == name) return one;
    return nullptr;
}

std::vector<resource::Published> published_lists(Services const& services) {
    std::vector<resource::Published> lists;
    for (Kind const* kind : kinds(services))
        lists.push_back({.resource = {.meta = &Entry::meta, .path = kind->path, .read = "public"},
                         .type = kind->content->name,
                         .key = "number",
                         .rows = {"kind = ? and state = 'published'", {std::string{kind->name}}},
                         .fields = {"number", "title"}}); // is_public() and Layer::title
    return lists;
}

std::vector<Card> cards(Context& context, std::span<std::string const> ids) {
    if (ids.size() > 500) ids = ids.first(500);
    Me const me = me_of(context);
    std::vector<Card> found;
    for (Entry const& one : entries_with_ids(context.reader(), ids)) {
        Kind const* kind = kind_named(context.services, one.kind);
        if (!kind || layer_of(one, viewer_of(context, me, one, Layer::none)) == Layer::none) continue;
        found.push_back({.id = one.id.text,
                         .kind = one.kind,
                         .number = one.number,
                         .title = one.title,
                         .organisation_id = one.organisation_id ? one.organisation_id->text : "",
                         .place = one.place,
                         .path = path_of(*kind, one)});
    }
    std::ranges::sort(found, {}, [&](Card const& card) { return std::ranges::find(ids, card.id) - ids.begin(); });
    return found;
}

} // namespace sangu::library
