#include "modules/library/searchable.h"

#include "base/text.h"
#include "kernel/entity/store.h"
#include "modules/library/service.h"

#include <algorithm>
#include <array>

namespace sangu::library {

namespace {

constexpr std::string_view member_key = "library:member";

std::string granted_key(std::string_view account) { return "library:granted/" + std::string{account}; }
std::string owner_key(std::string_view who) { return "library:owner/" + std::string{who}; }
std::string officer_key(std::string_view scope) { return "library:officer/" + std::string{scope}; }

// An entry with all that is stored of it.
struct Whole {
    Entry entry;
    Filling filling;
    std::vector<std::string> granted; // accounts that may read the text
};

std::map<std::string, std::vector<std::string>, std::less<>> grants_of(db::Session& session,
                                                                       std::span<std::string const> ids) {
    std::map<std::string, std::vector<std::string>, std::less<>> found;
    std::vector<Value> const parameters{ids.begin(), ids.end()};
    session.query("select entry_id, account_id from library_access where entry_id in " + marks_of(ids.size()) +
                      " order by entry_id, account_id",
                  db::Parameters{parameters},
                  [&](db::Row const& row) { found[std::string{row.text(0)}].emplace_back(row.text(1)); });
    return found;
}

// Rows of many entries: one query for a list.
void add_rows(db::Session& session, Rows const& rows, std::size_t at, std::map<std::string, Whole*> const& entries) {
    std::vector<Value> parameters;
    for (auto const& [id, one] : entries) parameters.emplace_back(id);
    entity::FieldMeta const* owner = rows.meta->find("entry_id");
    entity::AnyObject row{*rows.meta};
    entity::each(session, *rows.meta, row.get(),
                 "where entry_id in " + marks_of(parameters.size()) + " order by entry_id, position",
                 db::Parameters{parameters}, [&] {
                     Value const id = owner->load(row.get());
                     auto const entry = entries.find(std::get<std::string>(id));
                     if (entry != entries.end()) entry->second->filling.rows[at].push_back(row);
                 });
}

std::vector<Whole> whole_entries(Services const& services, db::Session& session, std::span<std::string const> ids) {
    std::vector<Whole> all;
    if (ids.empty()) return all;
    auto const grants = grants_of(session, ids);
    for (Entry& entry : entries_with_ids(session, ids)) {
        Kind const* kind = kind_named(services, entry.kind);
        if (!kind || !is_public(entry.state)) continue;
        auto const granted = grants.find(entry.id.text);
        all.push_back({std::move(entry), empty_filling(*kind),
                       granted == grants.end() ? std::vector<std::string>{} : granted->second});
    }
    for (Kind const* kind : kinds(services)) {
        std::map<std::string, Whole*> of_kind;
        std::vector<std::string> kind_ids;
        for (Whole& one : all)
            if (one.entry.kind == kind->name) {
                of_kind.emplace(one.entry.id.text, &one);
                kind_ids.push_back(one.entry.id.text);
            }
        if (of_kind.empty()) continue;
        for (auto& [id, content] : contents_of(session, *kind, kind_ids)) of_kind[id]->filling.content = content;
        for (std::size_t i = 0; i < kind->rows.size(); ++i) add_rows(session, kind->rows[i], i, of_kind);
    }
    return all;
}

bool is_code(std::string_view field) {
    return field == "industry" || field == "number" || field == "reference" || field == "registration_number";
}

void add_text(SearchLayer& layer, entity::EntityMeta const& meta, void const* object, std::string_view only = {}) {
    for (entity::FieldMeta const& field : meta.fields) {
        bool const is_meant = only.empty() ? is_filled_in(field) : field.name == only;
        if (!is_meant || field.type->kind != entity::Kind::text || !field.format.empty()) continue;
        Value const value = field.load(object);
        auto const* text = std::get_if<std::string>(&value);
        if (!text || text->empty() || field.name == "phone" || field.name == "email") continue;
        std::string& target = is_code(field.name)                                        ? layer.codes
                              : field.name == "directions" || field.name == "speciality" ? layer.keywords
                                                                                         : layer.body;
        target.append(target.empty() ? "" : "\n").append(*text);
    }
}

// What matching compares, of a field the layer shows.
void add_fact(SearchLayer& layer, entity::FieldMeta const& field, void const* object) {
    constexpr std::string_view compared[] = {"tech_field", "industry",   "stage",        "readiness", "price_from",
                                             "price_to",   "price_mode", "budget_from",  "budget_to", "budget_open",
                                             "deadline",   "direction",  "availability", "buy",       "develop_jointly",
                                             "entrust",    "license",    "consult"};
    if (std::ranges::find(compared, field.name) == std::end(compared)) return;
    Value const value = field.load(object);
    std::string text;
    if (auto const* number = std::get_if<std::int64_t>(&value)) text = std::to_string(*number);
    if (auto const* flag = std::get_if<bool>(&value)) text = *flag ? "true" : "";
    if (auto const* words = std::get_if<std::string>(&value)) text = *words;
    if (text.empty()) return;
    if (field.name == "tech_field") layer.facets.emplace_back("field", text);
    if (field.name == "industry") layer.facets.emplace_back("industry", text.substr(0, 1));
    if (field.name == "stage") layer.facets.emplace_back("stage", text);
    layer.facts.emplace_back(std::string{field.name}, std::move(text));
}

// The band of the price or budget a layer shows; "negotiable" when there is no amount.
void add_price(SearchLayer& layer) {
    auto const amount = [&](std::string_view name) -> std::int64_t {
        auto const found = std::ranges::find(layer.facts, name, &NamedText::first);
        return found == layer.facts.end() ? 0 : parse_integer(found->second).value_or(0);
    };
    auto const has = [&](std::string_view name) {
        return std::ranges::find(layer.facts, name, &NamedText::first) != layer.facts.end();
    };
    std::int64_t const fen =
        std::max({amount("price_to"), amount("price_from"), amount("budget_to"), amount("budget_from")});
    if (fen == 0 && !has("price_mode") && !has("budget_open")) return;
    constexpr std::int64_t ten_thousand_yuan = 1'000'000; // in fen
    std::string_view band = "negotiable";
    if (fen > 0) band = "under_10";
    if (fen >= 10 * ten_thousand_yuan) band = "10_to_50";
    if (fen >= 50 * ten_thousand_yuan) band = "50_to_100";
    if (fen >= 100 * ten_thousand_yuan) band = "100_to_500";
    if (fen >= 500 * ten_thousand_yuan) band = "from_500";
    layer.facets.emplace_back("price", band);
}

SearchLayer layer_seen(Kind const& kind, Whole const& one, Layer seen) {
    SearchLayer layer;
    layer.codes = one.entry.number;
    if (seen >= Layer::abstract) layer.abstract = one.entry.abstract;
    for (Section const& part : kind.sections) {
        if (seen < part.layer) continue;
        for (std::string_view const name : part.fields)
            if (auto const* field = kind.content->find(name)) {
                add_text(layer, *kind.content, one.filling.content.get(), name);
                add_fact(layer, *field, one.filling.content.get());
            }
    }
    for (std::size_t i = 0; i < kind.rows.size(); ++i)
        if (seen >= kind.rows[i].layer)
            for (entity::AnyObject const& row : one.filling.rows[i]) add_text(layer, row.meta(), row.get());
    for (std::string_view const part : split_text(one.entry.scope, '/'))
        if (part != "zone" || one.entry.scope == "zone") layer.facets.emplace_back("place", part);
    layer.facts.emplace_back("scope", one.entry.scope);
    layer.facts.emplace_back("number", one.entry.number);
    if (one.entry.organisation_id) layer.facts.emplace_back("owner", one.entry.organisation_id->text);
    add_price(layer);
    return layer;
}

// The owner, the owner's organisation, and officers of the place and of those above it.
std::vector<std::string> insiders_of(Entry const& entry) {
    std::vector<std::string> keys{owner_key(entry.account_id.text)};
    if (entry.organisation_id) keys.push_back(owner_key(entry.organisation_id->text));
    std::string scope = entry.scope;
    for (;;) {
        keys.push_back(officer_key(scope));
        auto const slash = scope.rfind('/');
        if (slash == std::string::npos) break;
        scope.resize(slash);
    }
    if (!entry.scope.starts_with("zone")) keys.push_back(officer_key("zone")); // a role there holds everywhere
    return keys;
}

SearchRecord record_of(Kind const& kind, Whole const& one) {
    SearchRecord record{.id = one.entry.id.text,
                        .kind = std::string{kind.name},
                        .title = one.entry.title,
                        .path = path_of(kind, one.entry),
                        .mark = std::to_string(one.entry.version),
                        .layers = {}};
    std::vector<std::string> granted;
    for (std::string const& account : one.granted) granted.push_back(granted_key(account));
    struct Readers {
        std::vector<std::string> keys;
        Layer seen;
    };
    std::array<Readers, 4> const readers{
        {{{"public"}, layer_of(one.entry, {})},
         {{std::string{member_key}}, layer_of(one.entry, {.member = true})},
         {std::move(granted), layer_of(one.entry, {.member = true, .granted = Layer::body})},
         {insiders_of(one.entry), layer_of(one.entry, {.member = true, .owner = true})}}};
    Layer last = Layer::none;
    for (auto const& [keys, seen] : readers) {
        Layer const words = seen == Layer::files ? Layer::body : seen; // files are not searched
        if (keys.empty() || words == Layer::none) continue;
        if (words == last && !record.layers.empty()) {
            auto& together = record.layers.back().readers;
            together.insert(together.end(), keys.begin(), keys.end());
            continue;
        }
        record.layers.push_back(layer_seen(kind, one, words));
        record.layers.back().readers = keys;
        last = words;
    }
    return record;
}

std::vector<SearchRecord> load(Services& services, db::Session& session, std::span<std::string const> ids) {
    std::vector<SearchRecord> records;
    for (Whole const& one : whole_entries(services, session, ids))
        records.push_back(record_of(*kind_named(services, one.entry.kind), one));
    return records;
}

void marks(Services&, db::Session& session, std::string const& after, int limit,
           std::function<void(std::string_view, std::string_view)> const& each) {
    session.query("select id, version from library_entry where state = 'published' and id > ? order by id limit ?",
                  {after, std::int64_t{limit}},
                  [&](db::Row const& row) { each(row.text(0), std::to_string(row.integer(1))); });
}

} // namespace

std::vector<Searchable> searchable_entries(Services const& services) {
    Searchable all{
        .name = "library", .kinds = {}, .events = {"library.entry.", "library.access."}, .marks = marks, .load = load};
    for (Kind const* kind : kinds(services)) all.kinds.push_back({std::string{kind->name}, kind->message(".plural")});
    return {std::move(all)};
}

std::vector<std::string> search_keys(Context& context) {
    std::vector<std::string> keys;
    if (!context.actor.signed_in()) return keys;
    Me const me = me_of(context);
    if (me.member) {
        keys.emplace_back(member_key);
        keys.push_back(granted_key(me.account));
    }
    if (context.may(write_permission)) {
        keys.push_back(owner_key(me.account));
        for (std::string const& one : me.spoken_for) keys.push_back(owner_key(one));
    }
    for (auth::Scope const& scope : context.services.permissions.scopes_of(context.actor, review_permission))
        keys.push_back(officer_key(scope.path));
    return keys;
}

} // namespace sangu::library
