#include "modules/matching/finding.h"

#include "base/text.h"
#include "kernel/search/query/match.h"
#include "kernel/search/query/search.h"
#include "kernel/search/query/weigh.h"
#include "modules/matching/published.h"

#include <algorithm>

namespace sangu::matching {

namespace {

using search::Node, search::Permitted;

constexpr std::size_t words_strict_max = 8; // of more words, records that have only some are what is looked for
constexpr std::size_t shares_max = 8;
constexpr std::size_t facet_values_max = 20;
constexpr std::size_t passage_characters = 110;

std::optional<std::uint32_t> facet_number(search::Schema const& schema, std::string_view facet) {
    auto const found = std::ranges::find(schema.facets, facet);
    if (found == schema.facets.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - schema.facets.begin());
}

// Every word must be there; words stand between blanks.
Node with_all_words(std::string_view text) {
    Node all{.kind = Node::Kind::all};
    std::string spaced{text};
    for (char& c : spaced)
        if (c == '\n' || c == '\t' || c == '\r') c = ' ';
    for (std::string_view const word : split_text(spaced, ' '))
        if (!trim(word).empty()) all.children.push_back({.kind = Node::Kind::text, .text = std::string{trim(word)}});
    return all;
}

struct Asked {
    search::ParsedQuery parsed;
    search::WeightedQuery terms;
    std::optional<Node> all_words; // of a short plain query
};

Asked ask(search::Snapshot const& snapshot, std::string const& text) {
    std::vector<std::string_view> fields;
    for (search::Field const& field : snapshot.schema().fields) fields.push_back(field.name);
    Asked asked{.parsed = search::parse_query(text, fields), .terms = {}, .all_words = {}};
    if (!asked.parsed.is_plain()) {
        asked.terms = search::weigh(asked.parsed.root, analyzer(), snapshot);
        return asked;
    }
    std::string const& plain = asked.parsed.root.children[0].text;
    asked.terms = search::weigh(plain, analyzer(), snapshot);
    Node all = with_all_words(plain);
    if (all.children.size() <= words_strict_max && plain.size() < 200) asked.all_words = std::move(all);
    return asked;
}

// The chosen facets, each worked out once.
class Filters {
public:
    Filters(std::shared_ptr<search::Snapshot const> const& snapshot, Query const& query) {
        for (auto const& [facet, value] : query.filters)
            if (auto const number = facet_number(snapshot->schema(), facet))
                all_.emplace_back(facet, Permitted{snapshot, {{{{*number, {value}, false}}}}});
    }
    // All but that of one facet.
    Permitted apply(Permitted const& base, std::string_view without = {}) const {
        Permitted result = base;
        for (auto const& [facet, permitted] : all_)
            if (facet != without) result = Permitted{result, permitted};
        return result;
    }

private:
    std::vector<std::pair<std::string, Permitted>> all_;
};

// What matches the words, whatever the facets.
Permitted matching(Permitted const& visible, Asked const& asked, bool any_word, Findings& findings) {
    if (!asked.parsed.is_plain()) return search::matching(visible, asked.parsed.root, analyzer());
    Permitted some = search::matching_any(visible, asked.terms);
    if (!asked.all_words || any_word) return some;
    Permitted all = search::matching(visible, *asked.all_words, analyzer());
    if (all.count() == 0) {
        findings.loosened = some.count() > 0 && (asked.all_words->children.size() > 1 || asked.terms.size() > 1);
        return some;
    }
    findings.with_any_word = some.count();
    return all;
}

void count_facets(Permitted const& matched, Filters const& filters, Query const& query, Findings& findings) {
    Permitted const filtered = filters.apply(matched);
    findings.total = filtered.count();
    for (std::string_view const facet : chosen_facets) {
        auto const number = facet_number(matched.snapshot().schema(), facet);
        if (!number) continue;
        auto counts = query.filter(facet) ? search::count_facet(filters.apply(matched, facet), *number)
                                          : search::count_facet(filtered, *number);
        if (counts.size() > facet_values_max) counts.resize(facet_values_max);
        if (!counts.empty()) findings.facets.push_back({std::string{facet}, std::move(counts)});
    }
}

std::vector<Share> shares_of(search::Snapshot const& snapshot, search::WeightedQuery const& terms,
                             search::Hit const& hit) {
    std::vector<Share> shares;
    for (search::Reason const& one : search::reasons(snapshot, terms, hit.place))
        if (shares.size() < shares_max && hit.score > 0)
            shares.push_back({one.term, snapshot.schema().fields[one.field].name, one.share / hit.score});
    return shares;
}

void take_hits(View const& view, Permitted const& filtered, Asked const& asked, Query const& query,
               Findings& findings) {
    auto const page = static_cast<std::size_t>(std::clamp(query.page, 1, pages_max));
    std::size_t const begin = (page - 1) * hits_on_page, end = page * hits_on_page;
    auto shown = search::search(filtered, asked.terms, end);
    shown.erase(shown.begin(), shown.begin() + static_cast<std::ptrdiff_t>(std::min(begin, shown.size())));
    std::vector<std::string> keys;
    for (search::Hit const& hit : shown) keys.emplace_back(view.snapshot->key(hit.place));
    auto texts = view.holding->texts->read(keys);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        auto const text = texts.find(keys[i]);
        if (text == texts.end()) continue;
        Hit hit{.filed = std::move(text->second), .score = shown[i].score};
        hit.title_marks = search::best_passage(hit.filed.title, asked.terms, analyzer(), hit.filed.title.size()).marks;
        hit.passage = search::best_passage(hit.filed.words, asked.terms, analyzer(), passage_characters);
        hit.shares = shares_of(*view.snapshot, asked.terms, shown[i]);
        findings.hits.push_back(std::move(hit));
    }
}

// Everything but the records that changed and have not been taken in yet: they are found again when they have.
std::vector<search::Bitmap> without_changed(Services const& services, View const& view) {
    std::vector<search::Bitmap> kept;
    for (search::SegmentState const& one : view.snapshot->segments()) kept.emplace_back(one.segment->documents(), true);
    auto const sources = all_searchable(services);
    for (std::string const& id : view.changed)
        for (Searchable const& source : sources)
            for (std::string const& key : document_keys(record_key(source.name, id)))
                if (auto const place = view.snapshot->find(key)) kept[place->segment].remove(place->document);
    return kept;
}

} // namespace

