#include "kernel/auth/secrets.h"

#include "base/log.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/runtime.h"
#include "kernel/auth/session.h"
#include "kernel/auth/sign_in.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

namespace sangu::auth {

namespace {

struct Stored {
    std::string account_id, secret, pending;
};

std::vector<Stored> stored_secrets(db::Session& session) {
    std::vector<Stored> all;
    session.query("select account_id, totp_secret, totp_pending from kernel_credential where totp_secret <> '' or "
                  "totp_pending <> ''",
                  {}, [&](db::Row const& row) {
                      all.push_back({std::string{row.text(0)}, std::string{row.text(1)}, std::string{row.text(2)}});
                  });
    return all;
}

std::vector<std::string> registered(db::Session& session) {
    std::vector<std::string> ids;
    session.query("select id from kernel_secret_key order by made_at, id", {},
                  [&](db::Row const& row) { ids.emplace_back(row.text(0)); });
    return ids;
}

void note_keys(db::Transaction& transaction, KeyRing const& ring, Instant now) {
    for (std::string const& id : ring.ids())
        transaction.execute("insert into kernel_secret_key (id, made_at) values (?, ?) on conflict (id) do nothing",
                            {id, to_text(now)});
}

std::string owner_of(std::string_view account_id) { return "totp:" + std::string{account_id}; }

void store(db::Transaction& transaction, Stored const& one) {
    transaction.execute("update kernel_credential set totp_secret = ?, totp_pending = ? where account_id = ?",
                        {one.secret, one.pending, one.account_id});
}

// Opens and seals again with the newest key; false when it cannot be opened. Plain text of earlier versions is sealed.
bool reseal(KeyRing const& ring, std::string& stored, std::string_view account_id) {
    if (stored.empty()) return true;
    auto const plain = is_sealed(stored) ? ring.open(stored, owner_of(account_id)) : std::optional{stored};
    if (plain) stored = ring.seal(*plain, owner_of(account_id));
    return plain.has_value();
}

void seal_plain_ones(db::Database& database, KeyRing const& ring) {
    std::int64_t sealed = 0;
    auto const is_plain = [](std::string const& text) { return !text.empty() && !is_sealed(text); };
    database.write([&](db::Transaction& transaction) {
        sealed = 0;
        for (Stored& one : stored_secrets(transaction)) {
            if (!is_plain(one.secret) && !is_plain(one.pending)) continue;
            for (std::string* text : {&one.secret, &one.pending})
                if (is_plain(*text)) reseal(ring, *text, one.account_id);
            store(transaction, one);
            ++sealed;
        }
    });
    if (sealed > 0) log::info("auth.secrets_sealed", {{"count", std::to_string(sealed)}});
}

std::shared_ptr<KeyRing const> ring_of(Services& services, bool again) {
    Runtime& runtime = runtime_of(services);
    std::lock_guard const lock{runtime.mutex};
    if (!runtime.keys || again) {
        std::string const file = key_file_of(services.settings);
        if (!std::filesystem::exists(file)) KeyRing::create(file);
        runtime.keys = std::make_shared<KeyRing const>(KeyRing::read(file));
    }
    return runtime.keys;
}

} // namespace

std::string key_file_of(config::Settings const& settings) {
    if (!settings.key_file.empty()) return settings.key_file;
    constexpr std::string_view sqlite = "sqlite:";
    if (!settings.database.starts_with(sqlite)) return "var/sangu.key";
    return std::filesystem::path{settings.database.substr(sqlite.size())}.replace_extension("key").string();
}

void prepare_keys(Services& services) {
    std::string const file = key_file_of(services.settings);
    auto const known = registered(*services.database.read());
    if (!std::filesystem::exists(file)) {
        if (!known.empty())
            throw std::runtime_error{"the key file " + file + " is missing; this database has secrets sealed with key " +
                                     known.back() +
                                     ". Copy the file back from where it is kept (or from the other server), or run "
                                     "`sangu key replace-lost`"};
        KeyRing::create(file);
    }
    auto const ring = ring_of(services, true);
    for (std::string const& id : known)
        if (!ring->knows(id))
            throw std::runtime_error{"the key file " + file + " does not hold key " + id +
                                     ", which this database uses. Copy the right file back, or run `sangu key "
                                     "replace-lost`"};
    if (!std::ranges::all_of(ring->ids(), [&](auto const& id) { return std::ranges::find(known, id) != known.end(); }))
        services.database.write(
            [&](db::Transaction& transaction) { note_keys(transaction, *ring, services.clock.now()); });
    seal_plain_ones(services.database, *ring);
}

std::string seal_secret(Services& services, std::string_view secret, std::string_view account_id) {
    return ring_of(services, false)->seal(secret, owner_of(account_id));
}

std::optional<std::string> open_secret(Services& services, std::string_view sealed, std::string_view account_id) {
    auto ring = ring_of(services, false);
    if (!ring->knows(key_id_of(sealed))) ring = ring_of(services, true);
    return ring->open(sealed, owner_of(account_id));
}

KeyState look_at_keys(db::Session& session, config::Settings const& settings) {
    KeyState state{.file = key_file_of(settings)};
    struct stat about {};
    state.exists = ::stat(state.file.c_str(), &about) == 0;
    state.is_private = state.exists && (about.st_mode & 077) == 0;
    std::optional<KeyRing> ring;
    try {
        if (state.exists) ring = KeyRing::read(state.file);
    } catch (std::exception const& exception) {
        state.problem = exception.what();
    }
    state.readable = ring.has_value();
    if (ring) state.ids = ring->ids();
    for (std::string& id : registered(session))
        if (!ring || !ring->knows(id)) state.missing.push_back(std::move(id));
    for (Stored const& one : stored_secrets(session))
        for (std::string const* text : {&one.secret, &one.pending}) {
            if (text->empty()) continue;
            ++(is_sealed(*text) ? state.sealed : state.plain);
            if (ring && key_id_of(*text) == ring->newest()) ++state.with_newest;
        }
    return state;
}

Result<std::int64_t> rotate_keys(db::Database& database, config::Settings const& settings, Instant now) {
    std::string const file = key_file_of(settings);
    std::string const id = KeyRing::append(file);
    KeyRing const ring = KeyRing::read(file);
    return db::transact<std::int64_t>(database, [&](db::Transaction& transaction) -> Result<std::int64_t> {
        std::int64_t sealed = 0;
        for (Stored& one : stored_secrets(transaction)) {
            if (!reseal(ring, one.secret, one.account_id) || !reseal(ring, one.pending, one.account_id))
                return refuse(Refusal::conflict, "auth.keys.damaged");
            store(transaction, one);
            ++sealed;
        }
        note_keys(transaction, ring, now);
        audit::append(transaction, system_actor(), now, "", "",
                      {.action = "auth.keys_rotated", .object_kind = "kernel.secret_key", .object_id = id});
        return sealed;
    });
}

Result<std::int64_t> replace_lost_keys(db::Database& database, config::Settings const& settings, Instant now) {
    std::string const file = key_file_of(settings);
    if (!std::filesystem::exists(file)) KeyRing::create(file);
    KeyRing const ring = KeyRing::read(file);
    return db::transact<std::int64_t>(database, [&](db::Transaction& transaction) -> Result<std::int64_t> {
        std::int64_t reset = 0;
        for (Stored const& one : stored_secrets(transaction)) {
            std::string secret = one.secret, pending = one.pending;
            if (reseal(ring, secret, one.account_id) && reseal(ring, pending, one.account_id)) continue;
            reset_second_factor(transaction, one.account_id);
            audit::append(
                transaction, system_actor(), now, "", "",
                {.action = "auth.second_factor_reset", .object_kind = "kernel.account", .object_id = one.account_id});
            ++reset;
        }
        for (std::string const& id : registered(transaction))
            if (!ring.knows(id)) transaction.execute("delete from kernel_secret_key where id = ?", {id});
        note_keys(transaction, ring, now);
        audit::append(transaction, system_actor(), now, "", "",
                      {.action = "auth.keys_replaced", .object_kind = "kernel.secret_key", .object_id = ring.newest()});
        return reset;
    });
}

} // namespace sangu::auth
