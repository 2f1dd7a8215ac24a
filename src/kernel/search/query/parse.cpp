#include "kernel/search/query/parse.h"

#include "kernel/search/query/scan.h"

#include <algorithm>

namespace sangu::search {
namespace {

constexpr std::size_t bytes_max = std::size_t{1} << 20;
constexpr int depth_max = 20;
constexpr std::size_t parts_max = 1000;

using Kind = Lexeme::Kind;

class Parser {
public:
    Parser(std::string_view query, std::span<std::string_view const> fields) : scanner_{query, fields} { advance(); }

    ParsedQuery run() {
        Node root = sequence(0);
        while (now_.kind != Kind::end) {
            note(Note::stray_bracket);
            advance();
            for (Node& child : sequence(0).children) append(root, std::move(child));
        }
        return {std::move(root), std::move(notes_)};
    }
    void note(Note note) {
        if (std::ranges::find(notes_, note) == notes_.end()) notes_.push_back(note);
    }

private:
    void advance() {
        now_ = scanner_.next();
        if (now_.kind == Kind::word || now_.kind == Kind::end || ++parts_ <= parts_max) return;
        note(Note::too_many_parts);
        while (now_.kind != Kind::end && now_.text.empty()) now_ = scanner_.next();
        if (now_.kind != Kind::end) now_.kind = Kind::word;
    }
    bool is_operand() const {
        return now_.kind == Kind::word || now_.kind == Kind::phrase || now_.kind == Kind::field ||
               now_.kind == Kind::open || now_.kind == Kind::plus || now_.kind == Kind::minus ||
               now_.kind == Kind::negation;
    }

    // Words that stand side by side are one text.
    static void append(Node& sequence, Node child) {
        if (is_empty(child)) return;
        if (!sequence.children.empty()) {
            Node& last = sequence.children.back();
            if (is_plain_text(last) && is_plain_text(child)) {
                last.text.append(" ").append(child.text);
                return;
            }
        }
        sequence.children.push_back(std::move(child));
    }
    static bool is_plain_text(Node const& node) {
        return node.kind == Node::Kind::text && node.occur == Occur::optional && node.field.empty();
    }
    static bool is_empty(Node const& node) {
        bool const is_leaf = node.kind == Node::Kind::text || node.kind == Node::Kind::phrase;
        return is_leaf ? node.text.empty() : node.children.empty();
    }

    Node sequence(int depth) {
        Node node;
        while (now_.kind != Kind::end && now_.kind != Kind::close) {
            if (is_operand()) {
                append(node, disjunction(depth));
            } else {
                note(Note::dangling_operator);
                advance();
            }
        }
        return node;
    }

    // A node of one child is that child.
    static Node joined(Node::Kind kind, std::vector<Node> children) {
        std::erase_if(children, is_empty);
        if (children.size() == 1) return std::move(children[0]);
        Node node;
        node.kind = kind;
        node.children = std::move(children);
        return node;
    }

    Node disjunction(int depth) {
        std::vector<Node> children;
        children.push_back(conjunction(depth));
        while (now_.kind == Kind::disjunction) {
            advance();
            if (is_operand())
                children.push_back(conjunction(depth));
            else
                note(Note::dangling_operator);
        }
        return joined(Node::Kind::any, std::move(children));
    }

    Node conjunction(int depth) {
        std::vector<Node> children;
        children.push_back(marked(depth));
        while (now_.kind == Kind::conjunction) {
            advance();
            if (is_operand())
                children.push_back(marked(depth));
            else
                note(Note::dangling_operator);
        }
        return joined(Node::Kind::all, std::move(children));
    }

    Node marked(int depth) {
        Occur occur = Occur::optional;
        while (now_.kind == Kind::plus || now_.kind == Kind::minus || now_.kind == Kind::negation) {
            occur = now_.kind == Kind::plus ? Occur::required : Occur::forbidden;
            advance();
        }
        if (!is_operand()) {
            note(Note::dangling_operator);
            return {};
        }
        Node node = operand(depth);
        if (occur != Occur::optional) {
            if (node.occur != Occur::optional) node = wrapped(std::move(node));
            node.occur = occur;
        }
        return node;
    }

