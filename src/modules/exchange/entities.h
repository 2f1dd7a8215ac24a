#pragma once

#include "kernel/entity/entity.h"

#include <optional>
#include <string>

namespace sangu::exchange {

enum class RepositoryState : std::uint8_t { fresh, running, harvested, failed };
constexpr auto choices_of(RepositoryState) {
    return choices<RepositoryState>({{RepositoryState::fresh, "new"},
                                     {RepositoryState::running, "running"},
                                     {RepositoryState::harvested, "harvested"},
                                     {RepositoryState::failed, "failed"}});
}

// A server that records are harvested from (OAI-PMH base URL).
struct Repository {
    Id<Repository> id;
    std::string name;
    std::string address;
    std::optional<std::string> set_spec; // only this set
    std::int64_t every_hours = 24;
    bool active = true;
    RepositoryState state = RepositoryState::fresh;
    std::optional<std::string> harvested_until; // the server's own time of the last whole harvest
    std::optional<std::string> token;           // where an unfinished harvest goes on
    std::optional<std::string> last_error;
    std::optional<Instant> last_run_at;
    std::int64_t records = 0;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

enum class HarvestedState : std::uint8_t { waiting, taken, dismissed };
constexpr auto choices_of(HarvestedState) {
    return choices<HarvestedState>({{HarvestedState::waiting, "waiting"},
                                    {HarvestedState::taken, "taken"},
                                    {HarvestedState::dismissed, "dismissed"}});
}

// A record of another server, in the words of Dublin Core; several values stand on lines of their own.
struct Harvested {
    Id<Harvested> id;
    Id<Repository> repository_id;
    std::string identifier;
    std::string datestamp;
    bool deleted = false;
    std::string title;
    std::optional<std::string> creators, subjects, description, published, kind, language, link;
    HarvestedState state = HarvestedState::waiting;
    Instant harvested_at;
    std::int64_t version = 1;

    static entity::EntityMeta const meta;
};

} // namespace sangu::exchange
