#include "modules/rights/numbers.h"
#include "modules/rights/service.h"

#include <algorithm>

namespace sangu::rights {

namespace {

#define SANGU_CARD_SQL                                                                                                 \
    "select id, kind, coalesce(grant_number, application_number, publication_number, ''), title, "                     \
    "coalesce(title_en, ''), holders, legal_status, encumbrance, expires_on, disclosure, scope, "                      \
    "coalesce(application_number, ''), coalesce(publication_number, '') from rights_right "

EncumbranceState state_named(std::string_view name) {
    for (Choice const& one : choices_of(EncumbranceState{}))
        if (one.name == name) return static_cast<EncumbranceState>(one.value);
    return EncumbranceState::lapsed;
}

RightCard card_in(db::Row const& row) {
    return {.id = {std::string{row.text(0)}},
            .kind = std::string{row.text(1)},
            .number = std::string{row.text(2)},
            .title = std::string{row.text(3)},
            .title_en = std::string{row.text(4)},
            .holders = std::string{row.text(5)},
            .legal_status = std::string{row.text(6)},
            .encumbrance = state_named(row.text(7)),
            .expires_on = row.is_null(8) ? std::nullopt : parse_date(row.text(8)),
            .undisclosed = row.text(9) == "undisclosed",
            .scope = std::string{row.text(10)},
            .application = std::string{row.text(11)},
            .publication = std::string{row.text(12)}};
}

// At most `limit` rows of `condition`, newest first.
std::vector<RightCard> all_where(db::Session& session, std::string const& condition, std::vector<Value> values,
                                 int limit) {
    values.emplace_back(std::int64_t{limit});
    std::string const sql = SANGU_CARD_SQL "where " + condition + " order by id desc limit ?";
    std::vector<RightCard> found;
    session.query(sql, db::Parameters{values}, [&](db::Row const& row) { found.push_back(card_in(row)); });
    return found;
}

// Those of them that the reader may know of.
std::vector<RightCard> cards_where(Context& context, std::string condition, std::vector<Value> values, int limit) {
    resource::RowFilter const visible = visible_rows(context);
    if (!visible.sql.empty()) condition += " and (" + visible.sql + ")";
    values.insert(values.end(), visible.parameters.begin(), visible.parameters.end());
    return all_where(context.reader(), condition, std::move(values), limit);
}

bool has_number(RightCard const& card, std::string const& bare) {
    return search_form(card.number) == bare || search_form(card.application) == bare ||
           search_form(card.publication) == bare;
}

#undef SANGU_CARD_SQL

} // namespace

std::vector<RightCard> cards(Context& context, std::span<std::string const> ids) {
    ids = ids.first(std::min<std::size_t>(ids.size(), 500));
    if (ids.empty()) return {};
    // Lists of 1, 10, 100 … marks, so that few different statements are prepared.
    std::size_t marks = 1;
    while (marks < ids.size()) marks *= 10;
    std::string condition = "id in (?";
    for (std::size_t i = 1; i < marks; ++i) condition += ", ?";
    std::vector<Value> values{ids.begin(), ids.end()};
    values.resize(marks, Value{ids.back()});
    return cards_where(context, condition + ")", std::move(values), 500);
}

std::optional<RightCard> find_right(Context& context, std::string_view number_or_id) {
    if (is_id(number_or_id)) {
        auto found = cards_where(context, "id = ?", {std::string{number_or_id}}, 1);
        return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
    }
    std::string const bare = search_form(number_or_id);
    if (bare.empty()) return {};
    auto found = cards_where(context,
                             "(application_number = ? or grant_number = ? or grant_number = ? or "
                             "publication_number = ? or publication_number = ?)",
                             {bare, bare, "ZL" + bare, bare, "CN" + bare}, 1);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<std::pair<std::size_t, RightCard>> rights_numbered(Context& context, std::span<std::string const> numbers) {
    constexpr std::size_t numbers_max = 100;
    std::vector<std::string> bare;
    for (std::string const& one : numbers.first(std::min(numbers.size(), numbers_max)))
        bare.push_back(search_form(one));
    std::string applications, grants;
    std::vector<Value> values, granted;
    for (std::string const& one : bare) {
        if (one.empty()) continue;
        applications += applications.empty() ? "?" : ", ?";
        grants += grants.empty() ? "?, ?" : ", ?, ?";
        values.emplace_back(one);
        granted.emplace_back(one);
        granted.emplace_back("ZL" + one);
    }
    if (values.empty()) return {};
    std::vector<Value> published = granted;
    for (std::size_t i = 1; i < published.size(); i += 2) published[i] = "CN" + std::get<std::string>(published[i - 1]);
    values.insert(values.end(), granted.begin(), granted.end());
    values.insert(values.end(), published.begin(), published.end());
    std::string const numbered = "(application_number in (" + applications + ") or grant_number in (" + grants +
                                 ") or publication_number in (" + grants + "))";
    constexpr int cards_max = 300;
    auto cards = all_where(context.reader(), numbered + " and disclosure = 'open'", values, cards_max);
    auto const is_missing = [&](std::string const& one) {
        return !one.empty() &&
               std::ranges::none_of(cards, [&](RightCard const& card) { return has_number(card, one); });
    };
    if (context.actor.signed_in() && std::ranges::any_of(bare, is_missing))
        std::ranges::move(cards_where(context, numbered + " and disclosure = 'undisclosed'", values, cards_max),
                          std::back_inserter(cards));
    std::vector<std::pair<std::size_t, RightCard>> found;
    for (std::size_t i = 0; i < bare.size(); ++i) {
        auto const card = std::ranges::find_if(cards, [&](RightCard const& one) { return has_number(one, bare[i]); });
        if (!bare[i].empty() && card != cards.end()) found.emplace_back(i, *card);
    }
    return found;
}

std::vector<RightCard> rights_of(Context& context, std::string_view organisation_id, int limit) {
    return cards_where(context, "id in (select right_id from rights_holder where organisation_id = ?)",
                       {std::string{organisation_id}}, limit);
}

std::vector<HolderShare> holders_of(db::Session& session, std::string_view right_id) {
    std::vector<HolderShare> all;
    session.query("select coalesce(organisation_id, ''), name, share_ppm from rights_holder where right_id = ? "
                  "order by position",
                  {std::string{right_id}}, [&](db::Row const& row) {
                      all.push_back({std::string{row.text(0)}, std::string{row.text(1)}, row.integer(2)});
                  });
    return all;
}

} // namespace sangu::rights
