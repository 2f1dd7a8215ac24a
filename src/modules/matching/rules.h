#pragma once

// How well two records fit, from what both say. Pure: no clock, no database.

#include "kernel/searchable.h"
#include "modules/matching/entities.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::matching {

enum class Aspect : std::uint8_t { words, field, industry, place, readiness, price };
constexpr auto choices_of(Aspect) {
    using enum Aspect;
    return choices<Aspect>({{words, "words"},
                            {field, "field"},
                            {industry, "industry"},
                            {place, "place"},
                            {readiness, "readiness"},
                            {price, "price"}});
}

// One thing both sides say something about. Fits from 0.75 on, does not fit below 0.25, in part between.
struct Fit {
    Aspect aspect = Aspect::words;
    double value = 0;       // 0 … 1
    std::string one, other; // what is compared: codes, fen; `one` is the subject's
    std::string_view word() const { return value >= 0.75 ? "good" : value >= 0.25 ? "partly" : "bad"; }
};

using Facts = std::span<NamedText const>;

// Everything but the words, as far as both sides say it. The order of the two does not matter for the values.
std::vector<Fit> compare(Facts subject, Facts candidate);

// What the words are worth, 0 … 1, less by the weight of what is known and does not fit: records that share no words do
// not match, however well the rest fits.
double score_of(Pair const& pair, double words, std::span<Fit const> fits);

// From the cosine of two texts' terms, 0 … 1: a third of it is the best that texts by different people reach.
double share_of_words(double cosine);

std::string fact_of(Facts facts, std::string_view name); // "" when it is not said

// Readiness 1–13 from the level, else from the stage; 0: not said.
int readiness_of(Facts facts);

// Pairs that a new house has.
std::vector<Pair> first_pairs();

} // namespace sangu::matching
