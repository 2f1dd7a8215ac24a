#include "kernel/search/segment/sequence.h"

#include "base/result.h"
#include "kernel/search/segment/layout.h"
#include "kernel/search/text/normal.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace sangu::search {
namespace {

constexpr auto broken = "the sequence of a document is not whole";
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

unsigned bits_of_choice(std::size_t choices) {
    return choices < 2 ? 0 : static_cast<unsigned>(std::bit_width(choices - 1));
}

class BitWriter {
public:
    explicit BitWriter(std::string& bytes) : bytes_{bytes} {}
    ~BitWriter() {
        if (used_ > 0) bytes_ += static_cast<char>(byte_);
    }
    BitWriter(BitWriter const&) = delete;
    BitWriter& operator=(BitWriter const&) = delete;

    void put(std::uint64_t value, unsigned bits) {
        for (; bits > 0; --bits, value >>= 1) {
            byte_ |= static_cast<unsigned>(value & 1) << used_;
            if (++used_ < 8) continue;
            bytes_ += static_cast<char>(byte_);
            byte_ = used_ = 0;
        }
    }
    // Elias's gamma code: short for small numbers from 1.
    void put_number(std::uint64_t number) {
        auto const bits = static_cast<unsigned>(std::bit_width(number)) - 1;
        put(0, bits);
        put(1, 1);
        put(number, bits);
    }

private:
    std::string& bytes_;
    unsigned byte_ = 0, used_ = 0;
};

class BitReader {
public:
    explicit BitReader(std::string_view bytes) : bytes_{bytes} {}

    std::uint32_t get(unsigned bits) {
        while (have_ < bits) {
            if (at_ == bytes_.size()) throw CorruptIndex{broken};
            word_ |= std::uint64_t{static_cast<unsigned char>(bytes_[at_++])} << have_;
            have_ += 8;
        }
        auto const value = static_cast<std::uint32_t>(word_ & ((std::uint64_t{1} << bits) - 1));
        word_ >>= bits;
        have_ -= bits;
        return value;
    }
    std::uint32_t get_number() {
        unsigned bits = 0;
        while (get(1) == 0)
            if (++bits > 31) throw CorruptIndex{broken};
        return get(bits) | std::uint32_t{1} << bits;
    }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    std::uint64_t word_ = 0;
    unsigned have_ = 0;
};

// Which terms can follow one: both sides walk through the field and strike out what has been used up.
class Followers {
public:
    explicit Followers(std::span<SequenceTerm const> terms) : terms_{terms}, next_(terms.size(), none) {
        heads_.fill(none);
        for (auto term = static_cast<std::uint32_t>(terms.size()); term-- > 0;) {
            std::uint16_t const first = terms[term].ends.first;
            if (first == 0) continue;
            next_[term] = heads_[first % buckets];
            heads_[first % buckets] = term;
        }
        left_.resize(terms.size());
    }

    void begin(std::size_t field) {
        for (std::size_t term = 0; term < terms_.size(); ++term) left_[term] = terms_[term].counts[field];
    }
    void use(std::uint32_t term) {
        if (left_[term] > 0) --left_[term];
    }
    // In the order of the terms; valid until the next call.
    std::vector<std::uint32_t> const& of(std::uint32_t term) {
        found_.clear();
        std::uint16_t const last = terms_[term].ends.last;
        if (last == 0) return found_;
        for (std::uint32_t at = heads_[last % buckets]; at != none; at = next_[at])
            if (terms_[at].ends.first == last && left_[at] > 0) found_.push_back(at);
        return found_;
    }

private:
    static constexpr std::size_t buckets = 512;
    std::span<SequenceTerm const> terms_;
    std::array<std::uint32_t, buckets> heads_{};
    std::vector<std::uint32_t> next_, left_, found_;
};

// How many from `begin` on are neighbours of which each begins with the end of the one before.
std::size_t run_length(std::span<SequenceTerm const> terms, std::span<Occurrence const> occurrences,
                       std::size_t begin) {
    std::size_t end = begin + 1;
    for (; end < occurrences.size(); ++end) {
        auto const& before = occurrences[end - 1];
        std::uint16_t const last = terms[before.term].ends.last;
        if (occurrences[end].position != before.position + 1 || last == 0 ||
            terms[occurrences[end].term].ends.first != last)
            break;
    }
    return end - begin;
}

std::uint16_t number_of(char32_t code) { return static_cast<std::uint16_t>(code % 65535 + 1); }

void write_run(BitWriter& bits, Followers& followers, std::span<Occurrence const> run, unsigned free_choice) {
    bits.put(run[0].term, free_choice);
    followers.use(run[0].term);
    for (std::size_t at = 1; at < run.size(); ++at) {
        auto const& choices = followers.of(run[at - 1].term);
        auto const place = std::ranges::find(choices, run[at].term);
        SANGU_ASSERT(place != choices.end());
        bits.put(static_cast<std::uint64_t>(place - choices.begin()), bits_of_choice(choices.size()));
        followers.use(run[at].term);
    }
}

} // namespace

