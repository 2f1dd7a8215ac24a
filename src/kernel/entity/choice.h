#pragma once

// The closed set of values of an enum, listed once beside it:
//   inline constexpr auto choices_of(OrganisationKind) { return choices<OrganisationKind>({{company, "company"}, …}); }

#include <array>
#include <cstdint>
#include <string_view>

namespace sangu {

struct Choice {
    std::int64_t value;
    std::string_view name; // what is stored, sent and translated: "<entity>.<field>.<name>"
};

template <class E> struct NamedValue {
    E value;
    std::string_view name;
};

template <class E, std::size_t N> consteval std::array<Choice, N> choices(NamedValue<E> const (&named)[N]) {
    std::array<Choice, N> result{};
    for (std::size_t i = 0; i < N; ++i) result[i] = {static_cast<std::int64_t>(named[i].value), named[i].name};
    return result;
}

// The stored name of an enum value; "" for a value that is not listed.
template <class E> constexpr std::string_view name_of(E value) {
    for (Choice const& choice : choices_of(E{}))
        if (choice.value == static_cast<std::int64_t>(value)) return choice.name;
    return "";
}

} // namespace sangu
