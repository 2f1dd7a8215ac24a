#pragma once

// Synonyms with direction, applied to queries only, so that a new rule works at once and on every document.
//
//   # a comment
//   PMSM = 永磁同步电机            each finds the other
//   电机 => 电动机, 马达 @0.7       电机 also finds 电动机 and 马达, not the other way; @ is the weight (0.5 when not
//   given)

#include "kernel/search/text/phrase_table.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

struct Expansion {
    std::string text;
    float weight = 0;        // of a term of this text, where the query's own words weigh 1
    std::uint32_t begin = 0; // bytes of the query that it stands for, half open
    std::uint32_t end = 0;
};

class Synonyms {
public:
    Synonyms() = default;
    // Lines that are no rule are left out and counted.
    explicit Synonyms(std::string_view rules);

    // What the query should find besides its own words, by place; Latin phrases match whole words only.
    std::vector<Expansion> expand(std::string_view query) const;
    std::size_t size() const { return left_sides_.size(); }
    std::size_t refused_lines() const { return refused_lines_; }

private:
    struct Right {
        std::string text;
        float weight;
    };
    struct Rule {
        std::string left;
        std::vector<Right> rights;
    };
    bool read(std::string_view line);
    void add(std::string_view left, std::string_view right, float weight);

    PhraseTable left_sides_;
    std::vector<Rule> rules_;
    std::size_t refused_lines_ = 0;
};

} // namespace sangu::search
