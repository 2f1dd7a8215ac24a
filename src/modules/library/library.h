#pragma once

// What every entry of a library has in common, whether it is an achievement, a demand, an expert: a number, an owner, a
// state, layers of disclosure, freshness, interest. A module that has a kind of entry describes it as one value (Kind),
// offers it (Module::offers) and takes its routes from routes_of(); lists, pages, forms, review, downloads, feeds and
// API follow from it. Its own table holds the content, with the entry's id as its key.

#include "base/embedded.h"
#include "base/result.h"
#include "base/time.h"
#include "kernel/entity/any_object.h"
#include "kernel/http/route.h"
#include "kernel/json/json.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu {
class Context;
struct Services;
namespace db {
class Transaction;
}
} // namespace sangu

namespace sangu::library {

struct Entry;

// How much of an entry somebody sees; each layer includes those before it. The one function that decides it is
// layer_for(), and every outlet asks it.
enum class Layer : std::uint8_t {
    none,     // not even that it exists
    title,    // title, number, owner, facets: what a public list shows
    abstract, // the abstract and what is for members
    body,     // the whole text
    files,    // attachments
    own,      // what the owner and the officers alone see
};

// The high-tech fields the State supports: the eight of the measures for recognising high-tech enterprises (2016).
enum class TechField : std::uint8_t {
    electronics,
    biomedicine,
    aerospace,
    new_materials,
    high_tech_services,
    new_energy,
    environment,
    advanced_manufacturing
};
constexpr auto choices_of(TechField) {
    using enum TechField;
    return choices<TechField>({{electronics, "electronics"},
                               {biomedicine, "biomedicine"},
                               {aerospace, "aerospace"},
                               {new_materials, "new_materials"},
                               {high_tech_services, "high_tech_services"},
                               {new_energy, "new_energy"},
                               {environment, "environment"},
                               {advanced_manufacturing, "advanced_manufacturing"}});
}

// Whether GB/T 4754-2017 has the code: a section letter A–T, alone or with 2 to 4 digits.
bool is_industry_code(std::string_view text);

// What is known elsewhere about a row, when it is looked at: the state of a licence today, the right a number names.
struct About {
    std::string text;           // plain words for the last column; empty: nothing is known
    std::string path = {};      // where it leads: an address of our own, or https://…; empty: nowhere
    std::string_view tone = {}; // of a badge: "good", "warn", "bad"; empty: plain text
};

// A list of rows beside the content: the owners of an achievement with their shares. The entity has the fields id,
// entry_id and position; the others are filled in by people, one line of inputs a row.
struct Rows {
    std::string_view name;    // "owners": a member of the JSON, the beginning of the names in forms
    std::string_view heading; // message key; "<heading>.hint" says how to fill them in
    entity::EntityMeta const* meta = nullptr;
    Layer layer = Layer::abstract;
    // One answer for each row, for this reader, with few queries and none in a loop; the message of the column is
    // "<heading>.about".
    std::vector<About> (*about)(Context& context, std::span<entity::AnyObject const> rows) = nullptr;
};

// What belongs together in the form and on the page, and which layer it is in.
struct Section {
    std::string_view heading; // message key
    Layer layer = Layer::title;
    std::vector<std::string_view> fields; // of the content; "title" and "abstract" are the entry's own
    std::string_view ways = {};           // message key: the yes-or-no fields of this section are one question
    std::string_view rows = {};           // the name of the rows that stand here
};

// A filter of the list with counts. Of fields in the title layer only: filters are public.
struct Facet {
    std::string_view name, label;         // in addresses; message key
    std::vector<std::string_view> fields; // one choice, or several yes-or-no fields that are the values
};

// A filled-in entry, for rules.
struct Filled {
    std::string_view title, abstract;
    entity::EntityMeta const* meta = nullptr;
    void const* content = nullptr;
    std::vector<std::vector<entity::AnyObject>> const& rows; // as Kind::rows has them
    Date today;

