#include "base/text.h"
#include "kernel/json/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <vector>

namespace sangu::json {

namespace {

namespace bj = boost::json;

bj::value const& of(void const* value) { return *static_cast<bj::value const*>(value); }

// Builds the document and finds what Boost.JSON lets pass: doubled keys and infinities.
class Builder {
public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    Builder(std::string_view text, bj::storage_ptr storage) : text_{text} { stack_.reset(std::move(storage)); }

    bj::value release() { return stack_.release(); }
    std::optional<std::size_t> doubled_key_at() const { return doubled_key_at_; } // offset in the text

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) { return true; }
    bool on_object_begin(bj::error_code&) {
        objects_.push_back(keys_.size());
        return true;
    }
    bool on_object_end(std::size_t count, bj::error_code& failed) {
        if (!check_keys(objects_.back())) {
            failed = bj::make_error_code(bj::error::syntax);
            return false;
        }
        keys_.resize(objects_.back());
        objects_.pop_back();
        stack_.push_object(count);
        return true;
    }
    bool on_array_begin(bj::error_code&) { return true; }
    bool on_array_end(std::size_t count, bj::error_code&) {
        stack_.push_array(count);
        return true;
    }
    bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) {
        note_place(part);
        key_parts_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }
    bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
        keys_.push_back(key_of(part));
        key_parts_.clear();
        stack_.push_key(part);
        return true;
    }
    bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(bj::string_view part, std::size_t, bj::error_code&) {
        stack_.push_string(part);
        return true;
    }
    bool on_number_part(bj::string_view part, bj::error_code&) {
        number_parts_.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t number, bj::string_view, bj::error_code&) {
        number_parts_.clear();
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, bj::string_view part, bj::error_code& failed) {
        if (number > static_cast<std::uint64_t>(INT64_MAX)) return on_double(static_cast<double>(number), part, failed);
        number_parts_.clear();
        stack_.push_int64(static_cast<std::int64_t>(number));
        return true;
    }
    // Boost's own reading of a double may be off in the last place, so the text is read again.
    bool on_double(double number, bj::string_view part, bj::error_code& failed) {
        number_parts_.append(part.data(), part.size());
        char const* const end = number_parts_.data() + number_parts_.size();
        auto const [read, error] = std::from_chars(number_parts_.data(), end, number);
        bool const exact = error == std::errc{} && read == end && std::isfinite(number);
        bool const underflow = error == std::errc::result_out_of_range && std::abs(number) < 1;
        number_parts_.clear();
        if (!exact && !underflow) {
            failed = bj::make_error_code(bj::error::exponent_overflow);
            return false;
        }
        stack_.push_double(underflow ? 0.0 : number);
        return true;
    }
    bool on_bool(bool flag, bj::error_code&) {
        stack_.push_bool(flag);
        return true;
    }
    bool on_null(bj::error_code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
    bool on_comment(bj::string_view, bj::error_code&) { return true; }

private:
    struct Key {
        std::string_view text;
        std::size_t at; // offset in the text

        auto operator<=>(Key const&) const = default;
    };

    // True when the parser shows us a piece of the text itself, not of its buffer for escapes.
    bool note_place(bj::string_view part) {
        char const* const begin = text_.data();
        bool const inside = std::less_equal<>{}(begin, part.data()) && std::less<>{}(part.data(), begin + text_.size());
        if (inside) last_key_at_ = static_cast<std::size_t>(part.data() - begin);
        return inside;
    }

    // A key without escapes is a view into the text; one with escapes is kept aside.
    Key key_of(bj::string_view part) {
        if (note_place(part) && key_parts_.empty()) return {{part.data(), part.size()}, last_key_at_};
        key_parts_.append(part.data(), part.size());
        return {escaped_keys_.emplace_back(key_parts_), last_key_at_};
    }

    bool check_keys(std::size_t first) {
        auto const begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
        std::ranges::sort(begin, keys_.end());
        auto const doubled = std::ranges::adjacent_find(begin, keys_.end(), {}, &Key::text);
        if (doubled == keys_.end()) return true;
        doubled_key_at_ = (doubled + 1)->at;
        return false;
    }

    std::string_view text_;
    bj::value_stack stack_;
    std::vector<Key> keys_;            // of all open objects
    std::vector<std::size_t> objects_; // where the keys of each open object begin
    std::deque<std::string> escaped_keys_;
    std::string key_parts_, number_parts_;
    std::size_t last_key_at_ = 0;
    std::optional<std::size_t> doubled_key_at_;
};

