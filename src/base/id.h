#pragma once

// Identifiers: UUIDv7 bits written as 26 lower-case Crockford base-32 characters, the same text in
// memory, database, address, API and log. They sort by creation time.

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sangu {

// An identifier that cannot be confused with that of another entity; empty means "not set".
template <class Entity> struct Id {
    std::string text;

    explicit operator bool() const { return !text.empty(); }
    friend auto operator<=>(Id const&, Id const&) = default;
};

// A new UUIDv7 (RFC 9562) in 26 characters; monotonic within this process.
std::string new_id();

template <class Entity> Id<Entity> new_id_of() { return {new_id()}; }

// True for 26 characters of the Crockford alphabet (lower case).
bool is_id(std::string_view text);

} // namespace sangu

template <class Entity> struct std::hash<sangu::Id<Entity>> {
    std::size_t operator()(sangu::Id<Entity> const& id) const noexcept { return std::hash<std::string>{}(id.text); }
};
