#pragma once

// The documents of one term, ascending, each with its impact: an upper bound of what the term can add to the document's
// score, in 1/255 of the term's weight. 128 documents are one block: gaps packed to the bits the widest needs, then 128
// impacts. What does not fill a block is the tail. Every block says its first document and its greatest impact, so that
// blocks that cannot matter are not opened.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

inline constexpr std::uint32_t block_size = 128;

struct Posting {
    std::uint32_t document = 0;
    std::uint8_t impact = 0;

    bool operator==(Posting const&) const = default;
};

struct Block {
    std::array<std::uint32_t, block_size> documents;
    std::array<std::uint8_t, block_size> impacts{};
    std::uint32_t count = 0;
};

// Adds the encoded list to `bytes`.
void encode_postings(std::string& bytes, std::span<Posting const> postings);

// A list as it lies in a segment. Costs nothing until a block is opened.
class PostingsView {
public:
    struct Head;

    PostingsView() = default;
    // `count` documents encoded at `bytes`.
    PostingsView(char const* bytes, std::uint32_t count);
    // A list of one document, which lies in the dictionary itself.
    explicit PostingsView(Posting single) : single_{single}, count_{1}, blocks_{1} {}

    std::uint32_t count() const { return count_; }
    std::uint32_t blocks() const { return blocks_; } // with the tail, when there is one
    std::uint32_t first_document(std::uint32_t block) const;
    std::uint8_t greatest_impact(std::uint32_t block) const;
    void decode(std::uint32_t block, Block& into) const;
    // Whether these `size` bytes can have been encoded: blocks inside them, documents ascending below `documents`, no
    // impact above its block's greatest nor that above `greatest`. What is_whole passes decodes without a fault.
    bool is_whole(std::uint64_t size, std::uint32_t documents, std::uint8_t greatest) const;
    std::vector<Posting> all() const;

private:
    Head head(std::uint32_t block) const;
    bool is_block_whole(std::uint32_t block, std::uint64_t size) const;

    Posting single_;
    char const* heads_ = nullptr;
    char const* body_ = nullptr;
    std::uint32_t count_ = 0;
    std::uint32_t blocks_ = 0;
};

} // namespace sangu::search
