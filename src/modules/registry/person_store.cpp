#include "modules/registry/registry.h"
#include "modules/registry/store.h"

namespace sangu::registry {

namespace {

PersonCard person_card(db::Row const& row) {
    auto const text = [&](int column) { return std::string{row.text(column)}; };
    return {{text(0)}, text(1), text(2), text(3), text(4), text(5), row.boolean(6)};
}

#define SANGU_PERSON_SQL                                                                                               \
    "select p.id, p.name, coalesce(p.name_en, ''), coalesce(p.orcid, ''),"                                             \
    " coalesce((select o.name from registry_affiliation a join registry_organisation o on o.id = a.organisation_id"    \
    " where a.person_id = p.id and a.until is null order by a.since desc, a.id desc limit 1), ''),"                    \
    " coalesce(p.account_id, ''), p.is_public from registry_person p "

std::optional<PersonCard> only(std::vector<PersonCard> found) {
    return found.size() == 1 ? std::optional{std::move(found.front())} : std::nullopt;
}

} // namespace

std::vector<PersonCard> people(db::Session& session, std::span<std::string const> ids) {
    std::vector<PersonCard> found;
    for_ids(session, SANGU_PERSON_SQL "where p.id in (", ids,
            [&](db::Row const& row) { found.push_back(person_card(row)); });
    return found;
}

std::vector<PersonCard> people_named(db::Session& session, std::string_view name) {
    std::vector<PersonCard> found;
    session.query(SANGU_PERSON_SQL "where p.name = ? order by p.id limit 20", {std::string{name}},
                  [&](db::Row const& row) { found.push_back(person_card(row)); });
    return found;
}

std::optional<PersonCard> find_person(db::Session& session, std::string_view name_or_orcid,
                                      std::string_view organisation_id) {
    std::vector<PersonCard> found;
    auto const take = [&](db::Row const& row) { found.push_back(person_card(row)); };
    session.query(SANGU_PERSON_SQL "where p.orcid = ?", {std::string{name_or_orcid}}, take);
    if (!found.empty() || name_or_orcid.empty()) return only(std::move(found));
    if (organisation_id.empty())
        session.query(SANGU_PERSON_SQL "where p.name = ? limit 2", {std::string{name_or_orcid}}, take);
    else
        session.query(SANGU_PERSON_SQL
                      "where p.name = ? and exists (select 1 from registry_affiliation a where a.person_id = p.id"
                      " and a.organisation_id = ?) limit 2",
                      {std::string{name_or_orcid}, std::string{organisation_id}}, take);
    return only(std::move(found));
}

std::optional<PersonCard> person_of(db::Session& session, std::string_view account_id) {
    std::vector<PersonCard> found;
    session.query(SANGU_PERSON_SQL "where p.account_id = ?", {std::string{account_id}},
                  [&](db::Row const& row) { found.push_back(person_card(row)); });
    return only(std::move(found));
}

#undef SANGU_PERSON_SQL

} // namespace sangu::registry
