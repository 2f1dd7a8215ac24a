#include "kernel/tables/json_reader.h"

#include "base/text.h"
#include "kernel/json/json.h"
#include "kernel/tables/problem.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace sangu::tables {
namespace {

constexpr std::size_t piece_bytes = 64 << 10;
constexpr int depth_max = 4; // of inner objects that become columns
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::string text_of(json::Node node) {
    switch (node.kind()) {
    case json::Kind::null: return {};
    case json::Kind::boolean: return node.boolean() ? "true" : "false";
    case json::Kind::integer: return std::to_string(node.integer());
    case json::Kind::real: return to_text(node.real());
    case json::Kind::string: return std::string{node.text()};
    case json::Kind::array: {
        std::string all;
        for (std::size_t i = 0; i < node.size(); ++i) {
            if (i > 0) all += "; ";
            all += text_of(node.at(i));
        }
        return all;
    }
    case json::Kind::object: {
        std::string all;
        for (std::size_t i = 0; i < node.size(); ++i) {
            if (i > 0) all += "; ";
            all.append(node.key_at(i)).append("=").append(text_of(node.at(i)));
        }
        return all;
    }
    }
    return {};
}

// Calls `each` for every member that is a column; inner objects are walked.
void walk(json::Node object, std::string const& prefix, int depth,
          FunctionRef<void(std::string const&, json::Node)> each) {
    for (std::size_t i = 0; i < object.size(); ++i) {
        json::Node const member = object.at(i);
        std::string const name = prefix + std::string{object.key_at(i)};
        if (member.kind() == json::Kind::object && depth < depth_max)
            walk(member, name + ".", depth + 1, each);
        else
            each(name, member);
    }
}

// The lines of an input, one in memory at a time.
class Lines {
public:
    Lines(Input const& input, std::size_t bytes_max) : input_{input}, bytes_max_{bytes_max} {}

    // False at the end. A line above the limit is refused.
    Result<bool> next(std::string& line) {
        line.clear();
        ++number_;
        for (;;) {
            if (at_ == piece_.size() && !read_piece()) return !line.empty();
            std::size_t const end = std::min(piece_.find('\n', at_), piece_.size());
            line.append(piece_, at_, end - at_);
            if (line.size() > bytes_max_)
                return wrong("error.json.too_large", number_, 0, {std::to_string(bytes_max_)});
            bool const is_whole = end < piece_.size();
            at_ = end + (is_whole ? 1 : 0);
            if (is_whole) return true;
        }
    }
    std::int64_t number() const { return number_; }

private:
    bool read_piece() {
        piece_.resize(piece_bytes);
        piece_.resize(input_.read(offset_, piece_.data(), piece_bytes));
        std::size_t const skipped = offset_ == 0 && piece_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
        offset_ += piece_.size();
        at_ = skipped;
        return at_ < piece_.size();
    }

    Input const& input_;
    std::size_t bytes_max_;
    std::uint64_t offset_ = 0;
    std::string piece_;
    std::size_t at_ = 0;
    std::int64_t number_ = 0;
};

Error at_line(Error error, std::int64_t line) {
    for (Problem& problem : error.problems) problem.line = line;
    return error;
}

// The names of all columns, and rows in their order.
class Columns {
public:
    explicit Columns(Limits const& limits) : limits_{limits} {}

    Result<void> note(json::Node object, std::int64_t line) {
        if (object.kind() != json::Kind::object) return wrong("error.json.not_an_object", line, 0);
        walk(object, "", 0, [&](std::string const& name, json::Node) {
            if (index_.try_emplace(name, names_.size()).second) names_.push_back(name);
        });
        if (names_.size() > static_cast<std::size_t>(limits_.columns_max))
            return wrong("error.file.too_many_columns", line, limits_.columns_max,
                         {std::to_string(limits_.columns_max)});
        return {};
    }

    Result<void> fill(Row& row, json::Node object, std::int64_t line) const {
        row.assign(names_.size(), {});
        std::size_t too_long = 0;
        walk(object, "", 0, [&](std::string const& name, json::Node member) {
            std::size_t const column = index_.at(name);
            row[column] = text_of(member);
            if (row[column].size() > limits_.cell_bytes_max) too_long = column + 1;
        });
        if (too_long)
            return wrong("error.file.cell_too_long", line, static_cast<std::int64_t>(too_long),
                         {std::to_string(limits_.cell_bytes_max >> 10)});
        return {};
    }

