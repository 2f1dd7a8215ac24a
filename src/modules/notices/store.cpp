#include "modules/notices/store.h"

namespace sangu::notices {

namespace {

Entry entry_from(db::Row const& row) {
    Entry entry;
    entry.event = row.integer(0);
    entry.topic = row.text(1);
    entry.message = row.text(2);
    entry.subject_zh = row.text(3);
    entry.subject_en = row.text(4);
    entry.path = row.text(5);
    entry.at = parse_instant(row.text(6)).value_or(Instant{});
    if (!row.is_null(7)) entry.read_at = parse_instant(row.text(7)).value_or(Instant{});
    entry.visibility = row.text(8);
    entry.scope = row.text(9);
    return entry;
}

std::vector<Entry> entries(db::Session& session, std::string_view sql, std::initializer_list<Value> parameters) {
    std::vector<Entry> found;
    session.query(sql, parameters, [&](db::Row const& row) { found.push_back(entry_from(row)); });
    return found;
}

std::set<std::string, std::less<>> texts(db::Session& session, std::string_view sql, std::string_view parameter) {
    std::set<std::string, std::less<>> found;
    session.query(sql, {std::string{parameter}}, [&](db::Row const& row) { found.emplace(row.text(0)); });
    return found;
}

} // namespace

std::string Entry::text(i18n::Language language) const {
    std::string subject = language == i18n::Language::en && !subject_en.empty() ? subject_en : subject_zh;
    if (language == i18n::Language::zh_hant) subject = i18n::to_traditional(subject);
    if (!i18n::has_message(language, message)) return subject;
    return i18n::message(language, message, std::vector<std::string>{subject});
}

std::vector<Entry> unread(db::Session& session, std::string_view account) {
    return entries(session,
                   "select event, topic, message, subject_zh, subject_en, path, at, read_at, visibility, scope from "
                   "notices_entry where "
                   "account_id = ? and read_at is null order by event desc limit ?",
                   {std::string{account}, unread_max});
}

std::vector<Entry> read_before(db::Session& session, std::string_view account, std::int64_t event, int limit) {
    return entries(session,
                   "select event, topic, message, subject_zh, subject_en, path, at, read_at, visibility, scope from "
                   "notices_entry where "
                   "account_id = ? and read_at is not null and event < ? order by event desc limit ?",
                   {std::string{account}, event, std::int64_t{limit}});
}

std::optional<Entry> find(db::Session& session, std::string_view account, std::int64_t event) {
    auto found = entries(
        session,
        "select event, topic, message, subject_zh, subject_en, path, at, read_at, visibility, scope from notices_entry "
        "where account_id = ? and event = ?",
        {std::string{account}, event});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::int64_t count_unread(db::Session& session, std::string_view account) {
    return session
        .integer("select count(*) from (select 1 from notices_entry where account_id = ? and read_at is null limit ?) "
                 "as unread",
                 {std::string{account}, unread_max})
        .value_or(0);
}

bool add(db::Transaction& transaction, std::string_view account, std::string_view topic, events::Event const& event,
         events::Notice const& notice) {
    return transaction.execute(
               "insert into notices_entry (account_id, event, topic, message, subject_zh, subject_en, path, at, "
               "visibility, scope) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (account_id, event) do nothing",
               {std::string{account}, event.sequence, std::string{topic}, notice.text, notice.subject_zh,
                notice.subject_en, notice.path, to_text(event.at), event.visibility, event.scope}) == 1;
}

void mark_read(db::Transaction& transaction, std::string_view account, std::int64_t event, Instant now) {
    transaction.execute("update notices_entry set read_at = ? where account_id = ? and event = ? and read_at is null",
                        {to_text(now), std::string{account}, event});
}

void mark_all_read(db::Transaction& transaction, std::string_view account, std::int64_t event, Instant now) {
    transaction.execute("update notices_entry set read_at = ? where account_id = ? and event <= ? and read_at is null",
                        {to_text(now), std::string{account}, event});
}

std::int64_t forget_read_before(db::Transaction& transaction, Instant before) {
    return transaction.execute("delete from notices_entry where read_at is not null and read_at < ?",
                               {to_text(before)});
}

std::set<std::string, std::less<>> unwanted_topics(db::Session& session, std::string_view account) {
    return texts(session, "select topic from notices_preference where account_id = ? and wanted = false", account);
}

std::set<std::string, std::less<>> unwilling(db::Session& session, std::string_view topic) {
    return texts(session, "select account_id from notices_preference where topic = ? and wanted = false", topic);
}

void set_wanted(db::Transaction& transaction, std::string_view account, std::string_view topic, bool wanted) {
    transaction.execute("insert into notices_preference (account_id, topic, wanted) values (?, ?, ?) on conflict "
                        "(account_id, topic) do update set wanted = excluded.wanted",
                        {std::string{account}, std::string{topic}, wanted});
}

} // namespace sangu::notices
