#pragma once

// The register as other modules see it: small cards of places, organisations and people. Places are the zone's tree;
// the path of a place is the scope that roles and objects carry ("zone/changsha/changsha_htz").

#include "base/id.h"
#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/i18n/i18n.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu {
class Context;
}

namespace sangu::registry {

struct Place;
struct Organisation;
struct Person;

struct PlaceCard {
    Id<Place> id;
    std::string code;   // "changsha_htz": stable, used in files and addresses
    std::string kind;   // "province", "zone", "group", "city", "htz", "valley", "park"
    std::string parent; // code of the place above; empty for a root
    std::string name_zh, name_en;
    std::string division_code; // GB/T 2260, six digits; empty where the standard has none
    std::string path;          // the scope

    std::string name(i18n::Language language) const;
};

struct OrganisationCard {
    Id<Organisation> id;
    std::string name, name_en, kind, scope;
    std::string uscc; // empty: not known

    std::string_view shown(i18n::Language language) const {
        return language == i18n::Language::en && !name_en.empty() ? name_en : name;
    }
};

struct PersonCard {
    Id<Person> id;
    std::string name, name_en; // both empty: the person had the data erased
    std::string orcid;
    std::string organisation; // where the person works now; empty: not known
    std::string account_id;   // whoever owns the profile; empty: nobody
    bool is_public = false;   // everybody may open /people/<id>

    // In English the English name; "–" for erased data.
    std::string_view shown(i18n::Language language) const {
        if (language == i18n::Language::en && !name_en.empty()) return name_en;
        return name.empty() ? std::string_view{"–"} : name;
    }
};

// All places, parents before children, as people order them, at most 1,000; usually from memory (kernel/held.h).
std::span<PlaceCard const> places(Context const& context);
// The same read from the database: one small query.
std::vector<PlaceCard> places(db::Session& session);
std::optional<PlaceCard> place_of(db::Session& session, std::string_view code);
// In a list from places(); null when there is none.
PlaceCard const* find_place(std::span<PlaceCard const> places, std::string_view code);
PlaceCard const* find_place_by_path(std::span<PlaceCard const> places, std::string_view path);
// The place's name for a scope path, or the path itself.
std::string scope_name(std::span<PlaceCard const> places, std::string_view path, i18n::Language language);

// At most 500 cards in one query; unknown ids are left out.
std::vector<OrganisationCard> organisations(db::Session& session, std::span<std::string const> ids);
// By name or unified social credit code, for imports and entry forms.
std::optional<OrganisationCard> find_organisation(db::Session& session, std::string_view name_or_uscc);
// The organisations an account belongs to on a day.
std::vector<OrganisationCard> organisations_of(db::Session& session, std::string_view account_id, Date day);
// Whether the account may act for the organisation on a day.
bool speaks_for(db::Session& session, std::string_view account_id, std::string_view organisation_id, Date day);
// Organisations whose name begins with a text, for pickers: at most `limit`.
std::vector<OrganisationCard> organisations_like(db::Session& session, std::string_view beginning, int limit);

// At most 500 cards in one query; unknown ids are left out.
std::vector<PersonCard> people(db::Session& session, std::span<std::string const> ids);
// By ORCID; or by name, when exactly one person has it. With an organisation only people who work or worked there.
std::optional<PersonCard> find_person(db::Session& session, std::string_view name_or_orcid,
                                      std::string_view organisation_id = {});
// Everybody with this name, at most 20: for people to choose from.
std::vector<PersonCard> people_named(db::Session& session, std::string_view name);
// The profile an account owns.
std::optional<PersonCard> person_of(db::Session& session, std::string_view account_id);
// The accounts that belong to an organisation on a day, at most 500.
std::vector<std::string> members_of(db::Session& session, std::string_view organisation_id, Date day);

} // namespace sangu::registry
