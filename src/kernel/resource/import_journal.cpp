#include "kernel/resource/import_journal.h"

#include "kernel/files/content.h"

namespace sangu::resource {

namespace {

// Somebody else's file in the clothes of an upload, which would be removed with it.
struct Borrowed {
    http::Upload upload;
    ~Borrowed() { upload.path.clear(); }
};

constexpr std::int64_t life_ms = std::int64_t{30} * 86'400'000;
constexpr std::string_view columns = "id, target, file_name, sha256, begun_by, begun_by_name, begun_at, attempts";

BegunImport import_of(db::Row const& row) {
    return {.id = std::string{row.text(0)},
            .target = std::string{row.text(1)},
            .file_name = std::string{row.text(2)},
            .sha256 = std::string{row.text(3)},
            .begun_by = std::string{row.text(4)},
            .begun_by_name = std::string{row.text(5)},
            .begun_at = parse_instant(row.text(6)).value_or(Instant{}),
            .attempts = row.integer(7)};
}

std::vector<BegunImport> read(db::Session& session, std::string const& condition,
                              std::initializer_list<Value> parameters) {
    std::vector<BegunImport> all;
    session.query("select " + std::string{columns} + " from kernel_import where " + condition, parameters,
                  [&](db::Row const& row) { all.push_back(import_of(row)); });
    return all;
}

BegunImport begin(Context& context, db::Transaction& transaction, std::string_view target,
                  std::string const& file_name, std::string const& sha256) {
    auto waiting = read(transaction, "target = ? and sha256 = ? and begun_by = ? and state = 'waiting'",
                        {std::string{target}, sha256, context.actor.account_id});
    if (!waiting.empty()) {
        transaction.execute("update kernel_import set attempts = attempts + 1 where id = ?", {waiting.front().id});
        return std::move(waiting.front());
    }
    BegunImport const begun{.id = new_id(),
                            .target = std::string{target},
                            .file_name = file_name,
                            .sha256 = sha256,
                            .begun_by = context.actor.account_id,
                            .begun_by_name = context.actor.name,
                            .begun_at = context.now()};
    transaction.execute("insert into kernel_import (id, target, file_name, sha256, state, begun_by, begun_by_name, "
                        "begun_at, attempts) values (?, ?, ?, ?, 'waiting', ?, ?, ?, 1)",
                        {begun.id, begun.target, begun.file_name, begun.sha256, begun.begun_by, begun.begun_by_name,
                         to_text(begun.begun_at)});
    return begun;
}

bool close(db::Transaction& transaction, std::string_view id, std::string_view state, Instant now) {
    auto const sha256 =
        transaction.text("select sha256 from kernel_import where id = ? and state = 'waiting'", {std::string{id}});
    if (!sha256) return false;
    transaction.execute("update kernel_import set state = ?, finished_at = ? where id = ?",
                        {std::string{state}, to_text(now), std::string{id}});
    files::drop_unused_content(transaction, *sha256);
    return true;
}

} // namespace

BegunImport begin_import(Context& context, std::string_view target, http::Upload const& upload) {
    files::Content const content = files::look_at(upload);
    BegunImport begun;
    context.services.database.write([&](db::Transaction& transaction) {
        files::store_content(transaction, upload, content.sha256);
        begun = begin(context, transaction, target, files::clean_name(upload.file_name), content.sha256);
    });
    return begun;
}

BegunImport begin_import(Context& context, std::string_view target, std::string_view file_name,
                         std::string const& path) {
    Borrowed file;
    file.upload.file_name = file_name;
    file.upload.path = path;
    return begin_import(context, target, file.upload);
}

BegunImport begin_import(Context& context, std::string_view target, files::KeptUpload const& kept) {
    BegunImport begun;
    context.services.database.write([&](db::Transaction& transaction) {
        begun = begin(context, transaction, target, kept.file_name, kept.sha256);
    });
    return begun;
}

std::optional<BegunImport> find_import(db::Session& session, std::string_view id) {
    auto found = read(session, "id = ? and state = 'waiting'", {std::string{id}});
    if (found.empty()) return {};
    return std::move(found.front());
}

std::vector<BegunImport> waiting_imports(db::Session& session, std::string_view target) {
    if (target.empty()) return read(session, "state = 'waiting' order by begun_at limit 100", {});
    return read(session, "target = ? and state = 'waiting' order by begun_at limit 100", {std::string{target}});
}

Result<std::unique_ptr<http::TemporaryFile>> take_up(Context& context, BegunImport const& import) {
    bool waits = false;
    context.services.database.write([&](db::Transaction& transaction) {
        waits = transaction.execute("update kernel_import set attempts = attempts + 1 where id = ? and state = "
                                    "'waiting'",
                                    {import.id}) == 1;
    });
    if (!waits) return refuse(Refusal::conflict, "error.import.finished");
    return files::file_of(context.services.database, {import.sha256, import.file_name});
}

bool finish_import(Context const& context, db::Transaction& transaction, std::string_view id) {
    return id.empty() || close(transaction, id, "stored", context.services.clock.now());
}

void close_import(Context& context, std::string_view id, std::string_view state) {
    context.services.database.write(
        [&](db::Transaction& transaction) { close(transaction, id, state, context.services.clock.now()); });
}

void forget_old_imports(db::Transaction& transaction, Instant now) {
    for (BegunImport const& one :
         read(transaction, "state = 'waiting' and begun_at < ? limit 1000", {to_text(Instant{now.ms - life_ms})}))
        close(transaction, one.id, "discarded", now);
}

} // namespace sangu::resource
