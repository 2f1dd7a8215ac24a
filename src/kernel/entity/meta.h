#pragma once

// What generic code knows about an entity: type-erased records that the compiler makes from a description (entity.h).

#include "base/value.h"
#include "kernel/entity/choice.h"

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sangu::db {
class Row;
}

namespace sangu::entity {

enum class Kind : std::uint8_t { boolean, integer, real, text, money, date, instant, id, choice };

// What generic code must know about the type of a member.
struct TypeOps {
    Kind kind;
    bool optional;
    Value (*load)(void const* member);
    bool (*store)(void* member, Value const& value);            // false: the value does not fit
    bool (*read)(void* member, db::Row const& row, int column); // the same straight from a row
    std::span<Choice const> choices = {};
};

struct FieldMeta {
    std::string_view name;
    TypeOps const* type = nullptr;
    void* (*member)(void* object) = nullptr;

    bool key = false;
    bool required = false;
    bool unique = false;
    bool read_only = false; // set by the system: shown, never taken from a form
    bool hidden = false;    // never leaves the server
    bool listed = false;    // a column of lists unless the reader chooses others
    bool facet = false;     // offered as a filter with counts (choice, boolean, id)
    bool personal = false;  // personal data: masked in exports for others, part of a person's own export
    bool version = false;   // optimistic lock counter
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
    bool read(void* object, db::Row const& row, int column) const { return type->read(member(object), row, column); }
};

// A rule over several fields of one entity.
struct RuleMeta {
    std::string_view key; // message key: "<entity>.rule.<key>"
    bool (*holds)(void const* object) = nullptr;
};

struct EntityMeta {
    std::string_view name; // "registry.organisation"; the table is "registry_organisation"
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

std::string table_of(std::string_view entity_name); // "registry.organisation" → "registry_organisation"

template <class T>
concept Described = requires {
    { T::meta } -> std::convertible_to<EntityMeta const&>;
};

} // namespace sangu::entity
