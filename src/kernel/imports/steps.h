#pragma once

// The three kinds of work on an import; used by work.cpp only.

#include "kernel/imports/imports.h"
#include "kernel/imports/rows.h"

#include <chrono>

namespace sangu::imports::detail {

// What every step is given: `context` acts as the account that began the import.
struct Work {
    Context& context;
    resource::Resource const& resource;
    Import import;
    std::chrono::steady_clock::time_point until;

    bool is_time_up() const { return std::chrono::steady_clock::now() >= until; }
    entity::EntityMeta const& meta() const { return *resource.meta; }
};

// Reads the whole file, stores nothing but the report: → checked or refused. Goes on after `until`.
void check(Work& work);
// Stores batches until `until` or the end: → done, or → stopping when a row is refused.
void run(Work& work);
// Takes batches of the journal back: → stopped or undone.
void take_back(Work& work);

// Tells the pages of this account that something has moved on; at most once a second.
class Progress {
public:
    bool is_due();
    static void publish(Change& change, Import const& import);

private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

// The fields of an object by name, for the journal, and back.
std::string fields_of(entity::EntityMeta const& meta, void const* object);
void restore_fields(entity::EntityMeta const& meta, void* object, std::string_view json);

} // namespace sangu::imports::detail
