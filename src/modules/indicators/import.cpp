#include "modules/indicators/import.h"

#include "base/embedded.h"
#include "base/log.h"
#include "kernel/hash/sha256.h"
#include "kernel/json/json.h"
#include "kernel/resource/import_journal.h"
#include "modules/indicators/import_rows.h"
#include "modules/indicators/store.h"

#include <span>
#include <stdexcept>

namespace sangu::embedded {
std::span<EmbeddedFile const> indicators_data();
}

namespace sangu::indicators {

namespace {

struct Undo {};
struct Finished {}; // the same import was stored by another process meanwhile

std::optional<Import> earlier_import(db::Session& session, TableKind kind, std::string_view sha256) {
    return entity::first<Import>(session, "where kind = ? and sha256 = ?",
                                 {std::string{sangu::name_of(kind)}, std::string{sha256}});
}

void read_rows(Context& context, Change& change, tables::Reader& reader, ImportReport& report) {
    switch (report.kind) {
    case TableKind::sources: return detail::import_sources(change, reader, report);
    case TableKind::indicators: return detail::import_indicators(change, reader, report);
    case TableKind::targets: return detail::import_targets(change, reader, report);
    case TableKind::observations: return detail::import_observations(context, change, reader, report);
    }
}

// The import's own row first (observations refer to it), then the rows, then the counts, audit and event.
void run_in(Context& context, Change& change, tables::Reader& reader, ImportReport& report) {
    Import import{.id = {report.import_id},
                  .kind = report.kind,
                  .file_name = report.file_name,
                  .sha256 = report.sha256,
                  .imported_by = context.actor.account_id,
                  .imported_at = context.now()};
    entity::insert(change.transaction(), import);
    read_rows(context, change, reader, report);
    if (!report.problems.empty()) throw Undo{};
    import.rows = report.rows;
    import.inserted = report.inserted;
    import.updated = report.updated;
    entity::update(change.transaction(), import);
    change.audit({.action = "indicators.imported",
                  .object_kind = "indicators.import",
                  .object_id = report.import_id,
                  .scope = "zone",
                  .comment = report.file_name + " sha256:" + report.sha256,
                  .changes = {{"rows", "", std::to_string(report.rows)},
                              {"inserted", "", std::to_string(report.inserted)},
                              {"updated", "", std::to_string(report.updated)}}});
    std::string payload;
    json::Writer{payload}
        .begin_object()
        .member("kind", sangu::name_of(report.kind))
        .member("title", report.file_name)
        .member("path", "/data")
        .member("rows", report.rows)
        .member("sha256", report.sha256)
        .end_object();
    bool const visible = report.kind != TableKind::observations || context.actor.kind == auth::ActorKind::system;
    change.publish("indicators.imported", report.import_id, "zone", visible ? "public" : "indicators.import", payload);
}

std::string first_problem(ImportReport const& report) {
    if (report.problems.empty()) return "no reason given";
    Problem const& one = report.problems.front();
    return one.field + " " + one.key + " line " + std::to_string(one.line) + " column " + std::to_string(one.column);
}

} // namespace

Result<ImportReport> import_table(Context& context, TableKind kind, OpenReader open, std::string_view file_name,
                                  std::string_view sha256, ImportMode mode, std::string_view begun) {
    bool const system = context.actor.kind == auth::ActorKind::system;
    if (!system) TRY_VOID(context.require("indicators.import"));
    ImportReport report{.kind = kind, .file_name = std::string{file_name}, .sha256 = std::string{sha256}};
    report.earlier = earlier_import(context.reader(), kind, sha256);
    if (report.earlier) return report;
    report.import_id = new_id();
    auto const reader = TRY(open());
    try {
        context.services.database.write_alone([&](db::Transaction& transaction) {
            Change change{context, transaction};
            run_in(context, change, *reader, report);
            if (mode == ImportMode::check) throw Undo{};
            if (!resource::finish_import(context, transaction, begun)) throw Finished{};
        });
        report.stored = true;
        report.awaits_approval = kind == TableKind::observations && !system;
        context.refresh();
        context.services.note_commit();
    } catch (Finished const&) {
        return refuse(Refusal::conflict, "error.import.finished");
    } catch (Undo const&) {
        // The report says why nothing was stored.
    } catch (db::ConstraintViolation const& violation) {
        if (kind != TableKind::observations || violation.kind != db::ConstraintKind::unique)
            return tl::make_unexpected(db::to_error(violation));
        context.refresh();
        auto const again = TRY(open());
        detail::find_doubled(context, *again, report);
        if (report.problems.empty()) return tl::make_unexpected(db::to_error(violation));
    }
    if (!report.stored && mode == ImportMode::store) report.import_id.clear();
    return report;
}

Result<ImportReport> import_file(Context& context, TableKind kind, std::string const& path, std::string_view file_name,
                                 ImportMode mode, std::string_view begun) {
    return import_table(
        context, kind, [&] { return tables::open(path); }, file_name, hash::sha256_of_file(path), mode, begun);
}

Result<std::int64_t> approve_import(Context& context, Id<Import> const& id) {
    TRY_VOID(context.require("indicators.observation.approve"));
    auto const import = entity::find(context.reader(), id);
    if (!import) return refuse(Refusal::not_found, "error.not_found");
    if (import->imported_by == context.actor.account_id)
        return refuse(Refusal::forbidden, "indicators.error.four_eyes");
    auto published = context.change<std::int64_t>([&](Change& change) -> Result<std::int64_t> {
        std::string const today = to_text(context.today());
        std::int64_t const rows = change.transaction().execute(
            "update indicators_observation set state = 'published', approved_by = ?, approved_by_name = ?, approved_at "
            "= ?, "
            "known_on = case when status = 'reported' and vintage < ? then ? else vintage end, version = version + 1 "
            "where import_id = ? and state = 'submitted'",
            {context.actor.account_id, context.actor.name, to_text(context.now()), today, today, id.text});
        if (rows == 0) return refuse(Refusal::conflict, "indicators.error.nothing_to_approve");
        change.audit({.action = "indicators.import.approved",
                      .object_kind = "indicators.import",
                      .object_id = id.text,
                      .scope = "zone",
                      .changes = {{"published", "", std::to_string(rows)}}});
        std::string payload;
        json::Writer{payload}
            .begin_object()
            .member("kind", sangu::name_of(import->kind))
            .member("title", import->file_name)
            .member("path", "/data")
            .end_object();
        change.publish("indicators.imported", id.text, "zone", "public", payload);
        return rows;
    });
    context.refresh();
    return published;
}

void import_plan_data(Services& services) {
    Context context{services, auth::system_actor(), i18n::Language::zh_hans};
    auto const is_there = [&](Choice const& kind) {
        context.refresh();
        return context.reader().exists("select 1 from indicators_import where kind = ? and imported_by = ?",
                                       {std::string{kind.name}, context.actor.account_id});
    };
    for (Choice const& kind : choices_of(TableKind{})) {
        if (is_there(kind)) continue;
        std::string const name = "plan-2017-2019/" + std::string{kind.name} + ".csv";
        for (EmbeddedFile const& file : embedded::indicators_data()) {
            if (file.name != name) continue;
            auto const report = import_table(
                context, static_cast<TableKind>(kind.value), [&] { return tables::open_text(std::string{file.data}); },
                name, hash::sha256_hex(file.data), ImportMode::store);
            if ((!report || !report->stored) && is_there(kind)) continue; // another server was faster
            if (!report) throw std::runtime_error{name + " was refused: " + report.error().key};
            if (!report->stored) throw std::runtime_error{name + " was refused: " + first_problem(*report)};
            log::info("indicators.imported", {{"file", name}, {"rows", std::to_string(report->rows)}});
        }
    }
}

} // namespace sangu::indicators
