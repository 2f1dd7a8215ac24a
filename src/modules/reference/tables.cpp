#include "base/embedded.h"
#include "base/text.h"
#include "modules/reference/reference.h"

#include <algorithm>
#include <array>

namespace sangu::embedded {
std::span<EmbeddedFile const> reference_tables();
}

namespace sangu::reference {

namespace {

std::string_view file_named(std::string const& name) {
    for (EmbeddedFile const& file : embedded::reference_tables())
        if (file.name == name) return file.data;
    return {};
}

// The lines below the heading, cut into exactly N cells.
template <std::size_t N> std::vector<std::array<std::string_view, N>> rows_of(std::string const& name) {
    std::vector<std::array<std::string_view, N>> rows;
    auto const lines = split_text(file_named(name), '\n');
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        auto const cells = split_text(lines[i], '\t');
        SANGU_ASSERT(cells.size() == N);
        std::ranges::copy(cells, rows.emplace_back().begin());
    }
    return rows;
}

std::vector<Table> read_tables() {
    std::vector<Table> all;
    for (auto const& row : rows_of<8>("tables.tsv")) {
        Table table{row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], {}};
        for (auto const& cells : rows_of<8>(std::string{table.code} + ".tsv")) {
            std::string folded = i18n::fold(cells[1]) + '\n' + i18n::fold(cells[2]);
            table.terms.push_back(
                {cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], std::move(folded)});
        }
        std::ranges::sort(table.terms, {}, &Term::code);
        all.push_back(std::move(table));
    }
    return all;
}

std::string in_language(std::string_view zh, std::string_view en, i18n::Language language) {
    if (zh.empty() || (language == i18n::Language::en && !en.empty())) return std::string{en};
    return language == i18n::Language::zh_hant ? i18n::to_traditional(zh) : std::string{zh};
}

std::string upper_ascii(std::string_view text) {
    std::string upper{text};
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return upper;
}

} // namespace

std::string Term::name(i18n::Language language) const { return in_language(name_zh, name_en, language); }

bool Term::in_force(int year) const {
    auto const from = parse_integer(since), to = parse_integer(until);
    return (!from || year >= *from) && (!to || year < *to);
}

std::string Table::name(i18n::Language language) const { return in_language(name_zh, name_en, language); }

std::string Table::authority(i18n::Language language) const {
    return in_language(authority_zh, authority_en, language);
}

Term const* Table::find(std::string_view wanted) const {
    auto const found = std::ranges::lower_bound(terms, wanted, {}, &Term::code);
    return found != terms.end() && found->code == wanted ? &*found : nullptr;
}

std::vector<Term const*> Table::children(std::string_view parent) const {
    std::vector<Term const*> below;
    for (Term const& term : terms)
        if (term.parent == parent) below.push_back(&term);
    return below;
}

std::vector<Term const*> Table::line_of(std::string_view wanted) const {
    std::vector<Term const*> line;
    for (Term const* term = find(wanted); term && line.size() < 10; term = find(term->parent)) line.push_back(term);
    std::ranges::reverse(line);
    return line;
}

std::vector<Term const*> Table::search(std::string_view text, std::size_t limit) const {
    std::string const folded = i18n::fold(trim(text));
    if (folded.empty()) return {};
    auto const words = split_text(folded, ' ');
    std::string const upper = upper_ascii(trim(text));
    std::vector<std::pair<std::size_t, Term const*>> found; // shorter names are nearer to what was typed
    for (Term const& term : terms) {
        bool const by_code = term.code.starts_with(upper) || term.code.starts_with(folded);
        bool const by_name = std::ranges::all_of(
            words, [&](std::string_view word) { return term.folded.find(word) != std::string::npos; });
        if (by_code || by_name) found.emplace_back(by_code ? term.code.size() : 100 + term.folded.size(), &term);
    }
    std::ranges::stable_sort(found, {}, &std::pair<std::size_t, Term const*>::first);
    std::vector<Term const*> terms_found;
    for (auto const& [distance, term] : found)
        if (terms_found.size() < limit) terms_found.push_back(term);
    return terms_found;
}

std::vector<Table> const& tables() {
    static std::vector<Table> const all = read_tables();
    return all;
}

Table const* find_table(std::string_view code) {
    auto const found = std::ranges::find(tables(), code, &Table::code);
    return found == tables().end() ? nullptr : &*found;
}

std::string shown(std::string_view table, std::string_view code, i18n::Language language) {
    Table const* const known = find_table(table);
    Term const* const term = known ? known->find(code) : nullptr;
    return term ? std::string{code} + " " + term->name(language) : std::string{code};
}

} // namespace sangu::reference
