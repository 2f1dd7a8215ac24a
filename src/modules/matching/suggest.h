#pragma once

// Suggestions: for a record, or a text somebody pasted, the records of another kind that fit it, with plain reasons.

#include "modules/matching/finding.h"
#include "modules/matching/rules.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sangu::matching {

inline constexpr int suggestions_max = 20;
inline constexpr std::size_t pasted_max = 20'000; // characters of a text

// What suggestions are for.
struct Subject {
    std::string record; // "library/01j…"; empty: a text
    std::string kind, title, path, number;
    std::string words; // of every layer the reader sees
    std::vector<NamedText> facts;
};

struct Suggestion {
    Filed filed;
    double score = 0;                // 0 … 1
    std::vector<Fit> fits;           // words first
    std::vector<std::string> shared; // pieces of text both have, the longest first
    std::vector<Share> shares;       // what each word gave
    std::optional<Mark> mark;        // the reader's own
};

struct Suggestions {
    std::vector<Suggestion> shown;
    std::vector<Suggestion> hidden; // by the reader
    std::int64_t below = 0;         // found, but below the threshold
};

// The active pairs from a kind, in their order; usually from memory.
std::vector<Pair> pairs_from(Context const& context, std::string_view kind);
// For a pasted text, of which only the words are known: every kind that something is suggested from.
std::vector<Pair> pairs_of_text();
Subject subject_of_text(std::string_view text);

// What one request asks of the index: what the reader may find is worked out once for all suggestions.
class Matcher {
public:
    explicit Matcher(Context& context);

    bool ready() const { return visible_ != nullptr; }
    // By the number of an entry, published or still being written; one the actor may not see is refused with
    // "error.not_found".
    Result<Subject> subject_numbered(std::string_view number);
    // Some records of a kind, as subjects: what a change of weights is tried on.
    std::vector<Subject> samples(std::string const& kind, std::size_t limit);
    // Best first. Records of the subject's own owner are left out. `marks`: the reader's.
    Suggestions suggest(Subject const& subject, Pair const& pair, std::span<Mark const> marks = {});
    // The address of a record; nothing when the reader may not find it.
    std::optional<std::string> path_of(std::string const& record);
    // Whether the reader may find the record.
    bool may_find(std::string const& record) { return filed_for(record).has_value(); }

private:
    std::optional<Filed> filed_for(std::string const& record);

    Context& context_;
    RecordIndex* index_;
    View view_;
    std::shared_ptr<search::Permitted const> visible_;
};

// What the actor has seen and marked of the suggestions for a record; one query.
struct Known {
    std::vector<Mark> marks;
    std::set<std::string, std::less<>> shown; // records
};
Known known_of(Context& context, std::string_view subject);
struct NewMark {
    std::string_view candidate;
    std::string_view verdict; // a choice of Verdict; empty: the mark is taken back
    std::string_view because; // a choice of Because; hiding needs one
};
// Puts a mark in the place of the one there is; refuses "error.not_found" for a record the actor may not find.
Result<void> set_mark(Context& context, Matcher& matcher, Subject const& subject, NewMark const& mark);

} // namespace sangu::matching
