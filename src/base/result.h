#pragma once

// Expected refusals are values: a Result<T> holds T or an Error with a message key that is
// translated only where it is shown. Faults (disk full, database gone) are exceptions, caught at
// the edge of a request, job or command. Bugs are SANGU_ASSERT.

#include <tl/expected.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu {

// Why something was refused; one function maps it to an HTTP status (kernel/http/problem.h).
enum class Refusal : std::uint8_t {
    invalid,         // 422: the input is wrong, see problems
    unauthenticated, // 401: sign in first
    forbidden,       // 403
    not_found,       // 404
    conflict,        // 409: contradicts what is stored (unique, state)
    stale,           // 412: somebody else changed it meanwhile
    too_large,       // 413
    too_many,        // 429: rate limit or lockout
    unavailable,     // 503: overloaded, try later
};

// One thing wrong with the input. `field` is empty when it concerns the whole.
// `key` is a message id; `arguments` fill {1}, {2} … of the message.
struct Problem {
    std::string field;
    std::string key;
    std::vector<std::string> arguments;
    std::int64_t line = 0;   // of a file, from 1; 0: not from a file
    std::int64_t column = 0; // likewise

    bool operator==(Problem const&) const = default;
};
using Problems = std::vector<Problem>;

struct Error {
    Refusal refusal = Refusal::invalid;
    std::string key; // message id, for example "error.not_found"
    std::vector<std::string> arguments;
    Problems problems;

    bool operator==(Error const&) const = default;
};

template <class T> using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> refuse(Refusal refusal, std::string_view key,
                                                  std::vector<std::string> arguments = {}) {
    return tl::make_unexpected(Error{refusal, std::string{key}, std::move(arguments), {}});
}

[[nodiscard]] inline tl::unexpected<Error> refuse(Problems problems) {
    return tl::make_unexpected(Error{Refusal::invalid, "error.invalid", {}, std::move(problems)});
}

[[noreturn]] void assertion_failed(char const* condition, char const* file, int line);

} // namespace sangu

// The value of a Result, or return its error from the enclosing function.
#define TRY(...)                                                                                                       \
    __extension__({                                                                                                    \
        auto&& sangu_try_result = (__VA_ARGS__);                                                                       \
        if (!sangu_try_result) return tl::make_unexpected(std::move(sangu_try_result).error());                        \
        *std::move(sangu_try_result);                                                                                  \
    })

// The same for Result<void>.
#define TRY_VOID(...)                                                                                                  \
    do {                                                                                                               \
        if (auto&& sangu_try_result = (__VA_ARGS__); !sangu_try_result)                                                \
            return tl::make_unexpected(std::move(sangu_try_result).error());                                           \
    } while (false)

// A condition that only a bug can break; on in every build.
#define SANGU_ASSERT(condition)                                                                                        \
    ((condition) ? static_cast<void>(0) : ::sangu::assertion_failed(#condition, __FILE__, __LINE__))
