#pragma once

// What somebody may be about to type, and what may have been meant: values of facets (names, keywords, titles) of the
// documents that the caller may see. Everything – which ones, their order, their number, and whether there is one at
// all – depends on these documents alone, so nothing is told of the others.

#include "kernel/search/query/filter.h"
#include "kernel/search/suggest/vocabulary.h"
#include "kernel/search/text/analyzer.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu::search {

struct Suggestion {
    std::string text;            // as most of the documents write it
    std::uint64_t documents = 0; // of those the caller may see

    bool operator==(Suggestion const&) const = default;
};

// Thread-safe. Holds the vocabularies of the segments that are still in use.
class Suggestions {
public:
    // The values of these facets are suggested.
    explicit Suggestions(std::vector<std::size_t> facets) : facets_{std::move(facets)} {}

    // At most `most` values that begin with what is typed – in any width, case, or kind of Chinese; in pinyin, by
    // initials or a mixture ("zhuzhou", "zz") –, then those that contain it. The more documents the earlier. Throws
    // CorruptIndex.
    std::vector<Suggestion> complete(Permitted const& permitted, std::string_view typed, std::size_t most) const;

    // The query with words that no document has replaced by values that differ from them in little: a letter or two,
    // a character that sounds the same, or pinyin instead of characters. Nothing when every word is found or nothing is
    // near. Words are separated by spaces; at most eight of at most 32 characters are looked at.
    std::optional<std::string> did_you_mean(Permitted const& permitted, std::string_view query,
                                            Analyzer& analyzer) const;

private:
    std::shared_ptr<Vocabulary const> vocabulary(std::shared_ptr<Segment const> const& segment,
                                                 std::size_t facet) const;

    std::vector<std::size_t> facets_;
    struct Kept {
        std::weak_ptr<Segment const> segment;
        std::shared_ptr<Vocabulary const> vocabulary;
    };
    mutable std::mutex mutex_;
    mutable std::map<std::pair<Segment const*, std::size_t>, Kept> kept_;
};

} // namespace sangu::search
