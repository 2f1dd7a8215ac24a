#include "modules/notices/by_mail.h"

#include "base/time_zone.h"
#include "kernel/auth/holders.h"
#include "kernel/auth/random.h"
#include "kernel/mail/address.h"
#include "kernel/mail/mail.h"

#include <algorithm>

namespace sangu::notices {

namespace {

constexpr int morning_hour = 8;
constexpr int digest_lines_max = 50;
constexpr std::int64_t accounts_max = 10'000;

struct Delivery {
    std::string account, unsubscribe;
    std::int64_t last_event = 0;
};

std::string address_of(Services const& services, std::string_view path) {
    return services.settings.public_url + std::string{path};
}

// Everybody may see what is public; else those who have the permission that the event names.
bool may_see(Services const& services, std::optional<auth::Actor> const& actor, Entry const& entry) {
    if (entry.visibility == "public") return true;
    return actor && services.permissions.allows(*actor, entry.visibility, entry.scope);
}

std::optional<auth::Actor> actor_of(Services const& services, db::Session& session, std::string_view account) {
    return auth::actor_of(session, account, local_date(services.clock.now()));
}

void add_entry(std::string& text, Services const& services, Entry const& entry, i18n::Language language) {
    text += entry.text(language) + "\n" + address_of(services, entry.path) + "\n\n";
}

mail::Message letter(Services const& services, mail::Recipient const& to, std::string const& word) {
    return {.to = to.address,
            .to_name = to.name,
            .unsubscribe = address_of(services, "/api/v1/notices/unsubscribe/" + word)};
}

void add_ending(std::string& text, Services const& services, std::string const& word, i18n::Language language) {
    std::string const arguments[]{address_of(services, "/inbox/preferences"),
                                  address_of(services, "/inbox/unsubscribe/" + word)};
    text += "-- \n" + i18n::message(language, "notices.mail.ending", arguments) + "\n";
}

std::optional<Delivery> delivery_of(db::Session& session, std::string_view account, Rhythm rhythm) {
    std::optional<Delivery> found;
    session.query("select account_id, unsubscribe, last_event from notices_delivery where account_id = ? and rhythm = ?",
                  {std::string{account}, std::string{name_of(rhythm)}}, [&](db::Row const& row) {
                      found = Delivery{std::string{row.text(0)}, std::string{row.text(1)}, row.integer(2)};
                  });
    return found;
}

// Accounts with the daily mail that have got none today.
std::vector<Delivery> due_digests(db::Session& session, Date today) {
    std::vector<Delivery> due;
    session.query("select account_id, unsubscribe, last_event from notices_delivery where rhythm = 'daily' and (sent_at "
                  "is null or sent_at < ?) limit ?",
                  {to_text(start_of(today)), accounts_max}, [&](db::Row const& row) {
                      due.push_back({std::string{row.text(0)}, std::string{row.text(1)}, row.integer(2)});
                  });
    return due;
}

void send_digest(Context const& context, db::Transaction& transaction, Delivery const& due) {
    Services const& services = context.services;
    auto const to = mail::recipient_of(transaction, due.account);
    auto const actor = actor_of(services, transaction, due.account);
    std::vector<Entry> fresh;
    std::int64_t last = due.last_event;
    for (Entry& one : unread(transaction, due.account)) {
        last = std::max(last, one.event);
        if (one.event > due.last_event && may_see(services, actor, one)) fresh.push_back(std::move(one));
    }
    if (to && !fresh.empty()) {
        auto message = letter(services, *to, due.unsubscribe);
        message.key = "digest:" + due.account + ":" + to_text(context.today());
        std::string const count[]{std::to_string(fresh.size())};
        message.subject = i18n::message(to->language, "notices.mail.digest", count);
        for (std::size_t i = 0; i < fresh.size() && i < digest_lines_max; ++i)
            add_entry(message.text, services, fresh[i], to->language);
        add_ending(message.text, services, due.unsubscribe, to->language);
        mail::queue(services.settings, transaction, message, context.now());
    }
    transaction.execute("update notices_delivery set last_event = ?, sent_at = ? where account_id = ?",
                        {last, to_text(context.now()), due.account});
}

} // namespace

std::string_view name_of(Rhythm rhythm) {
    switch (rhythm) {
    case Rhythm::at_once: return "at_once";
    case Rhythm::daily: return "daily";
    case Rhythm::none: return "none";
    }
    return "none";
}

std::optional<Rhythm> rhythm_named(std::string_view name) {
    for (Rhythm const one : {Rhythm::none, Rhythm::daily, Rhythm::at_once})
        if (name_of(one) == name) return one;
    return {};
}

Rhythm rhythm_of(db::Session& session, std::string_view account) {
    auto const name = session.text("select rhythm from notices_delivery where account_id = ?", {std::string{account}});
    return name ? rhythm_named(*name).value_or(Rhythm::none) : Rhythm::none;
}

void set_rhythm(db::Transaction& transaction, std::string_view account, Rhythm rhythm) {
    std::int64_t const last = events::last_sequence(transaction);
    transaction.execute("insert into notices_delivery (account_id, rhythm, unsubscribe, last_event) values (?, ?, ?, ?) "
                        "on conflict (account_id) do update set rhythm = excluded.rhythm, last_event = "
                        "excluded.last_event",
                        {std::string{account}, std::string{name_of(rhythm)}, auth::random_token(), last});
}

bool unsubscribe(db::Transaction& transaction, std::string_view word) {
    return transaction.execute("update notices_delivery set rhythm = 'none' where unsubscribe = ?",
                               {std::string{word}}) == 1;
}

bool is_unsubscribe_word(db::Session& session, std::string_view word) {
    return session.exists("select 1 from notices_delivery where unsubscribe = ?", {std::string{word}});
}

void mail_at_once(Services const& services, db::Transaction& transaction, std::string_view account,
                  Entry const& entry) {
    if (!mail::is_enabled(services.settings)) return;
    auto const delivery = delivery_of(transaction, account, Rhythm::at_once);
    auto const to = delivery ? mail::recipient_of(transaction, account) : std::nullopt;
    if (!to || !may_see(services, actor_of(services, transaction, account), entry)) return;
    auto message = letter(services, *to, delivery->unsubscribe);
    message.key = "notice:" + std::to_string(entry.event) + ":" + std::string{account};
    message.subject = entry.text(to->language);
    add_entry(message.text, services, entry, to->language);
    add_ending(message.text, services, delivery->unsubscribe, to->language);
    mail::queue(services.settings, transaction, message, services.clock.now());
}

Result<void> send_digests(Context& context, std::string_view, std::string_view) {
    if (!mail::is_enabled(context.services.settings) || local(context.now()).hour < morning_hour) return {};
    for (Delivery const& due : due_digests(context.reader(), context.today()))
        context.services.database.write(
            [&](db::Transaction& transaction) { send_digest(context, transaction, due); });
    return {};
}

} // namespace sangu::notices
