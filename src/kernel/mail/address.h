#pragma once

// The confirmed address of an account, and the links in mails that prove who reads them.

#include "kernel/context.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::mail {

struct Recipient {
    std::string account_id, login, name, address;
    i18n::Language language = i18n::Language::zh_hans;
};
// An active account with a confirmed address.
std::optional<Recipient> recipient_of(db::Session& session, std::string_view account_id);
std::optional<std::string> address_of(db::Session& session, std::string_view account_id);
void set_address(db::Transaction& transaction, std::string_view account_id, std::string_view address, Instant now);
void remove_address(db::Transaction& transaction, std::string_view account_id);

enum class Purpose : std::uint8_t { address, password };
// How long a link works: an address may be confirmed within a day, a password set within half an hour.
std::int64_t life_ms(Purpose purpose);
// A new random token, replacing earlier ones of the account for the purpose; only its hash is stored. Nothing within
// five minutes of the last one, so that nobody's mailbox can be flooded.
std::optional<std::string> make_token(db::Transaction& transaction, std::string_view account_id, Purpose purpose,
                                      std::string_view address, Instant now);
struct Proven {
    std::string account_id, address;
};
// What a token stands for, while it works.
std::optional<Proven> look_at_token(db::Session& session, std::string_view token, Purpose purpose, Instant now);
// The same, and the token is used up.
std::optional<Proven> use_token(db::Transaction& transaction, std::string_view token, Purpose purpose, Instant now);

} // namespace sangu::mail
