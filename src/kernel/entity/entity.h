#pragma once

// One declaration per entity. A plain struct is described by a constexpr list of fields
// (pointers to members). The description is type-erased at once into FieldMeta records,
// so that SQL, JSON, forms, CSV, OpenAPI and search are ordinary functions, compiled once (derive.h, store.h).
//
//   struct Person {
//       Id<Person> id;
//       std::string name;
//       std::int64_t version = 0;
//       static entity::EntityMeta const meta;
//   };
//   constinit entity::EntityMeta const Person::meta = entity::entity<Person>("people.person", [] {
//       using P = Person;
//       return fields(field<&P::id>().key(), field<&P::name>().required().length(2, 60),
//       field<&P::version>().version());
//   });

#include "base/result.h"
#include "kernel/entity/format.h"
#include "kernel/entity/types.h"

#include <array>
#include <utility>

namespace sangu::entity {

namespace detail {

template <auto Member> consteval std::string_view member_name() {
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
void an_entity_has_at_most_one_version_field();
void the_named_format_does_not_exist();

} // namespace detail

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

template <class E, class T> struct Field {
    FieldMeta meta;

    consteval Field key() const
        requires Identifier<T> && Mandatory<T>
    {
        return with([](auto& m) { m.key = m.required = m.read_only = true; });
    }
    consteval Field required() const
        requires Mandatory<T>
    {
        return with([](auto& m) { m.required = true; });
    }
    consteval Field unique() const {
        return with([](auto& m) { m.unique = true; });
    }
    consteval Field read_only() const {
        return with([](auto& m) { m.read_only = true; });
    }
    consteval Field hidden() const {
        return with([](auto& m) { m.hidden = true; });
    }
    consteval Field version() const
        requires std::same_as<T, std::int64_t>
    {
        return with([](auto& m) { m.version = m.read_only = true; });
    }
    consteval Field multiline() const
        requires Textual<T>
    {
        return with([](auto& m) { m.multiline = true; });
    }
    consteval Field length(std::size_t min, std::size_t max) const
        requires Textual<T>
    {
        return with([=](auto& m) {
            m.min_length = min;
            m.max_length = max;
        });
    }
    consteval Field max_length(std::size_t max) const
        requires Textual<T>
    {
        return length(0, max);
    }
    consteval Field between(std::int64_t min, std::int64_t max) const
        requires Numeric<T>
    {
        return with([=](auto& m) {
            m.min = min;
            m.max = max;
        });
    }
    consteval Field at_least(std::int64_t min) const
        requires Numeric<T>
    {
        return with([=](auto& m) { m.min = min; });
    }
    consteval Field listed() const {
        return with([](auto& m) { m.listed = true; });
    }
    consteval Field facet() const {
        return with([](auto& m) { m.facet = true; });
    }
    consteval Field personal() const {
        return with([](auto& m) { m.personal = true; });
    }
    consteval Field search(std::uint8_t weight) const
        requires Textual<T>
    {
        return with([=](auto& m) { m.search_weight = weight; });
    }
    consteval Field format(std::string_view name) const
        requires Textual<T>
    {
        return with([=](auto& m) { m.format = name; });
    }
    consteval Field refers_to(std::string_view entity) const
        requires Identifier<T>
    {
        return with([=](auto& m) { m.refers_to = entity; });
    }
    consteval Field column(std::string_view name) const {
        return with([=](auto& m) { m.name = name; });
    }

private:
    template <class Change> consteval Field with(Change change) const {
        Field copy = *this;
        change(copy.meta);
        return copy;
    }
};

namespace detail {
template <auto Member, class E, class T> consteval auto make_field(MemberOf<E, T>) {
    static_assert(Supported<typename Unwrap<T>::type>,
                  "entity::Type<T> is not specialised for the type of this member");
    return Field<E, T>{FieldMeta{.name = member_name<Member>(),
                                 .type = &ops_for<T>,
                                 .member = [](void* object) -> void* { return &(static_cast<E*>(object)->*Member); }}};
}
} // namespace detail

template <auto Member> consteval auto field() {
    return detail::make_field<Member>(decltype(detail::member_of(Member)){});
}

template <class E> struct Rule {
    RuleMeta meta;
};

template <class E, class Holds> consteval Rule<E> rule(std::string_view key, Holds) {
    return {{key, [](void const* object) { return Holds{}(*static_cast<E const*>(object)); }}};
}

// A member that is deliberately not described: a cache, a joined name.
template <class E> struct Unstored {};

template <auto Member> consteval auto unstored() {
    return
        []<class E, class T>(detail::MemberOf<E, T>) { return Unstored<E>{}; }(decltype(detail::member_of(Member)){});
}

namespace detail {

template <class Part> struct PartOf;
template <class E, class T> struct PartOf<Field<E, T>> {
    using entity = E;
    static constexpr std::size_t fields = 1, rules = 0, unstored = 0;
};
template <class E> struct PartOf<Rule<E>> {
    using entity = E;
    static constexpr std::size_t fields = 0, rules = 1, unstored = 0;
};
template <class E> struct PartOf<Unstored<E>> {
    using entity = E;
    static constexpr std::size_t fields = 0, rules = 0, unstored = 1;
};

struct Anything {
    template <class T> operator T() const noexcept; // declared only: used in unevaluated expressions
};
template <std::size_t> using AnythingAt = Anything;

template <class E, std::size_t... I> consteval bool has_room_for(std::index_sequence<I...>) {
    return requires { E{AnythingAt<I>{}...}; };
}

template <class E, std::size_t Count>
concept HasMembers =
    has_room_for<E>(std::make_index_sequence<Count>{}) && !has_room_for<E>(std::make_index_sequence<Count + 1>{});

template <class E, std::size_t Fields, std::size_t Rules, std::size_t Members> struct Description {
    using entity = E;
    static constexpr std::size_t members = Members;
    std::array<FieldMeta, Fields> fields{};
    std::array<RuleMeta, Rules> rules{};
};

struct Cursor {
    std::size_t field = 0, rule = 0;
};
template <class E, class T> consteval void add(auto& description, Cursor& at, Field<E, T> const& one) {
    description.fields[at.field++] = one.meta;
}
template <class E> consteval void add(auto& description, Cursor& at, Rule<E> const& one) {
    description.rules[at.rule++] = one.meta;
}
template <class E> consteval void add(auto&, Cursor&, Unstored<E> const&) {}

consteval void check(std::span<FieldMeta const> fields) {
    std::size_t keys = 0, versions = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        keys += fields[i].key;
        versions += fields[i].version;
        for (std::size_t j = 0; j < i; ++j)
            if (fields[i].name == fields[j].name) two_fields_of_this_entity_have_the_same_name();
        if (fields[i].type->kind == Kind::text && !fields[i].max_length && !fields[i].hidden)
            a_text_field_needs_max_length();
        if (fields[i].type->kind == Kind::id && !fields[i].key && fields[i].refers_to.empty())
            an_id_field_that_is_not_the_key_needs_refers_to();
        if (!fields[i].format.empty() && !is_known_format(fields[i].format)) the_named_format_does_not_exist();
    }
    if (keys != 1) an_entity_needs_exactly_one_key_field();
    if (versions > 1) an_entity_has_at_most_one_version_field();
}

} // namespace detail

template <class First, class... Rest> consteval auto fields(First first, Rest... rest) {
    using E = typename detail::PartOf<First>::entity;
    static_assert((std::same_as<E, typename detail::PartOf<Rest>::entity> && ...),
                  "a field of another entity is described here");
    constexpr std::size_t field_count = (detail::PartOf<First>::fields + ... + detail::PartOf<Rest>::fields);
    constexpr std::size_t rule_count = (detail::PartOf<First>::rules + ... + detail::PartOf<Rest>::rules);
    constexpr std::size_t member_count =
        field_count + (detail::PartOf<First>::unstored + ... + detail::PartOf<Rest>::unstored);
    detail::Description<E, field_count, rule_count, member_count> description;
    detail::Cursor at;
    detail::add(description, at, first);
    (detail::add(description, at, rest), ...);
    detail::check(description.fields);
    return description;
}

namespace detail {
// Gives the described fields static storage; the type of a captureless lambda is the key.
template <class Describe> inline constexpr auto description = Describe{}();
} // namespace detail

//   constinit EntityMeta const Organisation::meta = entity<Organisation>("registry.organisation", [] { return
//   fields(...); });
template <class E, class Describe> consteval EntityMeta entity(std::string_view name, Describe) {
    using D = std::remove_const_t<decltype(detail::description<Describe>)>;
    static_assert(std::same_as<E, typename D::entity>, "the fields of another entity are described here");
    static_assert(detail::HasMembers<E, D::members>,
                  "the struct has members that are not described: add field<>() or unstored<>()");
    return {name,
            detail::description<Describe>.fields,
            detail::description<Describe>.rules,
            []() -> void* { return new E{}; },
            [](void* object) { delete static_cast<E*>(object); },
            [](void* to, void const* from) { *static_cast<E*>(to) = *static_cast<E const*>(from); }};
}

} // namespace sangu::entity
