#pragma once

// The content of an entry and the rows beside it, of a kind that is known only by its description.

#include "kernel/db/db.h"
#include "kernel/http/message.h"
#include "modules/library/entities.h"

#include <map>
#include <vector>

namespace sangu::library {

inline constexpr int rows_max = 40;

struct Filling {
    entity::AnyObject content;
    std::vector<std::vector<entity::AnyObject>> rows; // as Kind::rows has them
};

Filling empty_filling(Kind const& kind);
// Content and rows of an entry in one query.
Filling load_filling(db::Session& session, Kind const& kind, std::string_view entry_id);
// Contents of many entries by id, in one query; for downloads.
std::map<std::string, entity::AnyObject, std::less<>> contents_of(db::Session& session, Kind const& kind,
                                                                  std::span<std::string const> ids);
void insert_filling(db::Transaction& transaction, Kind const& kind, std::string_view entry_id, Filling& filling);
void store_filling(db::Transaction& transaction, Kind const& kind, std::string_view entry_id, Filling& filling);

Filled filled(Kind const& kind, Entry const& entry, Filling const& filling, Date today);

// Takes what was typed into the entry's own fields, the content and the rows ("owners-2-share"); fields that did not
// come stay. All that is wrong by itself and together.
Problems take_typed(Kind const& kind, Entry& entry, Filling& filling, http::Pairs const& typed, Date today);
// The same of a JSON object: {"title": …, "owners": [{"name": …}]}. Unknown members are refused.
Result<http::Pairs> typed_from_json(Kind const& kind, std::string_view body);

// Fields people fill in: the entry's own, and those of rows.
bool is_filled_in(entity::FieldMeta const& field);
// The rows of this name with their place in Filling::rows; nothing for an empty name.
std::optional<std::size_t> rows_at(Kind const& kind, std::string_view name);
std::string row_field(Rows const& rows, std::size_t number, std::string_view field); // "owners-1-share"
// A field of the content or of the entry itself; null when there is none.
entity::FieldMeta const* field_named(Kind const& kind, std::string_view name);

struct Tag {
    std::string facet, value;
    bool operator==(Tag const&) const = default;
};
// What the list filters this entry by: the facets of its kind and its place with those above.
std::vector<Tag> tags_of(Kind const& kind, Entry const& entry, Filling const& filling);

// Which hints are met; weights give the percentage.
struct Completeness {
    std::int64_t percent = 0;
    bool complete = false;
    std::vector<Hint const*> missing; // required ones first
};
Completeness completeness_of(Kind const& kind, Filled const& entry);

} // namespace sangu::library
