#pragma once

// One declaration per entity. A plain struct is described by a constexpr list of fields
// (pointers to members). The description is type-erased at once into FieldMeta records,
// so that SQL, JSON, forms, CSV, OpenAPI and search are ordinary functions, compiled once (derive.h, store.h).

#include "base/id.h"
#include "base/money.h"
#include "base/result.h"
#include "base/time.h"
#include "base/value.h"
#include "kernel/entity/choice.h"

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace sangu::entity {

enum class Kind : std::uint8_t { boolean, integer, real, text, money, date, instant, id, choice };

// What generic code must know about the type of a member.
struct TypeOps {
    Kind kind;
    bool optional;
    Value (*load)(void const* member);
    bool (*store)(void* member, Value const& value);  // false: the value does not fit
    std::span<Choice const> choices = {};
};

struct FieldMeta {
    std::string_view name;
    TypeOps const* type = nullptr;
    void* (*member)(void* object) = nullptr;

    bool key = false;
    bool required = false;
    bool unique = false;
    bool read_only = false;  // set by the system: shown, never taken from a form
    bool hidden = false;     // never leaves the server
    bool listed = false;     // a column of lists unless the reader chooses others
    bool facet = false;      // offered as a filter with counts (choice, boolean, id)
    bool personal = false;   // personal data: masked in exports for others, part of a person's own export
    bool version = false;    // optimistic lock counter
    bool multiline = false;
    std::uint8_t search_weight = 0;
    std::size_t min_length = 0;
    std::size_t max_length = 0;
    std::int64_t min = INT64_MIN;
    std::int64_t max = INT64_MAX;
    std::string_view refers_to = {}; // the referenced entity: "registry.organisation"
    std::string_view format = {};    // a named format, see format.h: "uscc", "email", "phone", "url"

    Value load(void const* object) const { return type->load(member(const_cast<void*>(object))); }
    bool store(void* object, Value const& value) const { return type->store(member(object), value); }
};

// A rule over several fields of one entity.
struct RuleMeta {
    std::string_view key;  // message key: "<entity>.rule.<key>"
    bool (*holds)(void const* object) = nullptr;
};

struct EntityMeta {
    std::string_view name;  // "registry.organisation"; the table is "registry_organisation"
    std::span<FieldMeta const> fields;
    std::span<RuleMeta const> rules;
    // For generic code that must own an object (AnyObject, any_object.h).
    void* (*make)() = nullptr;
    void (*destroy)(void* object) = nullptr;
    void (*assign)(void* to, void const* from) = nullptr;

    FieldMeta const* find(std::string_view field_name) const;
    FieldMeta const& key() const;
    std::string table() const;
};

template <class T>
concept Described = requires {
    { T::meta } -> std::convertible_to<EntityMeta const&>;
};

// Types of members. A new type needs one specialisation here.

template <class T>
struct Type;  // an undefined Type<T> in an error message: the member type is not supported

template <> struct Type<bool> {
    static constexpr Kind kind = Kind::boolean;
    static Value load(bool const&);
    static bool store(bool&, Value const&);
};
template <> struct Type<std::int64_t> {
    static constexpr Kind kind = Kind::integer;
    static Value load(std::int64_t const&);
    static bool store(std::int64_t&, Value const&);
};
template <> struct Type<double> {
    static constexpr Kind kind = Kind::real;
    static Value load(double const&);
    static bool store(double&, Value const&);
};
template <> struct Type<std::string> {
    static constexpr Kind kind = Kind::text;
    static Value load(std::string const&);
    static bool store(std::string&, Value const&);
};
template <> struct Type<Money> {
    static constexpr Kind kind = Kind::money;
    static Value load(Money const&);
    static bool store(Money&, Value const&);
};
template <> struct Type<Date> {
    static constexpr Kind kind = Kind::date;
    static Value load(Date const&);
    static bool store(Date&, Value const&);
};
template <> struct Type<Instant> {
    static constexpr Kind kind = Kind::instant;
    static Value load(Instant const&);
    static bool store(Instant&, Value const&);
};
template <class E> struct Type<Id<E>> {
    static constexpr Kind kind = Kind::id;
    static Value load(Id<E> const& id) { return Type<std::string>::load(id.text); }
    static bool store(Id<E>& id, Value const& value) { return Type<std::string>::store(id.text, value); }
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
        for (Choice const& choice : table)
            if (name && choice.name == *name) return member = static_cast<E>(choice.value), true;
        return false;
    }
};

template <class T>
concept Supported = requires { Type<T>::kind; };

