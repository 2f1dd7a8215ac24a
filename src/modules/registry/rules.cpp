#include "modules/registry/rules.h"

#include "kernel/entity/store.h"
#include "modules/registry/entities.h"

#include <algorithm>

namespace sangu::registry {

namespace {

bool is_code(std::string_view code) {
    return std::ranges::all_of(code,
                               [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

} // namespace

Result<void> before_place(Context&, db::Session& session, void const* before_or_null, void* after) {
    auto& place = *static_cast<Place*>(after);
    if (!is_code(place.code)) return refuse(Problems{{"code", "registry.place.code_form", {}}});
    if (auto const* before = static_cast<Place const*>(before_or_null)) {
        if (before->code != place.code) return refuse(Problems{{"code", "registry.place.fixed", {}}});
        if (before->parent_id != place.parent_id) return refuse(Problems{{"parent_id", "registry.place.fixed", {}}});
        place.path = before->path;
        return {};
    }
    if (!place.parent_id) {
        place.path = place.code;
        return {};
    }
    auto const parent = entity::find(session, *place.parent_id);
    if (!parent) return refuse(Problems{{"parent_id", "registry.place.no_parent", {}}});
    place.path = parent->path + "/" + place.code;
    return {};
}

Result<void> before_organisation(Context&, db::Session& session, void const*, void* after) {
    auto& organisation = *static_cast<Organisation*>(after);
    organisation.scope = "zone";
    if (!organisation.place_id) return {};
    auto const place = entity::find(session, *organisation.place_id);
    if (!place) return refuse(Problems{{"place_id", "registry.place.no_parent", {}}});
    organisation.scope = place->path;
    return {};
}

std::string scope_of_organisation(void const* organisation) {
    return static_cast<Organisation const*>(organisation)->scope;
}

} // namespace sangu::registry