TermEnds ends_of(std::string_view term) {
    if (term.size() < 6 || term.size() > 8 || static_cast<unsigned char>(term[0]) < 0x80) return {};
    char32_t codes[2] = {};
    std::size_t count = 0;
    for (char const byte : term) {
        auto const value = static_cast<unsigned char>(byte);
        if ((value & 0xC0U) == 0x80) {
            codes[count - 1] = codes[count - 1] << 6 | (value & 0x3FU);
            continue;
        }
        if (++count > 2) return {};
        codes[count - 1] = value < 0x80   ? value
                           : value < 0xE0 ? value & 0x1FU
                           : value < 0xF0 ? value & 0xFU
                                          : value & 7U;
    }
    if (count != 2 || script_of(codes[0]) != Script::ideographic) return {};
    return {number_of(codes[0]), number_of(codes[1])};
}

void append_sequences(std::string& bytes, std::span<SequenceTerm const> terms, Sequences const& sequences) {
    BitWriter bits{bytes};
    Followers followers{terms};
    unsigned const free_choice = bits_of_choice(terms.size());
    for (std::size_t field = 0; field < fields_max; ++field) {
        std::span<Occurrence const> const occurrences =
            std::span{sequences[field]}.first(std::min(sequences[field].size(), occurrences_max));
        std::uint32_t runs = 0;
        for (std::size_t at = 0; at < occurrences.size(); at += run_length(terms, occurrences, at)) ++runs;
        bits.put_number(runs + 1);
        if (runs == 0) continue;
        followers.begin(field);
        std::uint32_t next = 0;
        for (std::size_t at = 0; at < occurrences.size();) {
            std::size_t const length = run_length(terms, occurrences, at);
            SANGU_ASSERT(occurrences[at].position >= next);
            bits.put_number(occurrences[at].position - next + 1);
            bits.put_number(length);
            write_run(bits, followers, occurrences.subspan(at, length), free_choice);
            at += length;
            next = occurrences[at - 1].position + 1;
        }
    }
}

void read_sequences(std::string_view bytes, std::span<SequenceTerm const> terms, Sequences& sequences) {
    BitReader bits{bytes};
    Followers followers{terms};
    unsigned const free_choice = bits_of_choice(terms.size());
    for (std::size_t field = 0; field < fields_max; ++field) {
        std::vector<Occurrence>& occurrences = sequences[field];
        occurrences.clear();
        std::uint32_t const runs = bits.get_number() - 1;
        if (runs > 0) followers.begin(field);
        std::uint32_t position = 0;
        for (std::uint32_t run = 0; run < runs; ++run) {
            position += bits.get_number() - 1;
            std::uint32_t const length = bits.get_number();
            std::uint32_t term = bits.get(free_choice);
            for (std::uint32_t at = 0;;) {
                if (term >= terms.size() || occurrences.size() == occurrences_max) throw CorruptIndex{broken};
                followers.use(term);
                occurrences.push_back({term, position++});
                if (++at == length) break;
                auto const& choices = followers.of(term);
                std::uint32_t const choice = bits.get(bits_of_choice(choices.size()));
                if (choice >= choices.size()) throw CorruptIndex{broken};
                term = choices[choice];
            }
        }
    }
}

} // namespace sangu::search
