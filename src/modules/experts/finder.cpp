#include "modules/experts/finder.h"

#include "kernel/entity/store.h"
#include "kernel/module.h"

#include <algorithm>
#include <cmath>

namespace sangu::experts {

namespace {

constexpr int candidates_max = 200;
constexpr std::size_t asked_max = 60; // terms of a question
constexpr std::size_t pieces_max = 6;
constexpr double field_score = 2, section_score = 1, class_score = 2;

using Terms =
    std::map<std::string, std::vector<std::string>, std::less<>>; // by entry; of one with the field alone: none

struct Person {
    Expert expert;
    std::vector<Avoidance> declared;
};
using People = std::map<std::string, Person, std::less<>>; // by entry

std::string marks_of(std::size_t count) {
    std::string marks = "(";
    for (std::size_t i = 0; i < count; ++i) marks += i == 0 ? "?" : ", ?";
    return marks + ")";
}

// Who shares words with the question, and which; and who has its field.
Terms shared_terms(db::Session& session, std::span<std::string const> terms, std::string_view tech_field) {
    Terms found;
    std::vector<Value> parameters{terms.begin(), terms.end()};
    std::string sql;
    if (!terms.empty())
        sql = "select entry_id, term from (select entry_id, term from experts_term where term in " +
              marks_of(terms.size()) + " order by term, entry_id limit 20000) words";
    if (!tech_field.empty()) {
        sql += std::string{sql.empty() ? "" : " union all "} +
               "select id, '' from (select id from experts_expert where tech_field = ? order by id limit 500) field";
        parameters.emplace_back(std::string{tech_field});
    }
    if (sql.empty()) return found;
    session.query(sql, db::Parameters{parameters}, [&](db::Row const& row) {
        auto& words = found[std::string{row.text(0)}];
        if (!row.text(1).empty()) words.emplace_back(row.text(1));
    });
    return found;
}

std::vector<std::string> best_ids(std::map<std::string, double, std::less<>> const& scores) {
    std::vector<std::pair<double, std::string>> sorted;
    for (auto const& [id, score] : scores) sorted.emplace_back(-score, id);
    std::ranges::sort(sorted);
    std::vector<std::string> ids;
    for (auto& [score, id] : sorted)
        if (ids.size() < candidates_max) ids.push_back(std::move(id));
    return ids;
}

// The part of GB/T 4754 both codes have: the class of two digits or more, else the section; empty: neither.
std::string shared_industry(std::string_view a, std::string_view b) {
    std::size_t common = 0;
    while (common < a.size() && common < b.size() && a[common] == b[common]) ++common;
    return std::string{a.substr(0, common == 2 ? 1 : common)};
}

double bonus_of(Question const& question, Expert const& expert) {
    double score = 0;
    if (expert.tech_field && name_of(*expert.tech_field) == question.tech_field) score += field_score;
    std::string const shared = shared_industry(question.industry, expert.industry.value_or(""));
    if (!shared.empty()) score += shared.size() > 1 ? class_score : section_score;
    return score;
}

People people_with(db::Session& session, std::span<std::string const> ids) {
    People found;
    if (ids.empty()) return found;
    std::vector<Value> const parameters{ids.begin(), ids.end()};
    int const first = static_cast<int>(Expert::meta.fields.size());
    session.query("select " + entity::column_list(Expert::meta, "e") + ", " +
                      entity::column_list(Avoidance::meta, "a") +
                      " from experts_expert e left join experts_avoidance a on a.entry_id = e.id where e.id in " +
                      marks_of(ids.size()) + " order by e.id, a.position",
                  db::Parameters{parameters}, [&](db::Row const& row) {
                      Expert expert;
                      entity::load_row(Expert::meta, &expert, row);
                      Person& person = found[expert.id.text];
                      person.expert = std::move(expert);
                      if (row.is_null(first)) return;
                      person.declared.emplace_back();
                      entity::load_row(Avoidance::meta, &person.declared.back(), row, first);
                  });
    return found;
}

struct Candidates {
    std::vector<std::string> ids; // best first
    People people;
};

// Our own ranking: the words, then the fields and codes of those who share words or the field.
Candidates rank(db::Session& session, Question const& question, Terms const& terms) {
    std::map<std::string, std::int64_t, std::less<>> frequency;
    std::int64_t with_words = 0;
    for (auto const& [id, shared] : terms) {
        with_words += shared.empty() ? 0 : 1;
        for (std::string const& term : shared) ++frequency[term];
    }
    std::map<std::string, double, std::less<>> scores;
    for (auto const& [id, shared] : terms) {
        double& score = scores[id];
        for (std::string const& term : shared)
            score += std::log(1 + static_cast<double>(with_words) / static_cast<double>(frequency[term]));
    }
    Candidates best{.ids = {}, .people = people_with(session, best_ids(scores))};
    std::map<std::string, double, std::less<>> better;
    for (auto const& [id, person] : best.people)
        better.emplace(id, scores.find(id)->second + bonus_of(question, person.expert));
    best.ids = best_ids(better);
    return best;
}

Candidates candidates(Context& context, Question const& question, Terms const& terms) {
    for (Ranking const& other : offers_of<Ranking>(context.services.modules)) {
        auto ids = other.of(context, question, candidates_max);
        auto people = people_with(context.reader(), ids);
        return {std::move(ids), std::move(people)};
    }
    return rank(context.reader(), question, terms);
}

std::optional<Conflict> conflict(Question const& question, library::Card const& card, Person const& person) {
    if (!question.organisation_id.empty() && card.organisation_id == question.organisation_id)
        return Conflict{Ground::employer, question.parties.empty() ? std::string{} : question.parties.front(), false};
    return conflict_of(person.expert, person.declared, question.parties);
}

Found found_one(Question const& question, library::Card const& card, Expert const& expert, Terms const& terms) {
    auto const words = terms.find(card.id);
    return {.card = card,
            .expert = expert,
            .shared = words == terms.end() ? std::vector<std::string>{}
                                           : shared_pieces(question.text, words->second, pieces_max),
            .same_field = expert.tech_field && name_of(*expert.tech_field) == question.tech_field,
            .shared_industry = shared_industry(question.industry, expert.industry.value_or(""))};
}

} // namespace

Findings find_experts(Context& context, Question const& question) {
    auto asked = terms_of(question.text);
    if (asked.size() > asked_max) asked.resize(asked_max);
    Terms const terms = shared_terms(context.reader(), asked, question.tech_field);
    auto const best = candidates(context, question, terms);
    Findings findings;
    for (library::Card const& card : library::cards(context, best.ids)) {
        auto const person = best.people.find(card.id);
        if (!card.listed || person == best.people.end()) continue;
        auto const reason = conflict(question, card, person->second);
        if (!reason) {
            if (findings.found.size() < findings_max)
                findings.found.push_back(found_one(question, card, person->second.expert, terms));
        } else if (reason->declared && card.layer < library::Layer::own) {
            ++findings.hidden;
        } else if (findings.excluded.size() < findings_max) {
            findings.excluded.push_back({card, *reason});
        }
    }
    return findings;
}

void store_terms(db::Transaction& transaction, std::string_view entry_id, library::Filled const& entry) {
    Expert const& one = entry.as<Expert>();
    std::string text = std::string{entry.title} + "\n" + one.speciality.value_or("") + "\n" + one.directions;
    for (entity::AnyObject const& row : entry.rows.front())
        text += "\n" + static_cast<Evidence const*>(row.get())->title;
    transaction.execute("delete from experts_term where entry_id = ?", {std::string{entry_id}});
    auto const terms = terms_of(text);
    if (terms.empty()) return;
    std::string sql = "insert into experts_term (term, entry_id) values ";
    std::vector<Value> parameters;
    for (std::string const& term : terms) {
        sql += parameters.empty() ? "(?, ?)" : ", (?, ?)";
        parameters.emplace_back(term);
        parameters.emplace_back(std::string{entry_id});
    }
    transaction.execute(sql, db::Parameters{parameters});
}

} // namespace sangu::experts