    static Node wrapped(Node node) {
        Node outer;
        outer.children.push_back(std::move(node));
        return outer;
    }

    Node operand(int depth) {
        if (now_.kind == Kind::field) {
            std::string const field{now_.text};
            advance();
            if (!is_operand() || now_.kind == Kind::field) { // "title:" alone, "title:abstract:": a word
                note(Note::dangling_operator);
                return leaf(Node::Kind::text, field);
            }
            Node node = now_.kind == Kind::open ? bracket(depth) : marked_leaf();
            set_field(node, field);
            return node;
        }
        return now_.kind == Kind::open ? bracket(depth) : marked_leaf();
    }

    Node marked_leaf() {
        if (now_.kind == Kind::plus || now_.kind == Kind::minus || now_.kind == Kind::negation) {
            note(Note::dangling_operator);
            advance();
            return {};
        }
        if (now_.is_unclosed) note(Note::open_quote);
        Node node = leaf(now_.kind == Kind::phrase ? Node::Kind::phrase : Node::Kind::text, std::string{now_.text});
        advance();
        return node;
    }

    static Node leaf(Node::Kind kind, std::string text) {
        Node node;
        node.kind = kind;
        node.text = std::move(text);
        return node;
    }

    // The inner field holds: title:(a abstract:b).
    static void set_field(Node& node, std::string const& field) {
        if (node.kind == Node::Kind::text || node.kind == Node::Kind::phrase) {
            if (node.field.empty()) node.field = field;
            return;
        }
        for (Node& child : node.children) set_field(child, field);
    }

    Node bracket(int depth) {
        advance();
        if (depth >= depth_max) {
            note(Note::too_deep);
            return {};
        }
        Node node = sequence(depth + 1);
        if (now_.kind == Kind::close)
            advance();
        else
            note(Note::open_bracket);
        if (node.children.size() == 1) return std::move(node.children[0]);
        return node;
    }

    Scanner scanner_;
    Lexeme now_;
    std::size_t parts_ = 0;
    std::vector<Note> notes_;
};

void write(std::string& text, Node const& node, bool is_inner, bool is_operand);

void write_children(std::string& text, Node const& node, std::string_view between) {
    for (std::size_t at = 0; at < node.children.size(); ++at) {
        if (at > 0) text += between;
        write(text, node.children[at], true, node.kind != Node::Kind::sequence);
    }
}

// An operand of AND or OR.
void write(std::string& text, Node const& node, bool is_inner, bool is_operand) {
    if (node.occur != Occur::optional) text += node.occur == Occur::required ? '+' : '-';
    if (!node.field.empty()) text.append(node.field).append(":");
    bool const is_plain = node.field.empty() && node.occur == Occur::optional && !is_operand;
    switch (node.kind) {
    case Node::Kind::text:
        if (is_plain || node.text.find(' ') == std::string::npos)
            text += node.text;
        else
            text.append("(").append(node.text).append(")");
        return;
    case Node::Kind::phrase: text.append("\"").append(node.text).append("\""); return;
    default: break;
    }
    bool const needs_brackets = is_inner || node.kind != Node::Kind::sequence || node.occur != Occur::optional;
    if (needs_brackets) text += '(';
    write_children(text, node, node.kind == Node::Kind::all ? " AND " : node.kind == Node::Kind::any ? " OR " : " ");
    if (needs_brackets) text += ')';
}

std::string_view cut(std::string_view query) {
    std::size_t size = bytes_max;
    while (size > 0 && (static_cast<unsigned char>(query[size]) & 0xC0U) == 0x80) --size;
    return query.substr(0, size);
}

} // namespace

ParsedQuery parse_query(std::string_view query, std::span<std::string_view const> fields) {
    bool const is_too_long = query.size() > bytes_max;
    Parser parser{is_too_long ? cut(query) : query, fields};
    if (is_too_long) parser.note(Note::too_long);
    return parser.run();
}

std::string to_text(Node const& node) {
    std::string text;
    write(text, node, false, false);
    return text;
}

} // namespace sangu::search
