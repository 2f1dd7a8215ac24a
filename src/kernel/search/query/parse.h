#pragma once

// The syntax of expert queries:
//
//   磁悬浮 轴承              words: the more of them, the better
//   "永磁同步电机"           a phrase, as it stands
//   title:电机  title:(a b)  in one field
//   +must -mustnot           also "NOT word"
//   a AND b, a OR b, ( … )   AND binds before OR, OR before standing side by side
//
// Full-width brackets, colons and quotation marks count as their ASCII forms. Nothing is refused: what does not fit is
// read as words, and a note says so.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::search {

enum class Occur : std::uint8_t { optional, required, forbidden };

struct Node {
    enum class Kind : std::uint8_t {
        text,     // words to be ranked by
        phrase,   // words in this order
        all,      // every child
        any,      // one child or more
        sequence, // children with their own `occur`; without a required one, one optional child or more
    };
    Kind kind = Kind::sequence;
    Occur occur = Occur::optional; // in the sequence above it
    std::string field;             // empty: any
    std::string text;              // of text and phrase
    std::vector<Node> children;

    bool operator==(Node const&) const = default;
};

enum class Note : std::uint8_t {
    open_quote,        // a quotation mark without its second: closed at the end
    open_bracket,      // likewise
    stray_bracket,     // a closing bracket without its first: left out
    dangling_operator, // AND, OR, NOT, + or - without a word: left out
    too_deep,          // more than 20 brackets in one another: the inner ones are left out
    too_long,          // more than 1 MiB: the rest is left out
    too_many_parts,    // more than 1,000 operators: what follows is read as words
};

struct ParsedQuery {
    Node root;               // a sequence; empty when the query says nothing
    std::vector<Note> notes; // each once, in order of appearance
    // Without operators, phrases and fields: the whole query is one text.
    bool is_plain() const {
        return root.children.size() == 1 && root.children[0].kind == Node::Kind::text &&
               root.children[0].occur == Occur::optional && root.children[0].field.empty();
    }
};

// Field names are ASCII; a word before a colon that is none of them is a word ("http://…").
ParsedQuery parse_query(std::string_view query, std::span<std::string_view const> fields);
// The query written so that it parses to the same.
std::string to_text(Node const& node);

} // namespace sangu::search
