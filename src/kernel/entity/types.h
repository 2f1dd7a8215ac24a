#pragma once

// The types a member may have, and how they become Values and are read from rows. A new type needs one specialisation
// here and its line in the switches over Kind.

#include "base/id.h"
#include "base/money.h"
#include "base/time.h"
#include "kernel/entity/meta.h"

#include <optional>
#include <type_traits>

namespace sangu::entity {

namespace detail {
bool is_null(db::Row const& row, int column);
std::string_view text_of(db::Row const& row, int column);
} // namespace detail

template <class T> struct Type; // an undefined Type<T> in an error message: the member type is not supported

template <> struct Type<bool> {
    static constexpr Kind kind = Kind::boolean;
    static Value load(bool const&);
    static bool store(bool&, Value const&);
    static bool read(bool&, db::Row const&, int column);
};
template <> struct Type<std::int64_t> {
    static constexpr Kind kind = Kind::integer;
    static Value load(std::int64_t const&);
    static bool store(std::int64_t&, Value const&);
    static bool read(std::int64_t&, db::Row const&, int column);
};
template <> struct Type<double> {
    static constexpr Kind kind = Kind::real;
    static Value load(double const&);
    static bool store(double&, Value const&);
    static bool read(double&, db::Row const&, int column);
};
template <> struct Type<std::string> {
    static constexpr Kind kind = Kind::text;
    static Value load(std::string const&);
    static bool store(std::string&, Value const&);
    static bool read(std::string&, db::Row const&, int column);
};
template <> struct Type<Money> {
    static constexpr Kind kind = Kind::money;
    static Value load(Money const&);
    static bool store(Money&, Value const&);
    static bool read(Money&, db::Row const&, int column);
};
template <> struct Type<Date> {
    static constexpr Kind kind = Kind::date;
    static Value load(Date const&);
    static bool store(Date&, Value const&);
    static bool read(Date&, db::Row const&, int column);
};
template <> struct Type<Instant> {
    static constexpr Kind kind = Kind::instant;
    static Value load(Instant const&);
    static bool store(Instant&, Value const&);
    static bool read(Instant&, db::Row const&, int column);
};
template <class E> struct Type<Id<E>> {
    static constexpr Kind kind = Kind::id;
    static Value load(Id<E> const& id) { return Type<std::string>::load(id.text); }
    static bool store(Id<E>& id, Value const& value) { return Type<std::string>::store(id.text, value); }
    static bool read(Id<E>& id, db::Row const& row, int column) {
        return Type<std::string>::read(id.text, row, column);
    }
};
template <class E>
    requires std::is_enum_v<E>
struct Type<E> {
    static constexpr Kind kind = Kind::choice;
    static constexpr auto table = choices_of(E{});
    static Value load(E const& member) {
        for (Choice const& choice : table)
            if (choice.value == static_cast<std::int64_t>(member)) return std::string{choice.name};
        return {};
    }
    static bool store(E& member, Value const& value) {
        auto const* name = std::get_if<std::string>(&value);
        return name && store_name(member, *name);
    }
    static bool read(E& member, db::Row const& row, int column) {
        return store_name(member, detail::text_of(row, column));
    }

private:
    static bool store_name(E& member, std::string_view name) {
        for (Choice const& choice : table)
            if (choice.name == name) return member = static_cast<E>(choice.value), true;
        return false;
    }
};

template <class T>
concept Supported = requires { Type<T>::kind; };

namespace detail {

template <class T> struct Unwrap {
    using type = T;
    static constexpr bool optional = false;
};
template <class T> struct Unwrap<std::optional<T>> {
    using type = T;
    static constexpr bool optional = true;
};

template <class T> constexpr std::span<Choice const> choices_for() {
    if constexpr (Type<T>::kind == Kind::choice)
        return Type<T>::table;
    else
        return {};
}

template <class T>
inline constexpr TypeOps ops_for{
    Type<T>::kind,
    false,
    [](void const* member) { return Type<T>::load(*static_cast<T const*>(member)); },
    [](void* member, Value const& value) { return Type<T>::store(*static_cast<T*>(member), value); },
    [](void* member, db::Row const& row, int column) { return Type<T>::read(*static_cast<T*>(member), row, column); },
    choices_for<T>()};

template <class T>
inline constexpr TypeOps ops_for<std::optional<T>>{
    Type<T>::kind,
    true,
    [](void const* member) -> Value {
        auto const& optional = *static_cast<std::optional<T> const*>(member);
        return optional ? Type<T>::load(*optional) : Value{};
    },
    [](void* member, Value const& value) {
        auto& optional = *static_cast<std::optional<T>*>(member);
        if (std::holds_alternative<std::monostate>(value)) return optional.reset(), true;
        T candidate{}; // a refused value must leave the member as it was
        return Type<T>::store(candidate, value) && (optional = std::move(candidate), true);
    },
    [](void* member, db::Row const& row, int column) {
        auto& optional = *static_cast<std::optional<T>*>(member);
        if (is_null(row, column)) return optional.reset(), true;
        return Type<T>::read(optional.emplace(), row, column);
    },
    choices_for<T>()};

} // namespace detail

} // namespace sangu::entity