    template <class Content> Content const& as() const { return *static_cast<Content const*>(content); }
};

// A line of the table by which a good entry is told from a poor one.
struct Hint {
    std::string_view key;   // message key: what to write, in plain words
    std::string_view field; // where
    int weight = 1;
    bool required = false; // without it the entry cannot be submitted
    bool (*met)(Filled const& entry) = nullptr;
};

struct Kind {
    std::string_view name;   // "achievement": stored with every entry
    std::string_view path;   // "achievements": /achievements, /api/v1/achievements
    std::string_view prefix; // "CG": CG-2026-000123
    // schema.org of the detail page: the type, and its members for the owner and the day of publication.
    std::string_view schema, schema_owner = {}, schema_date = "datePublished"; // "Demand", "seller", "validFrom"
    entity::EntityMeta const* content = nullptr;
    std::vector<Section> sections = {};
    std::vector<Rows> rows = {};
    std::vector<Facet> facets = {};
    std::vector<Hint> hints = {};
    // What must never be stored, beyond the constraints of the description; fields by name.
    Problems (*check)(Filled const& entry) = nullptr;
    // Runs in the transaction that stores an entry: what the module derives from it, such as search terms.
    void (*stored)(db::Transaction& transaction, std::string_view entry_id, Filled const& entry) = nullptr;
    std::string_view finder = {}, finder_path = {}; // a page that finds by more than words: message key, address
    bool track_record = false;                      // the page counts the cases that ended, from threads
    int order = 100;                                // among the kinds
    bool one_of_the_lists = false;                  // talent, demands, achievements: shown side by side on /lists

    // The message of a word (".plural", ".lead") or of a field of the content.
    std::string message(std::string_view word) const {
        return std::string{content->name} + (word.starts_with('.') ? "" : ".") + std::string{word};
    }
};

// Pages, downloads, feed and API of a kind. The kind must outlive them.
std::vector<http::Route> routes_of(Kind const& kind);

// With the setting `demo` and no entry of the kind yet: publishes entries given as JSON objects, one a line. A row that
// is refused is reported in the log, and the others follow; gives how many were published.
int seed_demo(Services& services, Kind const& kind, std::string_view lines);

std::vector<Kind const*> kinds(Services const& services); // in their order
Kind const* kind_named(Services const& services, std::string_view name);

// An entry as others show it. Only what the title layer has.
struct Card {
    std::string id, kind, number, title, organisation_id, place;
    std::string path;           // "/achievements/CG-2026-000123"
    bool listed = false;        // published: on the public list
    Layer layer = Layer::title; // of the reader, but for consents and undertakings
};
// Entries the actor may see at least by title, at most 500, in the order of `ids`; one query.
std::vector<Card> cards(Context& context, std::span<std::string const> ids);
// The same by numbers; `layer` is that of a visitor when all of them are public.
std::vector<Card> cards_numbered(Context& context, std::span<std::string const> numbers);
// Of an entry by id, for the actor: at most three queries.
Layer layer_for(Context& context, std::string_view entry_id);

// Entries like this one, best first, by whoever can tell (an offer of a module above). The library asks cards() before
// it shows them.
struct Neighbours {
    std::vector<std::string> (*of)(Context& context, std::string_view entry_id, int limit) = nullptr;
};

// An entry as this reader may read it: the words of every layer they see, and what finding compares.
struct Readable {
    Card card;
    std::string text;
    std::string tech_field, industry; // empty: not said
};
// By number; at most three queries. Nothing when there is none for this reader.
std::optional<Readable> readable(Context& context, std::string_view number);

// A way on from an entry of a kind, to a page of a module above; its number is appended to `path`.
struct Way {
    std::string_view kind, label; // "demand"; message key
    std::string_view path;        // "/experts/finder?demand="
};

// Permissions
inline constexpr std::string_view write_permission = "library.entry.write";
inline constexpr std::string_view member_permission = "library.entry.abstract"; // signed-in members
inline constexpr std::string_view review_permission = "library.entry.review";

} // namespace sangu::library
