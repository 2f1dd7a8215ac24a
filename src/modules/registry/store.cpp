#include "modules/registry/store.h"

#include "kernel/context.h"
#include "modules/registry/entities.h"
#include "modules/registry/registry.h"

#include <algorithm>

namespace sangu::registry {

namespace {

PlaceCard place_card(db::Row const& row) {
    return {{std::string{row.text(0)}}, std::string{row.text(1)}, std::string{row.text(2)}, std::string{row.text(3)},
            std::string{row.text(4)},   std::string{row.text(5)}, std::string{row.text(6)}, std::string{row.text(7)}};
}

OrganisationCard organisation_card(db::Row const& row) {
    return {{std::string{row.text(0)}}, std::string{row.text(1)}, std::string{row.text(2)},
            std::string{row.text(3)},   std::string{row.text(4)}, std::string{row.text(5)}};
}

struct Places {
    std::vector<PlaceCard> all;

    static Places load(db::Session& session) { return {places(session)}; }
};

#define SANGU_PLACE_SQL                                                                                                \
    "select p.id, p.code, p.kind, coalesce(q.code, ''), p.name_zh, p.name_en, coalesce(p.division_code, ''), p.path"   \
    " from registry_place p left join registry_place q on q.id = p.parent_id "
#define SANGU_ORGANISATION_SQL                                                                                         \
    "select o.id, o.name, coalesce(o.name_en, ''), o.kind, o.scope, coalesce(o.uscc, '')"                              \
    " from registry_organisation o "

} // namespace

void for_ids(db::Session& session, std::string_view sql_up_to_bracket, std::span<std::string const> ids,
             FunctionRef<void(db::Row const&)> each) {
    ids = ids.first(std::min<std::size_t>(ids.size(), 500));
    if (ids.empty()) return;
    // Lists of 1, 10, 100 … marks, so that few different statements are prepared.
    std::size_t marks = 1;
    while (marks < ids.size()) marks *= 10;
    std::string sql{sql_up_to_bracket};
    sql += "?";
    for (std::size_t i = 1; i < marks; ++i) sql += ", ?";
    std::vector<Value> parameters{ids.begin(), ids.end()};
    parameters.resize(marks, Value{ids.back()});
    session.query(sql + ")", db::Parameters{parameters}, each);
}

std::string PlaceCard::name(i18n::Language language) const {
    if (language == i18n::Language::en) return name_en;
    return language == i18n::Language::zh_hant ? i18n::to_traditional(name_zh) : name_zh;
}

std::span<PlaceCard const> places(Context const& context) { return context.held<Places>().all; }

std::vector<PlaceCard> places(db::Session& session) {
    std::vector<PlaceCard> all;
    session.query(SANGU_PLACE_SQL "order by p.position, p.path limit 1000", {},
                  [&](db::Row const& row) { all.push_back(place_card(row)); });
    return all;
}

std::optional<PlaceCard> place_of(db::Session& session, std::string_view code) {
    std::optional<PlaceCard> found;
    session.query(SANGU_PLACE_SQL "where p.code = ?", {std::string{code}},
                  [&](db::Row const& row) { found = place_card(row); });
    return found;
}

PlaceCard const* find_place(std::span<PlaceCard const> all, std::string_view code) {
    auto const found = std::ranges::find(all, code, &PlaceCard::code);
    return found == all.end() ? nullptr : &*found;
}

PlaceCard const* find_place_by_path(std::span<PlaceCard const> all, std::string_view path) {
    auto const found = std::ranges::find(all, path, &PlaceCard::path);
    return found == all.end() ? nullptr : &*found;
}

std::string scope_name(std::span<PlaceCard const> all, std::string_view path, i18n::Language language) {
    PlaceCard const* const place = find_place_by_path(all, path);
    return place ? place->name(language) : std::string{path};
}

std::vector<OrganisationCard> organisations(db::Session& session, std::span<std::string const> ids) {
    std::vector<OrganisationCard> found;
    for_ids(session, SANGU_ORGANISATION_SQL "where o.id in (", ids,
            [&](db::Row const& row) { found.push_back(organisation_card(row)); });
    return found;
}

std::optional<OrganisationCard> find_organisation(db::Session& session, std::string_view name_or_uscc) {
    std::optional<OrganisationCard> found;
    auto const take = [&](db::Row const& row) { found = organisation_card(row); };
    session.query(SANGU_ORGANISATION_SQL "where o.uscc = ? limit 1", {std::string{name_or_uscc}}, take);
    if (!found)
        session.query(SANGU_ORGANISATION_SQL "where o.name = ? order by o.id limit 1", {std::string{name_or_uscc}},
                      take);
    return found;
}

std::vector<OrganisationCard> organisations_of(db::Session& session, std::string_view account_id, Date day) {
    std::vector<OrganisationCard> found;
    session.query(SANGU_ORGANISATION_SQL
                  "join registry_membership m on m.organisation_id = o.id where m.account_id = ?"
                  " and m.since <= ? and (m.until is null or m.until > ?) order by o.name limit 100",
                  {std::string{account_id}, to_text(day), to_text(day)},
                  [&](db::Row const& row) { found.push_back(organisation_card(row)); });
    return found;
}

bool speaks_for(db::Session& session, std::string_view account_id, std::string_view organisation_id, Date day) {
    return session.exists("select 1 from registry_membership where account_id = ? and organisation_id = ?"
                          " and since <= ? and (until is null or until > ?)",
                          {std::string{account_id}, std::string{organisation_id}, to_text(day), to_text(day)});
}

std::vector<OrganisationCard> organisations_like(db::Session& session, std::string_view beginning, int limit) {
    std::vector<OrganisationCard> found;
    if (beginning.empty()) return found;
    // U+10FFFF sorts after every name that begins with the text.
    session.query(SANGU_ORGANISATION_SQL "where o.name >= ? and o.name < ? order by o.name limit ?",
                  {std::string{beginning}, std::string{beginning} + "\xF4\x8F\xBF\xBF", std::int64_t{limit}},
                  [&](db::Row const& row) { found.push_back(organisation_card(row)); });
    return found;
}

#undef SANGU_PLACE_SQL
#undef SANGU_ORGANISATION_SQL

} // namespace sangu::registry
