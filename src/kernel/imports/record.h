#pragma once

// The record of one import, from the upload to taking it back.

#include "base/time.h"
#include "kernel/entity/entity.h"
#include "kernel/imports/mapping.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sangu::imports {

// mapping → checking → checked (or refused → mapping) → running → done → undoing → undone;
// running → stopping → stopped when it is cancelled or a row is refused: what was stored is taken back.
enum class State : std::uint8_t {
    mapping,
    checking,
    refused,
    checked,
    running,
    done,
    stopping,
    stopped,
    undoing,
    undone
};
constexpr auto choices_of(State) {
    using enum State;
    return choices<State>({{mapping, "mapping"},
                           {checking, "checking"},
                           {refused, "refused"},
                           {checked, "checked"},
                           {running, "running"},
                           {done, "done"},
                           {stopping, "stopping"},
                           {stopped, "stopped"},
                           {undoing, "undoing"},
                           {undone, "undone"}});
}
// A server is at work on it or will be.
constexpr bool is_working(State state) {
    return state == State::checking || state == State::running || state == State::stopping || state == State::undoing;
}

struct Import {
    Id<Import> id;
    std::string resource; // its path: "organisations"
    std::string source;   // under this name the mapping is remembered
    std::string file_name, sha256;
    bool has_file = true; // the content waits in kernel_blob
    std::string account_id, account_name;
    Instant created_at, updated_at;
    State state = State::mapping;
    std::string mapping;
    std::int64_t rows_total = 0; // known after the check
    std::int64_t rows_done = 0;  // of the present step
    std::int64_t created = 0, changed = 0, unchanged = 0, left_out = 0, problems = 0;
    std::int64_t taken_back = 0, kept = 0; // by undoing; kept: edited since or in use

    static entity::EntityMeta const meta;
};

inline constexpr std::int64_t problems_kept_max = 10'000; // of one import

// The name of a source guessed from a file: "universities-2017 (3).csv" → "universities".
std::string source_of(std::string_view file_name);

std::optional<Import> find(db::Session& session, std::string_view resource, std::string_view id);
std::vector<Import> latest(db::Session& session, std::string_view resource, int limit);
// From the `from`-th problem on (0 is the first).
std::vector<Problem> problems_of(db::Session& session, std::string_view import_id, std::int64_t from, int limit);
void add_problems(db::Transaction& transaction, std::string_view import_id, std::int64_t from,
                  Problems const& problems);

// A row that undoing left as it is, and why: "edited" or "in_use".
struct KeptRow {
    std::int64_t line = 0;
    std::string object_id, reason;
};
std::vector<KeptRow> kept_rows(db::Session& session, std::string_view import_id, int limit);

// False: the import is not in one of these states any more.
bool move(db::Transaction& transaction, Import const& import, std::vector<State> const& from, State to, Instant now);

// Deletes what was never run after a day and journals after 180 days; used by housekeeping.
void forget_old(db::Transaction& transaction, Instant now);
// The content of the file is not needed any more.
void drop_file(db::Transaction& transaction, Import const& import);

} // namespace sangu::imports
