#pragma once

// A repeated POST with the same key gets the first reply again. The key is claimed inside the act's transaction
// (Context::change), so an act that was undone leaves no claim; the reply is stored behind it.

#include "base/time.h"
#include "kernel/db/db.h"
#include "kernel/http/message.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::http {

struct IdempotencyKey {
    std::string actor, key, request_hash;
};

// The hash of what a request asks for: method, target and body or form, without its tokens.
std::string request_hash_of(Request const& request);

struct Earlier {
    bool is_same_request = false;
    std::optional<Reply> reply; // nothing: the act is done, its reply is not (yet) stored
};
// What is known of the key; nothing when it was never claimed.
std::optional<Earlier> find_earlier(db::Database& database, IdempotencyKey const& key);
// Stores the reply when the act has claimed the key. Replies with cookies, streams or above 64 KiB are not stored.
void store_reply(db::Database& database, IdempotencyKey const& key, Reply const& reply);

} // namespace sangu::http
