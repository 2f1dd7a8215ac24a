#pragma once

// The public records of all modules with the time each last changed: what OAI-PMH and sitemap serve. Published is what
// anybody may read in a public list (kernel/resource), field for field the same as its API gives to strangers; personal
// fields are left out.

#include "kernel/context.h"
#include "kernel/events/events.h"
#include "kernel/resource/published.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::exchange {

// A public list whose objects have a name and a version: its path is the set ("organisations").
struct Source : resource::Published {
    std::string path() const { return std::string{resource.path}; }
    std::string plural() const { return std::string{type} + ".plural"; } // message key
    std::string address_of(std::string_view object_id) const;            // "/organisations/01J…"
};
std::vector<Source> sources(Services const& services);
std::optional<Source> source_named(Services const& services, std::string_view name);

// A public record in the words of Dublin Core.
struct Record {
    std::string id, title, description, type, language;
    std::vector<std::string> subjects, identifiers; // identifiers beside its address: "uscc:9143…"
};

// Brings exchange_record in line with what a source publishes now: new and changed records get the second of
// writing as datestamp, vanished ones are marked deleted. Reads all marks of the source, writes in batches.
void reconcile(Services& services, Source const& source);

// A row of exchange_record.
struct Stamp {
    std::string source, object_id; // object_id: its key in addresses
    std::string datestamp;         // "2026-11-23T02:00:00Z"
    bool deleted = false;
};

// Which stamps: of one source or all, from … until (both inclusive, "…Z"; empty: open), beyond `after` in the order of
// datestamp, source, id.
struct Range {
    std::string source, from, until;
    std::optional<Stamp> after;
};
std::vector<Stamp> stamps(db::Session& session, Range const& range, int limit);
std::int64_t count(db::Session& session, Range const& range);
std::optional<Stamp> find_stamp(db::Session& session, std::string_view source, std::string_view object_id);
std::string earliest(db::Session& session, Instant now); // datestamp
// The records of stamps, in their order; nothing for those that are not public any more.
std::vector<std::optional<Record>> load(Context& context, std::vector<Stamp> const& stamps);

// The pages of live records of a source, the n-th part of `size` in the order of ids, for sitemaps.
struct LiveAddress {
    std::string path, datestamp;
};
std::vector<LiveAddress> live_addresses(db::Session& session, Source const& source, int part, int size);
std::int64_t live_count(db::Session& session, std::string_view source);

std::string to_second(Instant instant); // "2026-11-23T02:00:00Z"

// The listener that lets a reconciliation follow every change soon after, and its job.
void on_event(Services& services, db::Transaction& transaction, events::Event const& event);
Result<void> reconcile_job(Context& context, std::string_view key, std::string_view payload);
// All sources, for what no event told (schedule).
Result<void> reconcile_all_job(Context& context, std::string_view key, std::string_view payload);

} // namespace sangu::exchange
