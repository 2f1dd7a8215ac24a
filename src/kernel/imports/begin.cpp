#include "base/log.h"
#include "base/text.h"
#include "kernel/files/content.h"
#include "kernel/files/kept_upload.h"
#include "kernel/http/temporary_file.h"
#include "kernel/imports/dates.h"
#include "kernel/imports/imports.h"
#include "kernel/imports/rows.h"

#include <algorithm>

namespace sangu::imports {

namespace {

constexpr std::size_t preview_rows = 8;
constexpr std::int64_t takes_over_ms = 60'000;
constexpr std::int64_t sample_rows = 20'000; // looked at for the order of dates

bool is_date(entity::EntityMeta const& meta, Column const& column) {
    entity::FieldMeta const* field = meta.find(column.field);
    return field && (field->type->kind == entity::Kind::date || field->type->kind == entity::Kind::instant);
}

void decide_orders(entity::EntityMeta const& meta, Preview& preview, std::vector<OrderEvidence> const& evidence) {
    preview.reasons.resize(preview.header.size());
    for (std::size_t i = 0; i < preview.mapping.columns.size(); ++i) {
        Column& column = preview.mapping.columns[i];
        if (!is_date(meta, column) || column.order != DateOrder::unknown) continue;
        column.order = evidence[i].known();
        if (column.order != DateOrder::unknown)
            preview.reasons[i] = std::to_string(evidence[i].line()) + ": " + evidence[i].text();
        else if (evidence[i].is_ambiguous())
            preview.ambiguous.push_back(
                {column.field,
                 evidence[i].is_contradicting() ? "error.import.order_mixed" : "error.import.order_open",
                 {column.header, evidence[i].text()},
                 evidence[i].line(),
                 static_cast<std::int64_t>(i) + 1});
    }
}

Result<void> allowed(Context const& context, resource::Resource const& resource) {
    if (context.services.permissions.allows_somewhere(context.actor, resource.import_permission) ||
        context.actor.kind == auth::ActorKind::system)
        return {};
    return refuse(Refusal::forbidden, "error.forbidden");
}

Result<void> step(Context& context, resource::Resource const& resource, Import const& import,
                  std::vector<State> const& from, State to, std::string_view action,
                  FunctionRef<void(db::Transaction&)> also) {
    TRY_VOID(allowed(context, resource));
    auto moved = context.change<void>([&](Change& change) -> Result<void> {
        if (!move(change.transaction(), import, from, to, context.now()))
            return refuse(Refusal::conflict, "error.import.moved_on");
        also(change.transaction());
        change.audit({.action = action,
                      .object_kind = "kernel.table_import",
                      .object_id = import.id.text,
                      .scope = "zone",
                      .comment = import.resource + " " + import.file_name + " sha256:" + import.sha256});
        // The caller works at once; a job takes over what is left, also when this server dies.
        Instant const later{context.now().ms + takes_over_ms};
        if (is_working(to)) jobs::schedule(change.transaction(), job_kind, import.id.text, later);
        return {};
    });
    context.refresh();
    return moved;
}

} // namespace

bool Preview::is_clear(entity::EntityMeta const& meta) const {
    return !is_remembered && ambiguous.empty() && check_mapping(meta, mapping).empty() &&
           std::ranges::all_of(mapping.columns, [&](Column const& column) {
               entity::FieldMeta const* field = meta.find(trim(column.header));
               return field && column.field == (is_importable(*field) ? field->name : std::string_view{});
           });
}

Result<Preview> preview(Context& context, resource::Resource const& resource, std::string const& path,
                        std::string_view source, Mapping const* chosen) {
    Preview result;
    auto const file = TRY(tables::open(path));
    std::int64_t line = 0;
    if (!TRY(file->next(result.header, line))) return refuse({Problem{"", "error.file.empty", {}, 1, 1}});
    entity::EntityMeta const& meta = *resource.meta;
    if (chosen)
        result.mapping = *chosen;
    else if (auto const earlier = remembered(context.reader(), resource.path, source)) {
        result.mapping = guess(meta, result.header, *earlier);
        result.is_remembered = true;
    } else
        result.mapping = guess(meta, result.header);
    std::vector<OrderEvidence> evidence(result.header.size());
    tables::Row row;
    for (std::int64_t count = 0; count < sample_rows; ++count) {
        auto const more = file->next(row, line);
        if (!more) { // the check will say it; what can be read is shown
            if (count == 0) return tl::make_unexpected(more.error());
            break;
        }
        if (!*more) break;
        if (result.rows.size() < preview_rows) result.rows.push_back(row);
        for (std::size_t i = 0; i < std::min(row.size(), result.mapping.columns.size()); ++i)
            if (is_date(meta, result.mapping.columns[i])) evidence[i].add(row[i], line);
    }
    decide_orders(meta, result, evidence);
    return result;
}

Result<Begun> begin(Context& context, resource::Resource const& resource, http::Upload const& upload,
                    std::string_view source) {
    TRY_VOID(allowed(context, resource));
    files::Content const content = files::look_at(upload);
    Import import{.id = new_id_of<Import>(),
                  .resource = std::string{resource.path},
                  .file_name = files::clean_name(upload.file_name),
                  .sha256 = content.sha256,
                  .account_id = context.actor.account_id,
                  .account_name = context.actor.name,
                  .created_at = context.now(),
                  .updated_at = context.now()};
    import.source = trim(source).empty() ? source_of(import.file_name) : shorten(trim(source), 60);
    bool is_clear = false;
    {
        http::UploadedFile const file{upload};
        Preview const seen = TRY(preview(context, resource, file.path(), import.source));
        import.mapping = to_json(seen.mapping);
        is_clear = seen.is_clear(*resource.meta);
    }
    context.services.database.write([&](db::Transaction& transaction) {
        files::store_content(transaction, upload, content.sha256);
        entity::insert(transaction, import);
    });
    context.refresh();
    return Begun{std::move(import), is_clear};
}

Result<void> ask_check(Context& context, resource::Resource const& resource, Import const& import,
                       Mapping const& mapping) {
    if (auto problems = check_mapping(*resource.meta, mapping); !problems.empty()) return refuse(std::move(problems));
    return step(context, resource, import, {State::mapping, State::refused, State::checked}, State::checking,
                "import.check_asked", [&](db::Transaction& transaction) {
                    transaction.execute("update kernel_table_import set mapping = ? where id = ?",
                                        {to_json(mapping), import.id.text});
                    transaction.execute("delete from kernel_table_import_problem where import_id = ?",
                                        {import.id.text});
                });
}

Result<void> ask_run(Context& context, resource::Resource const& resource, Import const& import) {
    return step(
        context, resource, import, {State::checked}, State::running, "import.run_asked",
        [&](db::Transaction& transaction) {
            transaction.execute("update kernel_table_import set created = 0, changed = 0, unchanged = 0, left_out = 0 "
                                "where id = ?",
                                {import.id.text});
            remember(transaction, import.resource, import.source, mapping_from(import.mapping), to_text(context.now()));
        });
}

Result<void> ask_stop(Context& context, resource::Resource const& resource, Import const& import) {
    bool const only_checks = import.state == State::checking;
    return step(context, resource, import, {only_checks ? State::checking : State::running},
                only_checks ? State::mapping : State::stopping, "import.stop_asked", [](db::Transaction&) {});
}

Result<void> ask_undo(Context& context, resource::Resource const& resource, Import const& import) {
    return step(context, resource, import, {State::done}, State::undoing, "import.undo_asked", [](db::Transaction&) {});
}

void leave_to_job(Services& services, Import const& import) {
    services.database.write([&](db::Transaction& transaction) {
        jobs::schedule(transaction, job_kind, import.id.text, services.clock.now());
    });
}

std::unique_ptr<http::TemporaryFile> file_of(db::Database& database, Import const& import) {
    return files::file_of(database, {import.sha256, import.file_name});
}

} // namespace sangu::imports
