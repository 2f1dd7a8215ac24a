#pragma once

// Other engines, asked the same in the same run. Each indexes texts and answers with their numbers, ten for a question.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sangu::bench {

struct PeerResult {
    std::string name;
    double documents_per_second = 0; // of CPU, with everything but where the words are given already
    double megabytes = 0;
    double p50 = 0, p99 = 0; // CPU µs of a question, without its analysis where the words are given
    std::vector<std::vector<std::size_t>> answers;
};

// One text a line, words as kernel/search finds them, separated by spaces.
std::vector<std::string> as_tokens(std::vector<std::string> const& texts);

// Each nothing when the engine is not installed. Texts have no line breaks.
std::optional<PeerResult> lucene(std::string const& analyzer, std::vector<std::string> const& documents,
                                 std::vector<std::string> const& questions);
// `by_tokens`: words are separated by spaces; else Xapian's own pairs of ideographs and English stems.
std::optional<PeerResult> xapian(bool by_tokens, std::vector<std::string> const& documents,
                                 std::vector<std::string> const& questions);
std::optional<PeerResult> fts5(std::vector<std::string> const& documents, std::vector<std::string> const& questions);

} // namespace sangu::bench
