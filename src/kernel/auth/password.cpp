#include "kernel/auth/password.h"

#include "base/blocking.h"
#include "base/text.h"
#include "kernel/auth/password_list.h"
#include "kernel/auth/random.h"

#include <argon2.h>

#include <algorithm>
#include <future>
#include <stdexcept>

namespace sangu::auth {

namespace {

constexpr std::uint32_t memory_kib = 19456, passes = 4, lanes = 1;
constexpr std::size_t salt_bytes = 16, hash_bytes = 32;

// All characters equal, or each one after (or before) the one to its left: "aaaaaaaaaa", "1234567890", "zyxwvutsrq".
bool is_one_pattern(std::string_view text) {
    for (int step : {0, 1, -1}) {
        bool same = true;
        for (std::size_t i = 1; i < text.size(); ++i)
            same = same && (text[i] - text[i - 1] == step || (text[i - 1] == '9' && text[i] == '0' && step == 1));
        if (same) return true;
    }
    return false;
}

template <class T> Result<T> run_on(WorkQueue& queue, FunctionRef<T()> work) {
    std::promise<T> promise;
    auto future = promise.get_future();
    bool const taken = queue.submit([&] {
        try {
            promise.set_value(work());
        } catch (...) {
            promise.set_exception(std::current_exception());
        }
    });
    if (!taken) return refuse(Refusal::too_many, "error.too_many");
    Blocking const blocking;
    return future.get();
}

} // namespace

Problems check_password(std::string_view password, std::string_view login, std::int64_t length_min,
                        std::string_view field) {
    Problems problems;
    auto const add = [&](std::string_view key, std::vector<std::string> arguments = {}) {
        problems.push_back({std::string{field}, std::string{key}, std::move(arguments)});
    };
    auto const length = count_characters(password);
    std::string const lower = to_lower_ascii(password);
    if (!is_valid_utf8(password))
        add("auth.password.not_text");
    else if (length < static_cast<std::size_t>(length_min))
        add("auth.password.short", {std::to_string(length_min)});
    else if (length > password_length_max)
        add("auth.password.long", {std::to_string(password_length_max)});
    else if (is_widely_used(lower) || is_one_pattern(lower))
        add("auth.password.common");
    else if (login.size() >= 3 && lower.find(to_lower_ascii(login)) != std::string::npos)
        add("auth.password.login");
    return problems;
}

std::string hash_password_now(std::string_view password) {
    std::string const salt = random_bytes(salt_bytes);
    std::string encoded(argon2_encodedlen(passes, memory_kib, lanes, salt_bytes, hash_bytes, Argon2_id), '\0');
    int const status = argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
                                             salt.size(), hash_bytes, encoded.data(), encoded.size());
    if (status != ARGON2_OK) throw std::runtime_error{argon2_error_message(status)};
    encoded.resize(encoded.find('\0')); // the length counts the closing zero
    return encoded;
}

bool verify_password_now(std::string_view stored, std::string_view password) {
    return argon2id_verify(std::string{stored}.c_str(), password.data(), password.size()) == ARGON2_OK;
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
    return run_on<std::string>(queue_, [&] { return hash_password_now(password); });
}

Result<bool> PasswordHasher::verify(std::string_view stored, std::string_view password) {
    // The hash of nothing anybody knows, with the same cost as a real one.
    constexpr std::string_view unknown = "$argon2id$v=19$m=19456,t=4,p=1$c2FuZ3Uvbm9ib2R5LzAwMQ$"
                                         "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    return run_on<bool>(queue_, [&] {
        bool const right =
            verify_password_now(stored.empty() ? unknown : stored, password.substr(0, 4 * password_length_max));
        return right && !stored.empty();
    });
}

} // namespace sangu::auth
