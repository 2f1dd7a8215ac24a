#include "modules/library/subscriptions.h"

#include <algorithm>

namespace sangu::library {

namespace {

constexpr std::int64_t looked_at_max = 20'000;

} // namespace

void subscribe(db::Transaction& transaction, std::string_view account, Kind const& kind, std::string_view name,
               std::string_view query) {
    transaction.execute("insert into library_subscription (account_id, kind, name, query) values (?, ?, ?, ?) on "
                        "conflict (account_id, kind, name) do update set query = excluded.query",
                        {std::string{account}, std::string{kind.name}, std::string{name}, std::string{query}});
}

void unsubscribe(db::Transaction& transaction, std::string_view account, Kind const& kind, std::string_view name) {
    transaction.execute("delete from library_subscription where account_id = ? and kind = ? and name = ?",
                        {std::string{account}, std::string{kind.name}, std::string{name}});
}

std::vector<std::string> subscriptions(db::Session& session, std::string_view account, Kind const& kind) {
    std::vector<std::string> names;
    session.query("select name from library_subscription where account_id = ? and kind = ? limit 100",
                  {std::string{account}, std::string{kind.name}},
                  [&](db::Row const& row) { names.emplace_back(row.text(0)); });
    return names;
}

std::vector<std::string> subscribers_of(db::Session& session, Entry const& entry, std::span<Tag const> tags) {
    std::vector<std::string> accounts;
    session.query("select account_id, query from library_subscription where kind = ? order by account_id limit ?",
                  {entry.kind, looked_at_max}, [&](db::Row const& row) {
                      std::string_view query = row.text(1);
                      if (query.starts_with('?')) query.remove_prefix(1);
                      bool const told = !accounts.empty() && accounts.back() == row.text(0);
                      if (!told && would_list(http::parse_form(query).value_or(http::Pairs{}), entry, tags))
                          accounts.emplace_back(row.text(0));
                  });
    return accounts;
}

} // namespace sangu::library