namespace detail {

template <class T> struct Unwrap { using type = T; static constexpr bool optional = false; };
template <class T> struct Unwrap<std::optional<T>> { using type = T; static constexpr bool optional = true; };

template <class T>
constexpr std::span<Choice const> choices_for() {
    if constexpr (Type<T>::kind == Kind::choice) return Type<T>::table;
    else return {};
}

template <class T>
inline constexpr TypeOps ops_for{
    Type<T>::kind, false,
    [](void const* member) { return Type<T>::load(*static_cast<T const*>(member)); },
    [](void* member, Value const& value) { return Type<T>::store(*static_cast<T*>(member), value); },
    choices_for<T>()};

template <class T>
inline constexpr TypeOps ops_for<std::optional<T>>{
    Type<T>::kind, true,
    [](void const* member) -> Value {
        auto const& optional = *static_cast<std::optional<T> const*>(member);
        return optional ? Type<T>::load(*optional) : Value{};
    },
    [](void* member, Value const& value) {
        auto& optional = *static_cast<std::optional<T>*>(member);
        if (std::holds_alternative<std::monostate>(value)) return optional.reset(), true;
        T candidate{};  // a refused value must leave the member as it was
        return Type<T>::store(candidate, value) && (optional = std::move(candidate), true);
    },
    choices_for<T>()};

template <auto Member>
consteval std::string_view member_name() {
    // GCC: "... [with auto Member = &Organisation::name; ...]", Clang: "... [Member = &Organisation::name]".
    std::string_view const text = __PRETTY_FUNCTION__;
    std::size_t const start = text.find("Member = ");
    std::size_t const end = text.find_first_of(";]", start);
    std::size_t const last = text.rfind(':', end);
    std::string_view name = text.substr(last + 1, end - last - 1);
    while (!name.empty() && name.back() == ')') name.remove_suffix(1);
    return name;
}

template <class E, class T> struct MemberOf {};
template <class E, class T> MemberOf<E, T> member_of(T E::*);

// Never defined, never constant: calling one stops the compiler with the name of the mistake.
void two_fields_of_this_entity_have_the_same_name();
void a_text_field_needs_max_length();
void an_id_field_that_is_not_the_key_needs_refers_to();
void an_entity_needs_exactly_one_key_field();

}  // namespace detail

// The fluent description of one field. Constraints are checked by concepts: asking for
// max_length() on a Money member is a compile error that names the broken requirement.

template <class T>
concept Textual = Type<typename detail::Unwrap<T>::type>::kind == Kind::text;
template <class T>
concept Numeric = Type<typename detail::Unwrap<T>::type>::kind == Kind::integer ||
                  Type<typename detail::Unwrap<T>::type>::kind == Kind::money ||
                  Type<typename detail::Unwrap<T>::type>::kind == Kind::real;
template <class T>
concept Identifier = Type<typename detail::Unwrap<T>::type>::kind == Kind::id;
template <class T>
concept Mandatory = !detail::Unwrap<T>::optional;

template <class E, class T>
struct Field {
    FieldMeta meta;

    consteval Field key() const requires Identifier<T> && Mandatory<T> { return with([](auto& m) { m.key = m.required = m.read_only = true; }); }
    consteval Field required() const requires Mandatory<T> { return with([](auto& m) { m.required = true; }); }
    consteval Field unique() const { return with([](auto& m) { m.unique = true; }); }
    consteval Field read_only() const { return with([](auto& m) { m.read_only = true; }); }
    consteval Field hidden() const { return with([](auto& m) { m.hidden = true; }); }
    consteval Field version() const requires std::same_as<T, std::int64_t> { return with([](auto& m) { m.version = m.read_only = true; }); }
    consteval Field multiline() const requires Textual<T> { return with([](auto& m) { m.multiline = true; }); }
    consteval Field length(std::size_t min, std::size_t max) const requires Textual<T> { return with([=](auto& m) { m.min_length = min; m.max_length = max; }); }
    consteval Field max_length(std::size_t max) const requires Textual<T> { return length(0, max); }
    consteval Field between(std::int64_t min, std::int64_t max) const requires Numeric<T> { return with([=](auto& m) { m.min = min; m.max = max; }); }
    consteval Field at_least(std::int64_t min) const requires Numeric<T> { return with([=](auto& m) { m.min = min; }); }
    consteval Field listed() const { return with([](auto& m) { m.listed = true; }); }
    consteval Field facet() const { return with([](auto& m) { m.facet = true; }); }
    consteval Field personal() const { return with([](auto& m) { m.personal = true; }); }
    consteval Field search(std::uint8_t weight) const requires Textual<T> { return with([=](auto& m) { m.search_weight = weight; }); }
    consteval Field format(std::string_view name) const requires Textual<T> { return with([=](auto& m) { m.format = name; }); }
    consteval Field refers_to(std::string_view entity) const requires Identifier<T> { return with([=](auto& m) { m.refers_to = entity; }); }
    consteval Field column(std::string_view name) const { return with([=](auto& m) { m.name = name; }); }

private:
    template <class Change>
    consteval Field with(Change change) const {
        Field copy = *this;
        change(copy.meta);
        return copy;
    }
};

namespace detail {
template <auto Member, class E, class T>
consteval auto make_field(MemberOf<E, T>) {
    static_assert(Supported<typename Unwrap<T>::type>, "entity::Type<T> is not specialised for the type of this member");
    return Field<E, T>{FieldMeta{.name = member_name<Member>(),
                                 .type = &ops_for<T>,
                                 .member = [](void* object) -> void* { return &(static_cast<E*>(object)->*Member); }}};
}
}  // namespace detail

