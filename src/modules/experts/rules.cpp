#include "modules/experts/rules.h"

#include "base/mail_address.h"
#include "base/text.h"
#include "kernel/i18n/i18n.h"

#include <algorithm>
#include <array>
#include <set>

namespace sangu::experts {

namespace {

constexpr std::size_t terms_max = 400;
constexpr std::array<std::string_view, 24> everywhere = {
    "技术", "研究", "系统", "开发", "应用", "方法", "进行", "方面", "以及", "可以", "我们", "需要",
    "要求", "专业", "工作", "相关", "and",  "the",  "for",  "with", "of",   "演示", "公司", "能够"};

Expert const& of(library::Filled const& entry) { return entry.as<Expert>(); }

bool has_service(Expert const& one) {
    return one.consulting || one.review || one.joint_research || one.training || one.lecturing;
}

// One step through folded text: a character of a script without blanks, a whole word, or a gap.
struct Piece {
    std::string_view text;
    bool single = false; // a character that makes pairs
};

std::vector<Piece> pieces_of(std::string_view folded) {
    std::vector<Piece> pieces;
    for (std::size_t at = 0; at < folded.size();) {
        auto const first = static_cast<unsigned char>(folded[at]);
        if (first < 0x80) {
            std::size_t end = at;
            while (end < folded.size() &&
                   ((folded[end] >= 'a' && folded[end] <= 'z') || (folded[end] >= '0' && folded[end] <= '9')))
                ++end;
            pieces.push_back({folded.substr(at, end - at), false});
            at = std::max(end, at + 1);
            continue;
        }
        std::size_t const length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        std::string_view const character = folded.substr(at, length);
        bool const is_mark = length < 3 || character.starts_with("\xE3\x80") || character.starts_with("\xE2");
        pieces.push_back({is_mark ? std::string_view{} : character, !is_mark});
        at += length;
    }
    return pieces;
}

bool says_something(std::string_view term) { return std::ranges::find(everywhere, term) == everywhere.end(); }

// Calls `use(term, begins_at, ends_at)` for every term in the order of the text; the places are those of pieces.
template <class Use> void each_term(std::vector<Piece> const& pieces, Use use) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].single) {
            if (i + 1 < pieces.size() && pieces[i + 1].single)
                use(std::string{pieces[i].text} + std::string{pieces[i + 1].text}, i, i + 1);
        } else if (pieces[i].text.size() >= 2) {
            use(std::string{pieces[i].text}, i, i);
        }
    }
}

std::string plain(std::string_view name) {
    std::string const folded = i18n::fold(name);
    std::string text;
    for (Piece const& one : pieces_of(folded)) text += one.text;
    return text;
}

bool is_same(std::string const& a, std::string const& b) {
    if (a.empty() || b.empty()) return false;
    if (a == b) return true;
    auto const& [shorter, longer] = a.size() < b.size() ? std::tie(a, b) : std::tie(b, a);
    return count_characters(shorter) >= 4 && longer.find(shorter) != std::string::npos;
}

} // namespace

std::vector<std::string> terms_of(std::string_view text) {
    std::vector<std::string> terms;
    std::set<std::string> seen;
    std::string const folded = i18n::fold(text);
    each_term(pieces_of(folded), [&](std::string term, std::size_t, std::size_t) {
        if (terms.size() < terms_max && says_something(term) && seen.insert(term).second)
            terms.push_back(std::move(term));
    });
    return terms;
}

std::vector<std::string> shared_pieces(std::string_view question, std::span<std::string const> terms,
                                       std::size_t limit) {
    std::set<std::string_view> const known{terms.begin(), terms.end()};
    std::string const folded = i18n::fold(question);
    auto const pieces = pieces_of(folded);
    std::vector<std::string> runs;
    std::size_t last = 0;
    bool open = false;
    each_term(pieces, [&](std::string const& term, std::size_t begin, std::size_t end) {
        if (!known.contains(term)) return;
        if (open && begin == last && begin != end)
            runs.back() += pieces[end].text;
        else
            runs.push_back(term);
        open = begin != end;
        last = end;
    });
    std::ranges::stable_sort(runs, std::greater{}, [](std::string const& one) { return count_characters(one); });
    std::vector<std::string> found;
    for (std::string& run : runs)
        if (found.size() < limit &&
            std::ranges::none_of(found, [&](std::string const& one) { return one.find(run) != std::string::npos; }))
            found.push_back(std::move(run));
    return found;
}

std::optional<Conflict> conflict_of(Expert const& expert, std::span<Avoidance const> declared,
                                    std::span<std::string const> parties) {
    for (std::string const& party : parties) {
        std::string const name = plain(party);
        if (expert.employer && is_same(plain(*expert.employer), name)) return Conflict{Ground::employer, party, false};
        if (expert.name && plain(*expert.name) == name) return Conflict{Ground::other, party, false};
    }
    for (std::string const& party : parties)
        for (Avoidance const& one : declared)
            if (is_same(plain(one.name), plain(party))) return Conflict{one.ground, party, true};
    return std::nullopt;
}

Problems check(library::Filled const& entry) {
    Expert const& one = of(entry);
    Problems problems;
    if (one.industry && !library::is_industry_code(*one.industry))
        problems.push_back({"industry", "library.error.industry", {}});
    if (one.email && !is_mail_address(*one.email)) problems.push_back({"email", "experts.error.email", {}});
    for (std::size_t i = 0; i < entry.rows.front().size(); ++i) {
        auto const& evidence = *static_cast<Evidence const*>(entry.rows.front()[i].get());
        if (evidence.year && *evidence.year > year_of(entry.today))
            problems.push_back({"evidence-" + std::to_string(i + 1) + "-year", "experts.error.future", {}});
    }
    return problems;
}

std::vector<library::Hint> hints() {
    using library::Filled;
    constexpr bool needed = true;
    return {
        {"experts.hint.abstract", "abstract", 2, needed,
         [](Filled const& e) { return count_characters(e.abstract) >= 30; }},
        {"experts.hint.name", "name", 1, needed, [](Filled const& e) { return of(e).name.has_value(); }},
        {"experts.hint.category", "category", 1, needed, [](Filled const& e) { return of(e).category.has_value(); }},
        {"experts.hint.employer", "employer", 1, needed, [](Filled const& e) { return of(e).employer.has_value(); }},
        {"experts.hint.field", "tech_field", 1, needed, [](Filled const& e) { return of(e).tech_field.has_value(); }},
        {"experts.hint.speciality", "speciality", 1, needed,
         [](Filled const& e) { return of(e).speciality.has_value(); }},
        {"experts.hint.directions", "directions", 2, needed, [](Filled const& e) { return !of(e).directions.empty(); }},
        {"experts.hint.services", "consulting", 1, needed, [](Filled const& e) { return has_service(of(e)); }},
        {"experts.hint.availability", "availability", 1, needed,
         [](Filled const& e) { return of(e).availability.has_value(); }},
        {"experts.hint.evidence", "evidence", 3, !needed, [](Filled const& e) { return !e.rows.front().empty(); }},
        {"experts.hint.avoidance", "avoidance", 1, !needed, [](Filled const& e) { return !e.rows.back().empty(); }},
        {"experts.hint.experience", "experience", 1, !needed,
         [](Filled const& e) { return count_characters(of(e).experience) >= 30; }},
    };
}

} // namespace sangu::experts
