#pragma once

// JSON out: a small streaming writer (writer.cpp). JSON in (document.cpp): Boost.JSON behind a read-only view, with
// depth and size limits; numbers above the range of 64-bit integers become real;
// duplicate keys, infinities and bytes that are not UTF-8 are refused.

#include "base/result.h"
#include "base/value.h"

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sangu::json {

// Writes straight into a string; commas and quoting are its business, nesting is yours.
class Writer {
public:
    explicit Writer(std::string& out) : out_{out} {}

    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    Writer& key(std::string_view name);
    Writer& value(std::string_view text);
    Writer& value(char const* text) { return value(std::string_view{text}); }
    Writer& value(std::string const& text) { return value(std::string_view{text}); }
    Writer& value(std::int64_t number);
    template <std::integral Integer>
        requires(!std::same_as<Integer, bool>)
    Writer& value(Integer number) {
        return value(static_cast<std::int64_t>(number));
    }
    Writer& value(double number); // null for nan and infinities
    Writer& value(bool flag);
    Writer& null();
    Writer& value(Value const& any); // bytes as base64url
    Writer& raw(std::string_view serialised);
    template <class T> Writer& member(std::string_view name, T const& any) { return key(name).value(any); }

private:
    void separate();
    std::string& out_;
    bool first_ = true;
    bool after_key_ = false;
};

void append_quoted(std::string& out, std::string_view text); // with quotes; '<', '>', '&' and U+2028/9 escaped too

enum class Kind : std::uint8_t { null, boolean, integer, real, string, array, object };

// A parsed document owns its memory; Nodes are views into it. Asking a node for another kind gives false, 0, "" or
// size 0, so that hostile input cannot stop the program; only an index that is out of range is a bug.
class Node {
public:
    Kind kind() const;
    bool boolean() const;
    std::int64_t integer() const;
    double real() const; // also of an integer
    std::string_view text() const;
    std::size_t size() const; // of an array or object
    Node at(std::size_t index) const;
    std::string_view key_at(std::size_t index) const; // of an object, in the order of the text
    std::optional<Node> find(std::string_view key) const;
    // Conveniences: "" / nothing when absent, null or of another kind.
    std::string_view text_of(std::string_view key) const;
    std::optional<double> real_of(std::string_view key) const;
    std::optional<std::int64_t> integer_of(std::string_view key) const;

private:
    friend class Document;
    explicit Node(void const* value) : value_{value} {}
    void const* value_;
};

struct ParseLimits {
    std::size_t bytes_max = 8u << 20;
    int depth_max = 32;
};

class Document {
public:
    // An Error has one Problem with key "error.json…" and line and column of the place.
    static Result<Document> parse(std::string_view text, ParseLimits limits = {});
    Node root() const;
    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;
    ~Document();

private:
    struct State;
    explicit Document(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace sangu::json
