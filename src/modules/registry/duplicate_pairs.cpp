#include "modules/registry/duplicates.h"

#include <algorithm>

namespace sangu::registry {

namespace {

constexpr std::int64_t counted_max = 100;

std::vector<OpenPair> with_organisations(db::Session& session, std::vector<Duplicate> const& pairs) {
    std::vector<OpenPair> open;
    for (Duplicate const& one : pairs) {
        // At most two rows a pair, by key; a list asks for few pairs.
        auto first = entity::find(session, Id<Organisation>{one.first_id});
        auto second = entity::find(session, Id<Organisation>{one.second_id});
        if (first && second)
            open.push_back({one.id.text, std::string{name_of(one.reason)}, std::move(*first), std::move(*second)});
    }
    return open;
}

} // namespace

std::vector<OpenPair> open_pairs(db::Session& session, std::string_view after_id, std::int64_t limit) {
    return with_organisations(session,
                              entity::where<Duplicate>(session,
                                                       "where state = 'open' and id > ? and exists (select 1 from"
                                                       " registry_organisation o where o.id = first_id) and exists"
                                                       " (select 1 from registry_organisation o where o.id ="
                                                       " second_id) order by id limit ?",
                                                       {std::string{after_id}, limit}));
}

std::optional<OpenPair> open_pair(db::Session& session, std::string_view id) {
    auto pairs = with_organisations(
        session, entity::where<Duplicate>(session, "where id = ? and state = 'open'", {std::string{id}}));
    return pairs.empty() ? std::nullopt : std::optional{std::move(pairs.front())};
}

std::int64_t count_open_pairs(db::Session& session, std::string_view) {
    return session
        .integer("select count(*) from (select 1 from registry_duplicate where state = 'open' limit ?) one",
                 {counted_max})
        .value_or(0);
}

Result<std::string> tell_duplicate(Context& context, Id<Organisation> const& one, Id<Organisation> const& other) {
    TRY_VOID(context.require(merge_permission));
    if (one == other) return refuse(Refusal::invalid, "registry.merge.itself");
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        auto const [first, second] = std::minmax(one.text, other.text);
        change.transaction().execute(
            "insert into registry_duplicate (id, first_id, second_id, reason, state, found_at, version)"
            " values (?, ?, ?, 'told', 'open', ?, 1) on conflict (first_id, second_id) do update set state = 'open'",
            {new_id(), first, second, to_text(context.now())});
        std::string const id =
            change.transaction()
                .text("select id from registry_duplicate where first_id = ? and second_id = ?", {first, second})
                .value();
        change.audit({.action = "registry.duplicate.told", .object_kind = "registry.duplicate", .object_id = id});
        return id;
    });
}

} // namespace sangu::registry
