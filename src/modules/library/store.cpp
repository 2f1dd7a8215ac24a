#include "modules/library/store.h"

#include "kernel/entity/store.h"

#include <algorithm>
#include <cstdio>

namespace sangu::library {

namespace {

std::vector<Entry> entries(db::Session& session, std::string_view tail, std::vector<Value> const& parameters) {
    std::vector<Entry> found;
    Entry one;
    entity::each(session, Entry::meta, &one, tail, db::Parameters{parameters}, [&] { found.push_back(one); });
    return found;
}

} // namespace

std::string marks_of(std::size_t count) {
    std::string marks = "(";
    for (std::size_t i = 0; i < count; ++i) marks += i == 0 ? "?" : ", ?";
    return marks + ")";
}

Terms terms_in_force(db::Session& session, Date day) {
    return terms_on(entity::where<Term>(session, "where valid_from <= ? order by valid_from limit 500", {to_text(day)}),
                    day);
}

std::string next_number(db::Transaction& transaction, std::string_view prefix, int year) {
    transaction.execute("insert into library_number (prefix, year, last) values (?, ?, 1) on conflict (prefix, year) "
                        "do update set last = library_number.last + 1",
                        {std::string{prefix}, std::int64_t{year}});
    auto const last = transaction.integer("select last from library_number where prefix = ? and year = ?",
                                          {std::string{prefix}, std::int64_t{year}});
    std::string const digits = std::to_string(last.value_or(0));
    return std::string{prefix} + "-" + std::to_string(year) + "-" +
           std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

void store_tags(db::Transaction& transaction, std::string_view entry_id, std::span<Tag const> tags) {
    std::vector<Tag> const stored = stored_tags(transaction, entry_id);
    if (std::ranges::is_permutation(stored, tags)) return;
    transaction.execute("delete from library_tag where entry_id = ?", {std::string{entry_id}});
    for (Tag const& tag : tags)
        transaction.execute("insert into library_tag (entry_id, facet, value) values (?, ?, ?) on conflict (entry_id, "
                            "facet, value) do nothing",
                            {std::string{entry_id}, tag.facet, tag.value});
}

std::vector<Tag> stored_tags(db::Session& session, std::string_view entry_id) {
    std::vector<Tag> tags;
    session.query("select facet, value from library_tag where entry_id = ? order by facet, value",
                  {std::string{entry_id}},
                  [&](db::Row const& row) { tags.push_back({std::string{row.text(0)}, std::string{row.text(1)}}); });
    return tags;
}

std::map<std::string, std::vector<Tag>, std::less<>> tags_of_entries(db::Session& session,
                                                                     std::span<std::string const> ids) {
    std::map<std::string, std::vector<Tag>, std::less<>> found;
    if (ids.empty()) return found;
    std::vector<Value> const parameters{ids.begin(), ids.end()};
    session.query("select entry_id, facet, value from library_tag where facet <> 'place' and entry_id in " +
                      marks_of(ids.size()) + " order by entry_id, facet, value",
                  db::Parameters{parameters}, [&](db::Row const& row) {
                      found[std::string{row.text(0)}].push_back({std::string{row.text(1)}, std::string{row.text(2)}});
                  });
    return found;
}

std::optional<Entry> entry_with_id(db::Session& session, std::string_view id) {
    return entity::find(session, Id<Entry>{std::string{id}});
}

std::vector<Entry> entries_with_ids(db::Session& session, std::span<std::string const> ids) {
    if (ids.empty()) return {};
    std::vector<Value> const parameters{ids.begin(), ids.end()};
    return entries(session, "where id in " + marks_of(ids.size()) + " order by id", parameters);
}

std::vector<Entry> entries_with_numbers(db::Session& session, std::span<std::string const> numbers) {
    std::vector<Value> const parameters{numbers.begin(), numbers.end()};
    return entries(session, "where number in " + marks_of(numbers.size()) + " order by number", parameters);
}

std::vector<Entry> entries_of(db::Session& session, Me const& me, int limit) {
    std::string tail = "where (account_id = ?";
    std::vector<Value> parameters{me.account};
    if (!me.spoken_for.empty()) {
        tail += " or organisation_id in " + marks_of(me.spoken_for.size());
        parameters.insert(parameters.end(), me.spoken_for.begin(), me.spoken_for.end());
    }
    tail += ") and state <> 'discarded' order by id desc limit ?";
    parameters.emplace_back(std::int64_t{limit});
    return entries(session, tail, parameters);
}

std::vector<Entry> waiting_entries(db::Session& session, std::span<auth::Scope const> scopes, int limit) {
    std::string tail = "where state = 'submitted'";
    std::vector<Value> parameters;
    bool const everywhere = std::ranges::any_of(scopes, [](auth::Scope const& one) { return one.path == "zone"; });
    if (!everywhere) {
        std::string any = "1 = 0";
        for (auth::Scope const& scope : scopes) {
            any += " or scope = ? or scope like ?";
            parameters.emplace_back(scope.path);
            parameters.emplace_back(scope.path + "/%");
        }
        tail += " and (" + any + ")";
    }
    tail += " order by submitted_at, id limit ?";
    parameters.emplace_back(std::int64_t{limit});
    return entries(session, tail, parameters);
}

std::vector<Entry> waiting_with_numbers(db::Session& session, std::span<std::string const> numbers) {
    std::vector<Value> const parameters{numbers.begin(), numbers.end()};
    return entries(session, "where state = 'submitted' and number in " + marks_of(numbers.size()) + " order by id",
                   parameters);
}

std::vector<Entry> due_entries(db::Session& session, Date today, int limit) {
    return entity::where<Entry>(session, "where check_on <= ? and state = 'published' order by check_on, id limit ?",
                                {to_text(today), std::int64_t{limit}});
}

} // namespace sangu::library
