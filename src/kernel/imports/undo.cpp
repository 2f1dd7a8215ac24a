#include "kernel/entity/store.h"
#include "kernel/imports/lookup.h"
#include "kernel/imports/steps.h"
#include "kernel/resource/service.h"

#include <algorithm>
#include <unordered_map>

namespace sangu::imports::detail {

namespace {

using entity::AnyObject;
using entity::FieldMeta;

struct Entry {
    std::int64_t seq = 0, version = 0;
    std::string object_id;
    std::optional<std::string> before;
};

std::vector<Entry> next_entries(db::Session& session, std::string const& import_id, std::size_t limit) {
    std::vector<Entry> entries;
    session.query(
        "select seq, version, object_id, before from kernel_table_import_row where import_id = ? and outcome = "
        "'stored' order by seq desc limit ?",
        {import_id, static_cast<std::int64_t>(limit)}, [&](db::Row const& row) {
            entries.push_back({row.integer(0), row.integer(1), std::string{row.text(2)},
                               row.is_null(3) ? std::nullopt : std::optional{std::string{row.text(3)}}});
        });
    return entries;
}

class TakeBack {
public:
    explicit TakeBack(Work& work) : work_{work} {
        for (FieldMeta const& field : work.meta().fields)
            if (field.version) version_ = &field;
        SANGU_ASSERT(version_);
    }

    // False: nothing is left.
    bool batch(std::size_t rows) {
        bool found = false;
        work_.context.services.database.write([&](db::Transaction& transaction) {
            Change change{work_.context, transaction};
            auto const entries = next_entries(transaction, work_.import.id.text, rows);
            found = !entries.empty();
            auto const objects = load(transaction, entries);
            std::int64_t taken = 0, kept = 0;
            for (Entry const& entry : entries) {
                auto const object = objects.find(entry.object_id);
                bool const is_same = object != objects.end() && version_of(object->second) == entry.version;
                if (is_same) take_back(change, entry, object->second);
                note(transaction, entry, is_same ? "taken_back" : "edited");
                ++(is_same ? taken : kept);
            }
            count(transaction, taken, kept);
            if (progress_.is_due()) Progress::publish(change, work_.import);
        });
        if (found) work_.context.services.note_commit();
        return found;
    }

    // The next one alone, after the database refused a batch: what others refer to stays.
    void one_by_one(std::size_t rows) {
        for (std::size_t i = 0; i < rows; ++i) {
            try {
                if (!batch(1)) return;
            } catch (db::ConstraintViolation const&) {
                work_.context.services.database.write([&](db::Transaction& transaction) {
                    for (Entry const& entry : next_entries(transaction, work_.import.id.text, 1))
                        note(transaction, entry, "in_use");
                    count(transaction, 0, 1);
                });
            }
        }
    }

    void finish() {
        (void)work_.context.change<void>([&](Change& change) -> Result<void> {
            bool const was_undo = work_.import.state == State::undoing;
            if (!move(change.transaction(), work_.import, {work_.import.state},
                      was_undo ? State::undone : State::stopped, work_.context.now()))
                return {};
            if (work_.import.has_file) drop_file(change.transaction(), work_.import);
            if (was_undo)
                change.publish(std::string{work_.meta().name} + ".import_undone", work_.import.id.text, "zone",
                               work_.resource.read);
            Progress::publish(change, work_.import);
            return {};
        });
    }

private:
    std::int64_t version_of(AnyObject const& object) const {
        return std::get<std::int64_t>(version_->load(object.get()));
    }

    std::unordered_map<std::string, AnyObject> load(db::Session& session, std::vector<Entry> const& entries) const {
        std::vector<std::string> ids;
        for (Entry const& entry : entries) ids.push_back(entry.object_id);
        std::unordered_map<std::string, AnyObject> objects;
        AnyObject one{work_.meta()};
        each_of(session, entity::select_sql(work_.meta()), work_.meta().key().name, ids, [&](db::Row const& row) {
            entity::load_row(work_.meta(), one.get(), row);
            objects.emplace(one.id(), one);
        });
        return objects;
    }

    void take_back(Change& change, Entry const& entry, AnyObject const& now) {
        constexpr std::string_view action = "import.taken_back";
        std::string const scope = resource::scope_of(work_.resource, now.get());
        if (!entry.before) {
            entity::erase(change.transaction(), work_.meta(), entry.object_id);
            change.audit({.action = action,
                          .object_kind = work_.meta().name,
                          .object_id = entry.object_id,
                          .scope = scope,
                          .comment = work_.import.file_name});
            return;
        }
        AnyObject earlier = now;
        restore_fields(work_.meta(), earlier.get(), *entry.before);
        version_->store(earlier.get(), Value{entry.version});
        must(change.save(work_.meta(), now.get(), earlier.get(), entry.object_id, action, scope,
                         work_.import.file_name));
        if (work_.resource.after_write)
            must(work_.resource.after_write(work_.context, change, now.get(), earlier.get()));
    }

    // A refusal of a module means the same as one of the database: others hold on to the object.
    static void must(Result<void> const& done) {
        if (!done) throw db::ConstraintViolation{db::ConstraintKind::foreign_key, done.error().key, done.error().key};
    }

    void note(db::Transaction& transaction, Entry const& entry, std::string_view outcome) const {
        transaction.execute("update kernel_table_import_row set outcome = ? where import_id = ? and seq = ?",
                            {std::string{outcome}, work_.import.id.text, entry.seq});
    }

    void count(db::Transaction& transaction, std::int64_t taken, std::int64_t kept) const {
        transaction.execute(
            "update kernel_table_import set taken_back = taken_back + ?, kept = kept + ?, rows_done = "
            "rows_done + ?, updated_at = ? where id = ?",
            {taken, kept, taken + kept, to_text(work_.context.services.clock.now()), work_.import.id.text});
    }

    Work& work_;
    FieldMeta const* version_ = nullptr;
    Progress progress_;
};

} // namespace

void take_back(Work& work) {
    TakeBack taking{work};
    while (!work.is_time_up()) {
        try {
            if (!taking.batch(batch_rows)) return taking.finish();
        } catch (db::ConstraintViolation const&) {
            taking.one_by_one(batch_rows);
        }
    }
}

} // namespace sangu::imports::detail
