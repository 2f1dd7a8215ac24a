#pragma once

// Notices by mail: at once, once a day, or not at all, as each account chooses. Nobody gets by mail what he may not see,
// and every mail carries a link that stops them.

#include "kernel/context.h"
#include "kernel/events/audience.h"
#include "modules/notices/store.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::notices {

enum class Rhythm : std::uint8_t { none, daily, at_once };
std::string_view name_of(Rhythm rhythm);
std::optional<Rhythm> rhythm_named(std::string_view name);

Rhythm rhythm_of(db::Session& session, std::string_view account);
// What is told before the change is never mailed afterwards.
void set_rhythm(db::Transaction& transaction, std::string_view account, Rhythm rhythm);
// By the link of a mail. False when nobody has this word.
bool unsubscribe(db::Transaction& transaction, std::string_view word);
bool is_unsubscribe_word(db::Session& session, std::string_view word);

// Queues the mail about an entry that was just added, for an account that wants it at once.
void mail_at_once(Services const& services, db::Transaction& transaction, std::string_view account,
                  Entry const& entry);
// The job "notices.digest": from eight in the morning, one mail a day with what came in since the last and is unread.
Result<void> send_digests(Context& context, std::string_view key, std::string_view payload);

} // namespace sangu::notices