std::string const* Query::filter(std::string_view facet) const {
    auto const found = std::ranges::find(filters, facet, &NamedText::first);
    return found == filters.end() ? nullptr : &found->second;
}

std::shared_ptr<Permitted const> permitted_for(Context& context, View const& view) {
    auto const readers = facet_number(view.snapshot->schema(), readers_facet),
               deeper = facet_number(view.snapshot->schema(), deeper_facet);
    SANGU_ASSERT(readers && deeper);
    auto const keys = reader_keys(context);
    Permitted visible{view.snapshot, {{{{*readers, keys, false}}, {{*deeper, keys, true}}}}};
    if (!view.changed.empty()) visible = Permitted{visible, without_changed(context.services, view)};
    return std::make_shared<Permitted const>(std::move(visible));
}

Permitted of_kind(View const& view, std::string const& kind) {
    auto const number = facet_number(view.snapshot->schema(), kind_facet);
    SANGU_ASSERT(number);
    return {view.snapshot, {{{{*number, {kind}, false}}}}};
}

Findings find(Context& context, Query const& query) {
    Findings findings;
    RecordIndex* const index = index_of(context.services);
    if (!index) return findings;
    View const view = index->view(context);
    findings.progress = view.progress;
    findings.ready = view.holding != nullptr && !view.behind;
    if (!findings.ready) return findings;
    try {
        auto const visible = permitted_for(context, view);
        Filters const filters{view.snapshot, query};
        if (trim(query.text).empty()) {
            count_facets(*visible, filters, query, findings);
            return findings;
        }
        Asked const asked = ask(*view.snapshot, query.text);
        findings.notes = asked.parsed.notes;
        Permitted const matched = matching(*visible, asked, query.any_word, findings);
        count_facets(matched, filters, query, findings);
        take_hits(view, filters.apply(matched), asked, query, findings);
        if (asked.parsed.is_plain() && (findings.loosened || findings.total == 0) && view.holding->names)
            findings.meant = view.holding->names->did_you_mean(*visible, query.text, analyzer()).value_or("");
    } catch (search::CorruptIndex const&) {
        index->give_up(view.holding);
        findings = {.ready = false};
    }
    return findings;
}

std::vector<search::Suggestion> complete(Context& context, std::string_view typed, std::size_t most) {
    RecordIndex* const index = index_of(context.services);
    if (!index || trim(typed).empty()) return {};
    View const view = index->view(context);
    if (!view.holding || view.behind || !view.holding->names) return {};
    try {
        return view.holding->names->complete(*permitted_for(context, view), trim(typed), most);
    } catch (search::CorruptIndex const&) {
        index->give_up(view.holding);
        return {};
    }
}

} // namespace sangu::matching
