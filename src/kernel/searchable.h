#pragma once

// What a module has to be found by words. A module offers one SearchableRecords (Module::offers) for what it does not
// publish as a plain list; public lists (kernel/resource/published.h) are found without it. Whoever keeps an index asks
// for these values and knows none of the modules.

#include "kernel/db/db.h"
#include "kernel/entity/meta.h"

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sangu {

class Context;
struct Services;

using NamedText = std::pair<std::string, std::string>;

// What one group of readers sees of a record: all of it, that of the wider layers as well. A reader finds a record by
// the words of the narrowest layer they have a key of, and by no other's.
struct SearchLayer {
    // Whose this is: "public" is everybody's key, the others are of the module that offers the record.
    std::vector<std::string> readers;
    std::string abstract, keywords, body;
    std::string codes;             // numbers and classes: "CG-2026-000123 C3711"
    std::vector<NamedText> facets; // "field", "industry", "place", "stage", "price"; several values are several pairs
    std::vector<NamedText> facts;  // what matching compares: "budget_to" in fen, "readiness" 1–13, "scope", "owner"
};

struct SearchRecord {
    std::string id, kind, title, path;
    std::string mark;                // as Searchable::marks gives it
    std::vector<SearchLayer> layers; // the widest first
};

struct SearchKind {
    std::string name;  // "demand"
    std::string label; // message key of the plural
};

// A source of records of one or more kinds.
struct Searchable {
    std::string name; // unique: "library", "organisations"
    std::vector<SearchKind> kinds;
    // Beginnings of the kinds of events after which a record must be read again; their object is its id.
    std::vector<std::string> events;
    // The ids beyond `after` with a mark that moves with every change, in their order, at most `limit`.
    std::function<void(Services& services, db::Session& session, std::string const& after, int limit,
                       std::function<void(std::string_view id, std::string_view mark)> const& each)>
        marks;
    // Those of the ids that are to be found now, with few queries for all of them.
    std::function<std::vector<SearchRecord>(Services& services, db::Session& session, std::span<std::string const> ids)>
        load;
};

struct SearchableRecords {
    std::vector<Searchable> (*of)(Services const& services) = nullptr;
    // The keys of a reader besides "public"; at most one query.
    std::vector<std::string> (*keys)(Context& context) = nullptr;
    // Entities whose public lists need no second entry in an index.
    std::vector<entity::EntityMeta const*> covers = {};
};

} // namespace sangu
