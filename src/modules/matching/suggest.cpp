#include "modules/matching/suggest.h"

#include "base/text.h"
#include "kernel/entity/store.h"
#include "kernel/search/query/search.h"
#include "kernel/search/query/weigh.h"
#include "modules/library/library.h"
#include "modules/matching/nearness.h"

#include <algorithm>

namespace sangu::matching {

namespace {

constexpr std::size_t candidates_max = 60;
constexpr std::size_t pieces_max = 6;
constexpr std::size_t shares_max = 8;
constexpr std::size_t terms_max = 128;

struct Pairs {
    std::vector<Pair> all;
    static Pairs load(db::Session& session) {
        return {entity::where<Pair>(session, "where active = true order by id limit 200")};
    }
};

// Two characters that are no word are the end of one and the beginning of the next.
bool says_something(std::string const& piece) {
    if (count_characters(piece) > 2) return true;
    return std::ranges::any_of(analyzer().analyse(piece).tokens, &search::Token::is_word);
}

// Pieces of the candidate's text that the query covers: neighbouring words are one piece.
std::vector<std::string> shared_pieces(Filed const& filed, search::WeightedQuery const& terms) {
    std::vector<std::string> pieces;
    for (std::string const* text : {&filed.title, &filed.words}) {
        std::size_t const characters = std::min<std::size_t>(count_characters(*text), 400);
        for (search::Mark const& mark : search::best_passage(*text, terms, analyzer(), characters).marks)
            pieces.push_back(text->substr(mark.begin, mark.end - mark.begin));
    }
    std::ranges::stable_sort(pieces, std::greater{}, [](std::string const& piece) { return count_characters(piece); });
    std::vector<std::string> kept;
    for (std::string& piece : pieces) {
        bool const inside = std::ranges::any_of(
            kept, [&](std::string const& longer) { return longer.find(piece) != std::string::npos; });
        if (!inside && kept.size() < pieces_max && says_something(piece)) kept.push_back(std::move(piece));
    }
    return kept;
}

std::vector<Share> shares_of(search::Snapshot const& snapshot, search::WeightedQuery const& terms,
                             search::Hit const& hit) {
    std::vector<Share> shares;
    for (search::Reason const& one : search::reasons(snapshot, terms, hit.place))
        if (shares.size() < shares_max && says_something(one.term))
            shares.push_back({one.term, snapshot.schema().fields[one.field].name, one.share / hit.score});
    return shares;
}

bool is_own(Subject const& subject, Filed const& filed) {
    if (!subject.record.empty() && filed.record == subject.record) return true;
    std::string const owner = fact_of(subject.facts, "owner");
    return !owner.empty() && owner == fact_of(filed.facts, "owner");
}

struct Found {
    std::vector<search::Hit> hits;
    std::map<std::string, Filed, std::less<>> texts;
    search::WeightedQuery terms;
};

// The title says more than the words: as much as three times.
search::WeightedQuery terms_of(View const& view, Subject const& subject) {
    std::string const title = subject.title + "\n";
    return search::weigh(title + title + title + subject.words, analyzer(), *view.snapshot, {.terms_max = terms_max});
}

Found candidates(View const& view, search::Permitted const& visible, Subject const& subject, std::string const& kind) {
    Found found;
    search::Permitted const permitted{visible, of_kind(view, kind)};
    found.terms = terms_of(view, subject);
    found.hits = search::search(permitted, found.terms, candidates_max);
    std::vector<std::string> keys;
    for (search::Hit const& hit : found.hits) keys.emplace_back(view.snapshot->key(hit.place));
    found.texts = view.holding->texts->read(keys);
    return found;
}

Suggestion suggestion_of(Subject const& subject, Pair const& pair, Filed filed, double words) {
    Suggestion one{.filed = std::move(filed)};
    one.fits = compare(subject.facts, one.filed.facts);
    one.fits.insert(one.fits.begin(), {Aspect::words, words, {}, {}});
    one.score = score_of(pair, words, one.fits);
    return one;
}

} // namespace

Matcher::Matcher(Context& context) : context_{context}, index_{index_of(context.services)} {
    if (!index_) return;
    view_ = index_->view(context);
    if (view_.holding && !view_.behind) visible_ = permitted_for(context, view_);
}

// The deepest document of a record that the reader may find.
std::optional<Filed> Matcher::filed_for(std::string const& record) {
    if (!ready()) return std::nullopt;
    for (std::string const& key : document_keys(record)) {
        auto const place = view_.snapshot->find(key);
        if (!place || !visible_->of(place->segment).has(place->document)) continue;
        std::string const keys[] = {key};
        auto texts = view_.holding->texts->read(keys);
        if (!texts.empty()) return std::move(texts.begin()->second);
    }
    return std::nullopt;
}

Result<Subject> Matcher::subject_numbered(std::string_view number) {
    std::string const numbers[] = {std::string{number}};
    auto const cards = library::cards_numbered(context_, numbers);
    if (cards.empty()) return refuse(Refusal::not_found, "error.not_found");
    library::Card const& card = cards.front();
    Subject subject{.record = record_key("library", card.id),
                    .kind = card.kind,
                    .title = card.title,
                    .path = card.path,
                    .number = card.number};
    if (auto filed = filed_for(subject.record)) {
        subject.words = std::move(filed->words);
        subject.facts = std::move(filed->facts);
    } else if (auto const text = library::readable(context_, number)) { // not published yet
        subject.words = text->text;
        subject.facts = {
            {"tech_field", text->tech_field}, {"industry", text->industry}, {"owner", card.organisation_id}};
    }
    return subject;
}

std::optional<std::string> Matcher::path_of(std::string const& record) {
    auto filed = filed_for(record);
    if (!filed) return std::nullopt;
    return std::move(filed->path);
}

std::vector<Subject> Matcher::samples(std::string const& kind, std::size_t limit) {
    if (!ready()) return {};
    search::Permitted const permitted{*visible_, of_kind(view_, kind)};
    std::vector<std::string> keys;
    for (std::size_t segment = view_.snapshot->segments().size(); segment > 0 && keys.size() < limit; --segment)
        permitted.of(segment - 1).for_each([&](std::uint32_t document) {
            if (keys.size() < limit)
                keys.emplace_back(view_.snapshot->key({static_cast<std::uint32_t>(segment - 1), document}));
        });
    std::vector<Subject> subjects;
    for (auto& [key, filed] : view_.holding->texts->read(keys))
        subjects.push_back({.record = filed.record,
                            .kind = filed.kind,
                            .title = filed.title,
                            .path = filed.path,
                            .number = fact_of(filed.facts, "number"),
                            .words = filed.words,
                            .facts = filed.facts});
    return subjects;
}

Subject subject_of_text(std::string_view text) { return {.kind = "text", .words = std::string{text}}; }

std::vector<Pair> pairs_from(Context const& context, std::string_view kind) {
    std::vector<Pair> pairs;
    for (Pair const& one : context.held<Pairs>().all)
        if (one.from_kind == kind) pairs.push_back(one);
    return pairs;
}

std::vector<Pair> pairs_of_text() {
    constexpr std::string_view kinds[] = {"achievement", "demand", "expert", "talent", "intermediary", "rights"};
    std::vector<Pair> pairs;
    for (std::string_view const kind : kinds) pairs.push_back({.from_kind = "text", .to_kind = std::string{kind}});
    return pairs;
}

Suggestions Matcher::suggest(Subject const& subject, Pair const& pair, std::span<Mark const> marks) {
    Suggestions suggestions;
    if (!ready()) return suggestions;
    try {
        Found const found = candidates(view_, *visible_, subject, pair.to_kind);
        Nearness const nearness{*view_.snapshot, found.terms};
        std::vector<Suggestion> all;
        for (search::Hit const& hit : found.hits) {
            auto const text = found.texts.find(view_.snapshot->key(hit.place));
            if (text == found.texts.end() || is_own(subject, text->second)) continue;
            Suggestion one = suggestion_of(subject, pair, text->second, share_of_words(nearness.of(hit.place)));
            if (one.score * 100 < static_cast<double>(pair.threshold)) {
                ++suggestions.below;
                continue;
            }
            if (auto const mark = std::ranges::find(marks, one.filed.record, &Mark::candidate); mark != marks.end())
                one.mark = *mark;
            one.shared = shared_pieces(one.filed, found.terms);
            one.shares = shares_of(*view_.snapshot, found.terms, hit);
            all.push_back(std::move(one));
        }
        std::ranges::stable_sort(all, std::greater{}, &Suggestion::score);
        for (Suggestion& one : all) {
            auto& list = one.mark && one.mark->verdict == Verdict::hidden ? suggestions.hidden : suggestions.shown;
            if (list.size() < static_cast<std::size_t>(suggestions_max)) list.push_back(std::move(one));
        }
    } catch (search::CorruptIndex const&) {
        index_->give_up(view_.holding);
        visible_.reset();
        suggestions = {};
    }
    return suggestions;
}

} // namespace sangu::matching