tl::unexpected<Error> refuse_at(std::string_view text, std::size_t offset, std::string_view key,
                                std::vector<std::string> arguments = {}) {
    std::string_view const before = text.substr(0, offset);
    std::size_t const line_start = before.rfind('\n') + 1; // npos + 1 is 0
    Problem problem{"", std::string{key}, std::move(arguments)};
    problem.line = 1 + std::ranges::count(before, '\n');
    problem.column = 1 + static_cast<std::int64_t>(count_characters(before.substr(line_start)));
    return refuse(Problems{std::move(problem)});
}

} // namespace

struct Document::State {
    bj::monotonic_resource memory;
    std::optional<bj::value> root;
};

Document::Document(std::unique_ptr<State> state) : state_{std::move(state)} {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;
Node Document::root() const { return Node{&*state_->root}; }

Result<Document> Document::parse(std::string_view text, ParseLimits limits) {
    if (text.size() > limits.bytes_max)
        return refuse_at({}, 0, "error.json.too_large", {std::to_string(limits.bytes_max)});
    auto state = std::make_unique<State>();
    bj::parse_options options;
    options.max_depth = static_cast<std::size_t>(limits.depth_max);
    bj::basic_parser<Builder> parser{options, text, bj::storage_ptr{&state->memory}};
    bj::error_code failed;
    std::size_t const taken = parser.write_some(false, text.data(), text.size(), failed);
    if (auto const doubled = parser.handler().doubled_key_at())
        return refuse_at(text, *doubled, "error.json.duplicate_key");
    if (failed == bj::error::too_deep)
        return refuse_at(text, taken, "error.json.too_deep", {std::to_string(limits.depth_max)});
    if (failed || taken < text.size()) return refuse_at(text, taken, "error.json.syntax");
    state->root.emplace(parser.handler().release());
    return Document{std::move(state)};
}

Kind Node::kind() const {
    switch (of(value_).kind()) {
    case bj::kind::null: return Kind::null;
    case bj::kind::bool_: return Kind::boolean;
    case bj::kind::int64:
    case bj::kind::uint64: return Kind::integer;
    case bj::kind::double_: return Kind::real;
    case bj::kind::string: return Kind::string;
    case bj::kind::array: return Kind::array;
    case bj::kind::object: return Kind::object;
    }
    return Kind::null;
}

bool Node::boolean() const {
    bool const* const flag = of(value_).if_bool();
    return flag && *flag;
}

std::int64_t Node::integer() const {
    std::int64_t const* const number = of(value_).if_int64();
    return number ? *number : 0;
}

double Node::real() const {
    double const* const number = of(value_).if_double();
    return number ? *number : static_cast<double>(integer());
}

std::string_view Node::text() const {
    bj::string const* const text = of(value_).if_string();
    return text ? std::string_view{text->data(), text->size()} : std::string_view{};
}

std::size_t Node::size() const {
    if (bj::array const* const array = of(value_).if_array()) return array->size();
    bj::object const* const object = of(value_).if_object();
    return object ? object->size() : 0;
}

Node Node::at(std::size_t index) const {
    SANGU_ASSERT(index < size());
    if (bj::array const* const array = of(value_).if_array()) return Node{&(*array)[index]};
    return Node{&(of(value_).get_object().begin() + static_cast<std::ptrdiff_t>(index))->value()};
}

std::string_view Node::key_at(std::size_t index) const {
    bj::object const* const object = of(value_).if_object();
    SANGU_ASSERT(object && index < object->size());
    bj::string_view const key = (object->begin() + static_cast<std::ptrdiff_t>(index))->key();
    return {key.data(), key.size()};
}

std::optional<Node> Node::find(std::string_view key) const {
    bj::object const* const object = of(value_).if_object();
    bj::value const* const found = object ? object->if_contains({key.data(), key.size()}) : nullptr;
    return found ? std::optional<Node>{Node{found}} : std::nullopt;
}

std::string_view Node::text_of(std::string_view key) const {
    auto const found = find(key);
    return found ? found->text() : std::string_view{};
}

std::optional<double> Node::real_of(std::string_view key) const {
    auto const found = find(key);
    bool const number = found && (found->kind() == Kind::real || found->kind() == Kind::integer);
    return number ? std::optional<double>{found->real()} : std::nullopt;
}

std::optional<std::int64_t> Node::integer_of(std::string_view key) const {
    auto const found = find(key);
    return found && found->kind() == Kind::integer ? std::optional<std::int64_t>{found->integer()} : std::nullopt;
}

} // namespace sangu::json
