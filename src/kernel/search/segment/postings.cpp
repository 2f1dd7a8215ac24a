#include "kernel/search/segment/postings.h"

#include "kernel/search/segment/bytes.h"

#include <algorithm>
#include <bit>

namespace sangu::search {

// Encoded list: one head for each block, then the bodies.
struct PostingsView::Head {
    std::uint32_t first_document;
    std::uint32_t place; // of the body, in bytes from the end of the heads
    std::uint8_t bits;   // of a gap; 0: every gap is one
    std::uint8_t greatest_impact;
    std::uint16_t unused;
};

namespace {

// Gaps less one, packed one after the other from the lowest bit, in words of 64 bits.
void pack(std::string& bytes, std::span<std::uint32_t const> gaps, unsigned bits) {
    std::uint64_t word = 0;
    unsigned used = 0;
    for (std::uint64_t const gap : gaps) {
        word |= gap << used;
        if (used + bits >= 64) {
            append_value(bytes, word);
            word = used == 0 ? 0 : gap >> (64 - used);
            used = used + bits - 64;
        } else {
            used += bits;
        }
    }
    if (used > 0) append_value(bytes, word);
}

constexpr std::uint32_t packed_bytes(std::uint32_t gaps, unsigned bits) { return (gaps * bits + 63) / 64 * 8; }

// Eight gaps lie in `Bits` bytes, so inside a group every place is known to the compiler.
template <unsigned Bits> void unpack(char const* bytes, std::uint32_t gaps, std::uint32_t* documents) {
    constexpr std::uint64_t mask = (std::uint64_t{1} << Bits) - 1;
    std::uint32_t document = *documents++;
    // Unaligned eight bytes hold any value of up to 32 bits whole; a list is followed by at least eight bytes.
    auto const gap_at = [&](unsigned place) {
        return static_cast<std::uint32_t>(load<std::uint64_t>(bytes + place * Bits / 8) >> (place * Bits % 8) & mask) +
               1;
    };
    std::uint32_t at = 0;
    for (; at + 8 <= gaps; at += 8, bytes += Bits) {
#pragma GCC unroll 8
        for (unsigned place = 0; place < 8; ++place) documents[at + place] = document += gap_at(place);
    }
    for (unsigned place = 0; at < gaps; ++at, ++place) documents[at] = document += gap_at(place);
}

using Unpack = void (*)(char const*, std::uint32_t, std::uint32_t*);
template <std::size_t... Bits> constexpr std::array<Unpack, sizeof...(Bits)> unpackers(std::index_sequence<Bits...>) {
    return {unpack<Bits>...};
}
constexpr auto unpack_table = unpackers(std::make_index_sequence<33>{});

} // namespace

void encode_postings(std::string& bytes, std::span<Posting const> postings) {
    using Head = PostingsView::Head;
    std::size_t const blocks = (postings.size() + block_size - 1) / block_size;
    std::size_t const heads = bytes.size();
    bytes.resize(heads + blocks * sizeof(Head));
    std::size_t const body = bytes.size();
    std::vector<std::uint32_t> gaps;
    for (std::size_t at = 0; at < blocks; ++at) {
        auto const block =
            postings.subspan(at * block_size, std::min<std::size_t>(block_size, postings.size() - at * block_size));
        gaps.clear();
        std::uint32_t widest = 0;
        for (std::size_t place = 1; place < block.size(); ++place) {
            gaps.push_back(block[place].document - block[place - 1].document - 1);
            widest = std::max(widest, gaps.back());
        }
        Head const head{block[0].document, static_cast<std::uint32_t>(bytes.size() - body),
                        static_cast<std::uint8_t>(std::bit_width(widest)),
                        std::ranges::max(block, {}, &Posting::impact).impact, 0};
        pack(bytes, gaps, head.bits);
        for (Posting const& posting : block) bytes += static_cast<char>(posting.impact);
        std::memcpy(bytes.data() + heads + at * sizeof head, &head, sizeof head);
    }
}

PostingsView::PostingsView(char const* bytes, std::uint32_t count)
    : heads_{bytes}, count_{count}, blocks_{(count + block_size - 1) / block_size} {
    body_ = heads_ + blocks_ * sizeof(Head);
}

PostingsView::Head PostingsView::head(std::uint32_t block) const {
    if (!heads_) return {single_.document, 0, 0, single_.impact, 0};
    return load<Head>(heads_ + block * sizeof(Head));
}
std::uint32_t PostingsView::first_document(std::uint32_t block) const {
    return heads_ ? load<std::uint32_t>(heads_ + block * sizeof(Head)) : single_.document;
}
std::uint8_t PostingsView::greatest_impact(std::uint32_t block) const { return head(block).greatest_impact; }

void PostingsView::decode(std::uint32_t block, Block& into) const {
    Head const at = head(block);
    into.count = std::min(block_size, count_ - block * block_size);
    into.documents[0] = at.first_document;
    if (!heads_) {
        into.impacts[0] = single_.impact;
        return;
    }
    char const* const body = body_ + at.place;
    unpack_table[at.bits](body, into.count - 1, into.documents.data());
    std::memcpy(into.impacts.data(), body + packed_bytes(into.count - 1, at.bits), into.count);
}

bool PostingsView::is_block_whole(std::uint32_t block, std::uint64_t size) const {
    Head const at = head(block);
    std::uint32_t const count = std::min(block_size, count_ - block * block_size);
    std::uint64_t const heads = std::uint64_t{blocks_} * sizeof(Head);
    return at.bits <= 32 && heads + at.place + packed_bytes(count - 1, at.bits) + count <= size;
}

bool PostingsView::is_whole(std::uint64_t size, std::uint32_t documents, std::uint8_t greatest) const {
    if (count_ == 0 || count_ > documents || std::uint64_t{blocks_} * sizeof(Head) > size) return false;
    Block block;
    std::uint64_t next = 0; // the least document that may follow
    for (std::uint32_t at = 0; at < blocks_; ++at) {
        if (!is_block_whole(at, size)) return false;
        decode(at, block);
        std::uint8_t const most = greatest_impact(at);
        if (most > greatest) return false;
        for (std::uint32_t place = 0; place < block.count; ++place) {
            std::uint32_t const document = block.documents[place];
            if (document < next || document >= documents || block.impacts[place] > most) return false;
            next = std::uint64_t{document} + 1;
        }
    }
    return true;
}

std::vector<Posting> PostingsView::all() const {
    std::vector<Posting> postings;
    postings.reserve(count_);
    Block block;
    for (std::uint32_t at = 0; at < blocks_; ++at) {
        decode(at, block);
        for (std::uint32_t place = 0; place < block.count; ++place)
            postings.push_back({block.documents[place], block.impacts[place]});
    }
    return postings;
}

} // namespace sangu::search
