#pragma once

// Two entries side by side with a choice for every field in which they differ: what the pages of merges share.

#include "kernel/html/page.h"
#include "kernel/resource/pages.h"
#include "modules/registry/merge.h"

namespace sangu::registry {

struct Sides {
    Context& context;
    entity::EntityMeta const& meta;
    void const* stays = nullptr;
    void const* goes = nullptr;
    resource::Labels labels = {};
    http::Request const* refused = nullptr; // what was chosen in a refused form
};
void sides_table(html::Out& out, Sides const& sides);
// What refers to the entry that goes.
void reference_counts(html::Out& out, Context& context, std::string_view entity, std::string_view id);
// Why they are one: asked for when `must`, then `asked_key` says what speaks against it.
void reason_field(html::Out& out, Context const& context, bool must, std::string_view asked_key,
                  std::string const& text, Problems const& problems);
// The hidden fields of the form of a merge: which two were seen, in which versions.
void seen_fields(html::Out& out, std::string_view kept, std::int64_t kept_version, std::string_view dropped,
                 std::int64_t dropped_version);
MergeWish wish_of(http::Request const& request);

} // namespace sangu::registry
