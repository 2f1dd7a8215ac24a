#pragma once

// From a record as its module describes it to what stands in the index: one document for each layer, so that no word
// of a layer can find the record for whoever does not see that layer.

#include "kernel/search/index/index.h"
#include "kernel/searchable.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::matching {

// Raised when the same record would give other documents: every server then builds its index anew.
inline constexpr int documents_version = 3;

// The fields and facets of the index and their weights.
search::Schema schema();

// What an index of ours calls its facets; "readers" and "deeper" say who finds a document and who finds a narrower
// layer of the same record instead.
inline constexpr std::string_view readers_facet = "readers", deeper_facet = "deeper", kind_facet = "kind";
// Titles and the words in them and in the keywords: what is completed, and offered when a word was not found.
inline constexpr std::string_view names_facet = "names";

// What pages show of a document; the index itself keeps no text.
struct Filed {
    std::string key;    // of the document
    std::string record; // "library/01j…"
    std::string kind, title, path;
    std::string words; // abstract, keywords and text, each on lines of its own
    std::string codes;
    std::vector<NamedText> facets, facts;

    std::string const* fact(std::string_view name) const;
};

// The analyzer of this thread.
search::Analyzer& analyzer();

std::string record_key(std::string_view source, std::string_view id);

// Every name a document of the record can have.
std::vector<std::string> document_keys(std::string_view record);

// Adds the documents of a record and what is shown of them.
void add_documents(search::Schema const& schema, Searchable const& source, SearchRecord const& record,
                   std::vector<search::Document>& documents, std::vector<Filed>& filed);

} // namespace sangu::matching
