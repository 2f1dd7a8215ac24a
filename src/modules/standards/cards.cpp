#include "modules/standards/rules.h"
#include "modules/standards/standards.h"

#include <algorithm>

namespace sangu::standards {

namespace {

std::vector<StandardCard> cards_where(db::Session& session, std::string const& condition,
                                      std::vector<Value> const& values) {
    std::vector<StandardCard> found;
    std::string const sql = "select id, number, title, level, status from standards_standard where " + condition;
    session.query(sql, db::Parameters{values}, [&](db::Row const& row) {
        found.push_back({std::string{row.text(0)}, std::string{row.text(1)}, std::string{row.text(2)},
                         std::string{row.text(3)}, std::string{row.text(4)}});
    });
    return found;
}

} // namespace

std::vector<StandardCard> cards(db::Session& session, std::span<std::string const> ids) {
    ids = ids.first(std::min<std::size_t>(ids.size(), 500));
    if (ids.empty()) return {};
    // Lists of 1, 10, 100 … marks, so that few different statements are prepared.
    std::size_t marks = 1;
    while (marks < ids.size()) marks *= 10;
    std::string condition = "id in (?";
    for (std::size_t i = 1; i < marks; ++i) condition += ", ?";
    std::vector<Value> values{ids.begin(), ids.end()};
    values.resize(marks, Value{ids.back()});
    return cards_where(session, condition + ")", values);
}

std::optional<StandardCard> find_standard(db::Session& session, std::string_view number) {
    auto found = cards_where(session, "number = ?", {tidy_number(number)});
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<StandardCard> standards_of(db::Session& session, std::string_view organisation_id, int limit) {
    return cards_where(
        session, "id in (select standard_id from standards_drafter where organisation_id = ?) order by id desc limit ?",
        {std::string{organisation_id}, std::int64_t{limit}});
}

} // namespace sangu::standards
