#include "base/text.h"
#include "kernel/resource/import_journal.h"
#include "kernel/resource/service.h"
#include "kernel/tables/tables.h"

#include <algorithm>

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;
using entity::FieldMeta;

namespace {

constexpr std::size_t problems_max = 100;

// Thrown inside the writer to undo everything that was stored so far.
struct Undo {};

class Import {
public:
    Import(Context& context, Resource const& resource, tables::Reader& file)
        : context_{context}, resource_{resource}, meta_{*resource.meta}, file_{file} {}

    // Reads every row even after a problem, so that the report is complete (up to problems_max).
    Result<ImportReport> run(Change& change) {
        tables::Row header;
        std::int64_t line = 0;
        if (!TRY(file_.next(header, line))) return refuse({Problem{"", "error.file.empty", {}, 1, 1}});
        if (auto problems = entity::check_header(meta_, header); !problems.empty()) return refuse(std::move(problems));
        tables::Row row;
        for (;;) {
            auto const more = file_.next(row, line);
            if (!more) {
                add(more.error().problems);
                break;
            }
            if (!*more) break;
            ++report_.rows;
            TRY_VOID(take(change, header, row, line));
        }
        return std::move(report_);
    }

private:
    void add(Problems problems, std::int64_t line = 0) {
        for (Problem& problem : problems) {
            if (line && !problem.line) problem.line = line;
            if (report_.problems.size() < problems_max)
                report_.problems.push_back(std::move(problem));
            else
                report_.more_problems = true;
        }
    }

    // Where a field that a check has found wrong stands in the file.
    static void add_columns(tables::Row const& header, Problems& problems) {
        for (Problem& problem : problems)
            for (std::size_t i = 0; problem.column == 0 && i < header.size(); ++i)
                if (trim(header[i]) == problem.field) problem.column = static_cast<std::int64_t>(i) + 1;
    }

    bool find_existing(db::Session& session, AnyObject const& wanted, AnyObject& found) {
        FieldMeta const* key = resource_.import_key.empty() ? nullptr : meta_.find(resource_.import_key);
        if (!key) return false;
        bool exists = false;
        Value const value = key->load(wanted.get());
        std::string const tail = "where " + std::string{key->name} + " = ?";
        entity::each(session, meta_, found.get(), tail, db::Parameters{&value, 1}, [&] { exists = true; });
        return exists;
    }

    Result<void> take(Change& change, tables::Row const& header, tables::Row const& row, std::int64_t line) {
        AnyObject typed{meta_};
        if (auto problems = entity::from_row(meta_, typed.get(), header, row, line); !problems.empty()) {
            add(std::move(problems), line);
            return {};
        }
        AnyObject before{meta_};
        bool const exists = find_existing(change.transaction(), typed, before);
        AnyObject after = exists ? before : std::move(typed);
        if (exists)
            add(entity::from_row(meta_, after.get(), header, row, line), line);
        else
            meta_.key().store(after.get(), Value{new_id()});
        if (exists) TRY_VOID(context_.require(resource_.import_permission, scope_of(resource_, before.get())));
        Problems problems;
        if (auto const checked =
                check_written(context_, change.transaction(), resource_, exists ? before.get() : nullptr, after.get());
            !checked) {
            problems = checked.error().problems;
            if (problems.empty()) problems.push_back({"", checked.error().key, checked.error().arguments});
        }
        if (!problems.empty()) {
            add_columns(header, problems);
            add(std::move(problems), line);
            return {};
        }
        // The check may have derived the scope from what was entered.
        std::string const scope = scope_of(resource_, after.get());
        TRY_VOID(context_.require(resource_.import_permission, scope));
        if (!report_.problems.empty()) return {};
        return store(change, exists ? &before : nullptr, after, scope);
    }

    Result<void> store(Change& change, AnyObject const* before, AnyObject& after, std::string const& scope) {
        if (before && entity::differences(meta_, before->get(), after.get()).empty()) {
            ++report_.unchanged;
            return {};
        }
        ++(before ? report_.changed : report_.created);
        if (before)
            TRY_VOID(change.save(meta_, before->get(), after.get(), after.id(), std::string{meta_.name} + ".imported",
                                 scope, {}));
        else
            change.create(meta_, after.get(), after.id(), scope);
        if (resource_.after_write)
            return resource_.after_write(context_, change, before ? before->get() : nullptr, after.get());
        return {};
    }

    Context& context_;
    Resource const& resource_;
    EntityMeta const& meta_;
    tables::Reader& file_;
    ImportReport report_;
};

} // namespace

Result<ImportReport> import_file(Context& context, Resource const& resource, std::string const& path, ImportMode mode,
                                 std::string_view begun) {
    auto const file = TRY(tables::open(path));
    return import_rows(context, resource, *file, mode, begun);
}

Result<ImportReport> import_rows(Context& context, Resource const& resource, tables::Reader& file, ImportMode mode,
                                 std::string_view begun) {
    if (!context.services.permissions.allows_somewhere(context.actor, resource.import_permission))
        return refuse(Refusal::forbidden, "error.forbidden");
    Result<ImportReport> report = refuse(Refusal::unavailable, "error.unavailable");
    try {
        context.services.database.write_alone([&](db::Transaction& transaction) {
            Change change{context, transaction};
            report = Import{context, resource, file}.run(change);
            transaction.settle();
            if (!report || !report->problems.empty() || mode == ImportMode::check) throw Undo{};
            change.publish(std::string{resource.meta->name} + ".imported", "", "zone", resource.read);
            if (!finish_import(context, transaction, begun)) {
                report = refuse(Refusal::conflict, "error.import.finished");
                throw Undo{};
            }
            report->stored = true;
        });
        ++context.services.data_version;
    } catch (Undo const&) {
        // Nothing was stored; the report says why.
    } catch (db::ConstraintViolation const& violation) {
        return tl::make_unexpected(db::to_error(violation));
    }
    return report;
}

} // namespace sangu::resource