    Row const& names() const { return names_; }

private:
    Limits limits_;
    Row names_;
    std::unordered_map<std::string, std::size_t> index_;
};

class JsonLines final : public Reader {
public:
    JsonLines(std::unique_ptr<Input> input, Limits const& limits)
        : input_{std::move(input)}, limits_{limits}, columns_{limits}, lines_{*input_, line_bytes_max()} {}

    Result<void> read_names() {
        Lines lines{*input_, line_bytes_max()};
        std::string text;
        std::int64_t rows = 0;
        while (TRY(lines.next(text))) {
            if (trim(text).empty()) continue;
            auto const document = parse(text);
            if (!document) return tl::make_unexpected(at_line(document.error(), lines.number()));
            TRY_VOID(columns_.note(document->root(), lines.number()));
            if (++rows > limits_.rows_max)
                return wrong("error.file.too_many_rows", lines.number(), 0, {std::to_string(limits_.rows_max)});
        }
        return {};
    }

    Result<bool> next(Row& row, std::int64_t& line) override {
        if (!std::exchange(has_header_, true)) {
            row = columns_.names();
            line = 1;
            return !row.empty();
        }
        std::string text;
        while (TRY(lines_.next(text))) {
            if (trim(text).empty()) continue;
            line = lines_.number();
            auto const document = parse(text);
            if (!document) return tl::make_unexpected(at_line(document.error(), line));
            TRY_VOID(columns_.fill(row, document->root(), line));
            return true;
        }
        return false;
    }

private:
    static constexpr std::size_t line_bytes_max() { return 1u << 20; }
    static Result<json::Document> parse(std::string_view text) {
        return json::Document::parse(trim(text), {.bytes_max = line_bytes_max(), .depth_max = 16});
    }

    std::unique_ptr<Input> input_;
    Limits limits_;
    Columns columns_;
    Lines lines_;
    bool has_header_ = false;
};

class JsonArray final : public Reader {
public:
    JsonArray(json::Document document, Columns columns)
        : document_{std::move(document)}, columns_{std::move(columns)} {}

    Result<bool> next(Row& row, std::int64_t& line) override {
        if (!std::exchange(has_header_, true)) {
            row = columns_.names();
            line = 1;
            return !row.empty();
        }
        if (at_ == document_.root().size()) return false;
        line = static_cast<std::int64_t>(++at_);
        TRY_VOID(columns_.fill(row, document_.root().at(at_ - 1), line));
        return true;
    }

private:
    json::Document document_;
    Columns columns_;
    std::size_t at_ = 0;
    bool has_header_ = false;
};

Result<std::unique_ptr<Reader>> array_reader(Input const& input, Limits const& limits) {
    if (input.size() > json_array_bytes_max) return too_large(json_array_bytes_max);
    std::string text(input.size(), '\0');
    text.resize(input.read(0, text.data(), text.size()));
    auto document = TRY(json::Document::parse(trim(text), {.bytes_max = json_array_bytes_max, .depth_max = 16}));
    Columns columns{limits};
    json::Node const root = document.root();
    for (std::size_t i = 0; i < root.size(); ++i) TRY_VOID(columns.note(root.at(i), static_cast<std::int64_t>(i) + 1));
    return std::make_unique<JsonArray>(std::move(document), std::move(columns));
}

std::string_view without_blanks(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text;
}

} // namespace

bool looks_like_json(std::string_view start) {
    start = without_blanks(start);
    if (start.empty() || (start[0] != '{' && start[0] != '[')) return false;
    bool const is_array = start[0] == '[';
    start = without_blanks(start.substr(1));
    return !start.empty() && (is_array ? start[0] == '{' || start[0] == ']' : start[0] == '"' || start[0] == '}');
}

Result<std::unique_ptr<Reader>> json_reader(std::unique_ptr<Input> input, Limits const& limits) {
    std::string start(64, '\0');
    start.resize(input->read(0, start.data(), start.size()));
    if (without_blanks(start).starts_with('[')) return array_reader(*input, limits);
    auto lines = std::make_unique<JsonLines>(std::move(input), limits);
    TRY_VOID(lines->read_names());
    return lines;
}

} // namespace sangu::tables