template <auto Member>
consteval auto field() {
    return detail::make_field<Member>(decltype(detail::member_of(Member)){});
}

template <class E>
struct Rule {
    RuleMeta meta;
};

template <class E, class Holds>
consteval Rule<E> rule(std::string_view key, Holds) {
    return {{key, [](void const* object) { return Holds{}(*static_cast<E const*>(object)); }}};
}

// A member that is deliberately not described: a cache, a joined name.
template <class E>
struct Unstored {};

template <auto Member>
consteval auto unstored() {
    return []<class E, class T>(detail::MemberOf<E, T>) { return Unstored<E>{}; }(decltype(detail::member_of(Member)){});
}

namespace detail {

template <class Part> struct PartOf;
template <class E, class T> struct PartOf<Field<E, T>> { using entity = E; static constexpr std::size_t fields = 1, rules = 0, unstored = 0; };
template <class E> struct PartOf<Rule<E>> { using entity = E; static constexpr std::size_t fields = 0, rules = 1, unstored = 0; };
template <class E> struct PartOf<Unstored<E>> { using entity = E; static constexpr std::size_t fields = 0, rules = 0, unstored = 1; };

struct Anything {
    template <class T> operator T() const noexcept;  // declared only: used in unevaluated expressions
};
template <std::size_t>
using AnythingAt = Anything;

template <class E, std::size_t... I>
consteval bool has_room_for(std::index_sequence<I...>) {
    return requires { E{AnythingAt<I>{}...}; };
}

template <class E, std::size_t Count>
concept HasMembers = has_room_for<E>(std::make_index_sequence<Count>{}) && !has_room_for<E>(std::make_index_sequence<Count + 1>{});

template <class E, std::size_t Fields, std::size_t Rules, std::size_t Members>
struct Description {
    using entity = E;
    static constexpr std::size_t members = Members;
    std::array<FieldMeta, Fields> fields{};
    std::array<RuleMeta, Rules> rules{};
};

struct Cursor {
    std::size_t field = 0, rule = 0;
};
template <class E, class T>
consteval void add(auto& description, Cursor& at, Field<E, T> const& one) { description.fields[at.field++] = one.meta; }
template <class E>
consteval void add(auto& description, Cursor& at, Rule<E> const& one) { description.rules[at.rule++] = one.meta; }
template <class E>
consteval void add(auto&, Cursor&, Unstored<E> const&) {}

consteval void check(std::span<FieldMeta const> fields) {
    std::size_t keys = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        keys += fields[i].key;
        for (std::size_t j = 0; j < i; ++j)
            if (fields[i].name == fields[j].name) two_fields_of_this_entity_have_the_same_name();
        if (fields[i].type->kind == Kind::text && !fields[i].max_length && !fields[i].hidden)
            a_text_field_needs_max_length();
        if (fields[i].type->kind == Kind::id && !fields[i].key && fields[i].refers_to.empty())
            an_id_field_that_is_not_the_key_needs_refers_to();
    }
    if (keys != 1) an_entity_needs_exactly_one_key_field();
}

}  // namespace detail

template <class First, class... Rest>
consteval auto fields(First first, Rest... rest) {
    using E = typename detail::PartOf<First>::entity;
    static_assert((std::same_as<E, typename detail::PartOf<Rest>::entity> && ...), "a field of another entity is described here");
    constexpr std::size_t field_count = (detail::PartOf<First>::fields + ... + detail::PartOf<Rest>::fields);
    constexpr std::size_t rule_count = (detail::PartOf<First>::rules + ... + detail::PartOf<Rest>::rules);
    constexpr std::size_t member_count = field_count + (detail::PartOf<First>::unstored + ... + detail::PartOf<Rest>::unstored);
    detail::Description<E, field_count, rule_count, member_count> description;
    detail::Cursor at;
    detail::add(description, at, first);
    (detail::add(description, at, rest), ...);
    detail::check(description.fields);
    return description;
}

namespace detail {
// Gives the described fields static storage; the type of a captureless lambda is the key.
template <class Describe>
inline constexpr auto description = Describe{}();
}  // namespace detail

//   constinit EntityMeta const Organisation::meta = entity<Organisation>("registry.organisation", [] { return fields(...); });
template <class E, class Describe>
consteval EntityMeta entity(std::string_view name, Describe) {
    using D = std::remove_const_t<decltype(detail::description<Describe>)>;
    static_assert(std::same_as<E, typename D::entity>, "the fields of another entity are described here");
    static_assert(detail::HasMembers<E, D::members>, "the struct has members that are not described: add field<>() or unstored<>()");
    return {name,
            detail::description<Describe>.fields,
            detail::description<Describe>.rules,
            []() -> void* { return new E{}; },
            [](void* object) { delete static_cast<E*>(object); },
            [](void* to, void const* from) { *static_cast<E*>(to) = *static_cast<E const*>(from); }};
}

} // namespace sangu::entity
