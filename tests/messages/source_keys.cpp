#include "messages/source_keys.h"

#include <algorithm>

namespace sangu::test {
namespace {

bool is_word(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Scanner {
public:
    explicit Scanner(std::string_view source) : source_{source} {}

    std::vector<Literal> run() {
        while (at_ < source_.size()) {
            char const c = source_[at_];
            if (rest().starts_with("//"))
                skip_to("\n", 0);
            else if (rest().starts_with("/*"))
                skip_to("*/", 2);
            else if (rest().starts_with("R\""))
                skip_raw();
            else if (c == '"')
                take_literal();
            else if (c == '\'' && !is_digit_separator())
                skip_quoted('\'');
            else
                take_code(c);
        }
        return std::move(literals_);
    }

private:
    struct Open {
        std::string callee;
        int argument = 0;
    };

    std::string_view rest() const { return source_.substr(at_); }
    bool is_digit_separator() const {
        return at_ > 0 && is_word(source_[at_ - 1]) && source_[at_ - 1] != 'u' && source_[at_ - 1] != 'L';
    }

    void advance(std::size_t count) {
        std::size_t const end = std::min(at_ + count, source_.size());
        line_ += static_cast<int>(std::ranges::count(source_.substr(at_, end - at_), '\n'));
        at_ = end;
    }
    void skip_to(std::string_view mark, std::size_t more) {
        std::size_t const found = rest().find(mark);
        advance(found == std::string_view::npos ? rest().size() : found + more);
    }
    void skip_raw() {
        std::size_t const open = rest().find('(');
        std::string const mark = ')' + std::string{rest().substr(2, open - 2)} + '"';
        skip_to(mark, mark.size());
    }
    std::string_view skip_quoted(char quote) {
        std::size_t const start = ++at_;
        while (at_ < source_.size() && source_[at_] != quote) at_ += source_[at_] == '\\' ? 2 : 1;
        std::string_view const inside = source_.substr(start, std::min(at_, source_.size()) - start);
        ++at_;
        return inside;
    }
    void take_literal() {
        Open const where = open_.empty() ? Open{} : open_.back();
        int const line = line_;
        literals_.push_back({std::string{skip_quoted('"')}, where.callee, where.argument, line});
        word_.clear();
    }
    void take_code(char c) {
        advance(1);
        if (is_word(c)) {
            if (word_ended_) word_.clear();
            word_ended_ = false;
            word_ += c;
            return;
        }
        if (c == '(' || c == '{' || c == '[') open_.push_back({word_});
        if ((c == ')' || c == '}' || c == ']') && !open_.empty()) open_.pop_back();
        if (c == ',' && !open_.empty()) ++open_.back().argument;
        word_ended_ = true;
        if (c != ' ' && c != '\n') word_.clear();
    }

    std::string_view source_;
    std::size_t at_ = 0;
    int line_ = 1;
    std::string word_;
    bool word_ended_ = false;
    std::vector<Open> open_;
    std::vector<Literal> literals_;
};

} // namespace

std::vector<Literal> literals_of(std::string_view source) { return Scanner{source}.run(); }

bool looks_like_key(std::string_view text) {
    bool const has_dot = text.find('.') != std::string_view::npos && !text.starts_with('.') && !text.ends_with('.');
    return has_dot && text.find("..") == std::string_view::npos && std::ranges::all_of(text, [](char c) {
               return c == '.' || c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
           });
}

} // namespace sangu::test
