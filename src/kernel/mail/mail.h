#pragma once

// Mail as an effect of an act: queued in its transaction, sent by a job with growing pauses between tries, under a
// Message-ID that stays the same, so that a mail which a server got twice is known as one. Off until the settings name a
// server and a sender.

#include "base/result.h"
#include "base/time.h"
#include "kernel/config/settings.h"
#include "kernel/db/db.h"
#include "kernel/jobs/jobs.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::mail {

struct Message {
    std::string key; // what it is about: the same key is one mail, however often it is queued
    std::string to;  // an address that is_mail_address
    std::string to_name;
    std::string subject;
    std::string text;        // plain text, lines end with "\n"
    std::string unsubscribe; // address for one-click unsubscription (RFC 8058); "": none
};

bool is_enabled(config::Settings const& settings);

// Inside the act's transaction. False when mail is off, the address is none, or the key was queued before.
bool queue(config::Settings const& settings, db::Transaction& transaction, Message const& message, Instant now);

// "kernel.mail.send", one job for each mail.
jobs::Handler job_handler();
// Forgets mails a month after they were sent, and what never was after three.
void forget_old_mail(db::Transaction& transaction, Instant now);

} // namespace sangu::mail
