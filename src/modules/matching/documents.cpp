#include "modules/matching/documents.h"

#include <algorithm>
#include <set>

namespace sangu::matching {

namespace {

constexpr std::size_t layers_max = 4;
constexpr std::size_t names_max = 40, name_bytes_max = 120; // of a record

std::uint32_t facet_number(search::Schema const& schema, std::string_view name) {
    return static_cast<std::uint32_t>(std::ranges::find(schema.facets, name) - schema.facets.begin());
}

void add_words(std::string& words, std::string const& more) {
    if (more.empty()) return;
    words.append(words.empty() ? "" : "\n").append(more);
}

// The title, and the words in it and in the keywords, each once.
std::set<std::string> names_of(std::string const& title, std::string const& keywords) {
    std::set<std::string> names;
    if (title.size() <= name_bytes_max) names.insert(title);
    for (std::string const* text : {&title, &keywords})
        for (search::Token const& token : analyzer().analyse(*text).tokens) {
            bool const is_word = token.kind == search::TokenKind::word || token.is_word;
            if (is_word && names.size() < names_max) names.insert(text->substr(token.begin, token.end - token.begin));
        }
    return names;
}

search::Document document_of(search::Schema const& schema, Searchable const& source, SearchRecord const& record,
                             SearchLayer const& layer) {
    search::Document document;
    for (search::Field const& field : schema.fields)
        document.fields.push_back(field.name == "title"      ? record.title
                                  : field.name == "keywords" ? layer.keywords
                                  : field.name == "abstract" ? layer.abstract
                                  : field.name == "body"     ? layer.body
                                  : field.name == "codes"    ? layer.codes
                                                             : std::string{});
    auto const add = [&](std::string_view facet, std::string const& value) {
        std::uint32_t const number = facet_number(schema, facet);
        if (number < schema.facets.size()) document.facets.push_back({number, value});
    };
    for (std::string const& name : names_of(record.title, layer.keywords)) add(names_facet, name);
    add(kind_facet, record.kind);
    add("source", source.name);
    for (auto const& [facet, value] : layer.facets)
        if (facet != readers_facet && facet != deeper_facet && facet != names_facet) add(facet, value);
    for (std::string const& reader : layer.readers) add(readers_facet, reader);
    return document;
}

} // namespace

search::Schema schema() {
    return {{{.name = "title", .weight = 3, .b = 0.6, .pivot = 12, .characters = true},
             {.name = "keywords", .weight = 2, .b = 0.6, .pivot = 20},
             {.name = "abstract", .weight = 1.3, .b = 0.7, .pivot = 120},
             {.name = "body", .weight = 1, .b = 0.75, .pivot = 300},
             {.name = "codes", .weight = 2, .b = 0.3, .pivot = 6}},
            {std::string{kind_facet}, "field", "industry", "place", "stage", "price", "source",
             std::string{names_facet}, std::string{readers_facet}, std::string{deeper_facet}},
            1.2};
}

search::Analyzer& analyzer() {
    thread_local search::Analyzer one;
    return one;
}

std::string const* Filed::fact(std::string_view name) const {
    auto const found = std::ranges::find(facts, name, &NamedText::first);
    return found == facts.end() ? nullptr : &found->second;
}

std::string record_key(std::string_view source, std::string_view id) {
    return std::string{source}.append("/").append(id);
}

std::vector<std::string> document_keys(std::string_view record) {
    std::vector<std::string> keys;
    for (std::size_t at = 0; at < layers_max; ++at) keys.push_back(std::string{record} + "#" + std::to_string(at));
    return keys;
}

void add_documents(search::Schema const& schema, Searchable const& source, SearchRecord const& record,
                   std::vector<search::Document>& documents, std::vector<Filed>& filed) {
    SANGU_ASSERT(record.layers.size() <= layers_max);
    std::string const name = record_key(source.name, record.id);
    auto const keys = document_keys(name);
    std::uint32_t const deeper = facet_number(schema, deeper_facet);
    for (std::size_t at = 0; at < record.layers.size(); ++at) {
        SearchLayer const& layer = record.layers[at];
        search::Document document = document_of(schema, source, record, layer);
        document.key = keys[at];
        for (std::size_t below = at + 1; below < record.layers.size(); ++below)
            for (std::string const& reader : record.layers[below].readers) document.facets.push_back({deeper, reader});
        documents.push_back(std::move(document));
        std::string words;
        for (std::string const* one : {&layer.abstract, &layer.keywords, &layer.body}) add_words(words, *one);
        filed.push_back({.key = keys[at],
                         .record = name,
                         .kind = record.kind,
                         .title = record.title,
                         .path = record.path,
                         .words = std::move(words),
                         .codes = layer.codes,
                         .facets = layer.facets,
                         .facts = layer.facts});
    }
}

} // namespace sangu::matching
