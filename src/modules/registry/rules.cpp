#include "modules/registry/rules.h"

#include "kernel/entity/store.h"
#include "modules/reference/reference.h"
#include "modules/registry/duplicates.h"
#include "modules/registry/entities.h"

#include <algorithm>

namespace sangu::registry {

namespace {

bool is_code(std::string_view code) {
    return std::ranges::all_of(code,
                               [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

// Codes that are not in their table.
Problems code_problems(Organisation const& organisation) {
    Problems problems;
    auto const check = [&](std::string_view field, std::string_view table, std::optional<std::string> const& code) {
        if (code && !code->empty() && !reference::find_table(table)->find(*code))
            problems.push_back({std::string{field}, "reference.pick.none", {}});
    };
    bool const is_2011 = organisation.industry_edition == IndustryEdition::y2011;
    check("division_code", reference::divisions, organisation.division_code);
    check("industry", is_2011 ? reference::industries_2011 : reference::industries_2017, organisation.industry);
    check("strategic_industry", reference::strategic_industries, organisation.strategic_industry);
    check("high_tech_field", reference::high_tech_fields, organisation.high_tech_field);
    check("cluster", reference::clusters, organisation.cluster);
    return problems;
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

Result<void> before_organisation(Context& context, db::Session& session, void const*, void* after) {
    auto& organisation = *static_cast<Organisation*>(after);
    if (auto problems = code_problems(organisation); !problems.empty()) return refuse(std::move(problems));
    if (organisation.founded_on && *organisation.founded_on > context.today())
        return refuse(Problems{{"founded_on", "registry.future", {}}});
    organisation.scope = "zone";
    if (!organisation.place_id) return {};
    auto const place = entity::find(session, *organisation.place_id);
    if (!place) return refuse(Problems{{"place_id", "registry.place.no_parent", {}}});
    organisation.scope = place->path;
    return {};
}

Result<void> before_person(Context&, db::Session&, void const* before_or_null, void*) {
    auto const* before = static_cast<Person const*>(before_or_null);
    if (before && before->account_id) return refuse(Refusal::forbidden, "registry.person.owners_own");
    if (before && before->erased_at) return refuse(Refusal::forbidden, "registry.person.erased");
    return {};
}

Result<void> after_organisation(Context& context, Change& change, void const* before_or_null, void const* after) {
    auto const& organisation = *static_cast<Organisation const*>(after);
    auto const* before = static_cast<Organisation const*>(before_or_null);
    bool const is_named_anew =
        !before || before->name != organisation.name || before->former_names != organisation.former_names;
    if (!is_named_anew) return {};
    note_duplicates(change.transaction(), organisation, context.now());
    store_name_keys(change.transaction(), organisation);
    return {};
}

std::string scope_of_organisation(void const* organisation) {
    return static_cast<Organisation const*>(organisation)->scope;
}

} // namespace sangu::registry
