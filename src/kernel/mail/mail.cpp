#include "kernel/mail/mail.h"

#include "base/id.h"
#include "base/log.h"
#include "base/mail_address.h"
#include "kernel/context.h"
#include "kernel/mail/compose.h"
#include "kernel/mail/smtp.h"

#include <optional>

namespace sangu::mail {

namespace {

constexpr std::string_view send_job = "kernel.mail.send";
constexpr std::int64_t day_ms = 86'400'000;
constexpr int tries_max = 12; // with the pauses of jobs: about a day

struct Queued {
    Message message;
    Instant queued_at;
};

std::optional<Queued> find_queued(db::Session& session, std::string_view id) {
    std::optional<Queued> found;
    session.query("select mail_key, to_address, to_name, subject, body, unsubscribe, queued_at from kernel_mail where "
                  "id = ? and state = 'queued'",
                  {std::string{id}}, [&](db::Row const& row) {
                      found = Queued{{.key = std::string{row.text(0)},
                                      .to = std::string{row.text(1)},
                                      .to_name = std::string{row.text(2)},
                                      .subject = std::string{row.text(3)},
                                      .text = std::string{row.text(4)},
                                      .unsubscribe = std::string{row.text(5)}},
                                     parse_instant(row.text(6)).value_or(Instant{})};
                  });
    return found;
}

void finish(db::Database& database, std::string_view id, std::string_view state, Instant now) {
    database.write([&](db::Transaction& transaction) {
        transaction.execute("update kernel_mail set state = ?, finished_at = ?, body = '' where id = ?",
                            {std::string{state}, to_text(now), std::string{id}});
    });
}

Result<void> send_queued(Context& context, std::string_view id, std::string_view) {
    config::Settings const& settings = context.services.settings;
    auto const queued = find_queued(context.reader(), id);
    if (!queued) return {};
    if (!is_enabled(settings)) return refuse(Refusal::unavailable, "error.mail.off");
    context.refresh();
    std::string const from = settings.mail_from;
    std::string const data = compose({.message = queued->message,
                                      .from = from,
                                      .from_name = settings.zone_name_zh,
                                      .message_id = message_id(id, from),
                                      .date = queued->queued_at});
    auto const sent = deliver(server_of(settings), from, queued->message.to, data);
    if (sent.outcome == Outcome::later) return refuse(Refusal::unavailable, "error.mail.not_sent", {sent.reason});
    bool const good = sent.outcome == Outcome::sent;
    if (!good) log::warning("mail.refused", {{"mail", std::string{id}}, {"reason", sent.reason}});
    finish(context.services.database, id, good ? "sent" : "refused", context.services.clock.now());
    return {};
}

} // namespace

bool is_enabled(config::Settings const& settings) {
    return !settings.mail_server.empty() && !settings.mail_from.empty();
}

bool queue(config::Settings const& settings, db::Transaction& transaction, Message const& message, Instant now) {
    if (!is_enabled(settings) || !is_mail_address(message.to)) return false;
    std::string const id = new_id();
    bool const is_new =
        transaction.execute("insert into kernel_mail (id, mail_key, to_address, to_name, subject, body, unsubscribe, "
                            "state, queued_at) values (?, ?, ?, ?, ?, ?, ?, 'queued', ?) on conflict (mail_key) do "
                            "nothing",
                            {id, message.key, message.to, message.to_name, message.subject, message.text,
                             message.unsubscribe, to_text(now)}) == 1;
    if (is_new) jobs::schedule(transaction, send_job, id, now);
    return is_new;
}

jobs::Handler job_handler() { return {.kind = send_job, .run = send_queued, .attempts_max = tries_max}; }

void forget_old_mail(db::Transaction& transaction, Instant now) {
    transaction.execute("delete from kernel_mail where finished_at is not null and finished_at < ?",
                        {to_text(Instant{now.ms - 30 * day_ms})});
    transaction.execute("delete from kernel_mail where queued_at < ?", {to_text(Instant{now.ms - 90 * day_ms})});
    transaction.execute("delete from kernel_mail_token where expires_at < ?", {to_text(now)});
}

} // namespace sangu::mail
