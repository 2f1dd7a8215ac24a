#include "kernel/http/temporary_file.h"
#include "kernel/imports/lookup.h"
#include "kernel/imports/steps.h"
#include "kernel/json/json.h"

#include <algorithm>
#include <set>

namespace sangu::imports::detail {

namespace {

using entity::FieldMeta;

// Thrown inside the writer to undo a batch.
struct Undo {};

FieldMeta const& version_of(entity::EntityMeta const& meta) {
    auto const field = std::ranges::find_if(meta.fields, &FieldMeta::version);
    SANGU_ASSERT(field != meta.fields.end());
    return *field;
}

struct Count {
    std::int64_t created = 0, changed = 0, unchanged = 0, left_out = 0;
};

// One batch inside the writer.
class Batch {
public:
    Batch(Work& work, Rows& rows, Change& change, std::vector<Item>& items, bool leaves_out)
        : work_{work}, rows_{rows}, change_{change}, items_{items}, leaves_out_{leaves_out} {}

    // Problems: the batch must be undone.
    Result<Count> store(std::int64_t rows_done) {
        rows_.resolve(change_.transaction(), items_);
        refuse_doubled_objects();
        Problems problems;
        for (Item& item : items_)
            if (!item.is_good() && !leaves_out_)
                problems.insert(problems.end(), item.problems.begin(), item.problems.end());
        if (!problems.empty()) return refuse(std::move(problems));
        for (Item& item : items_) sort(item);
        create_all();
        for (Item* item : changed_) TRY_VOID(save(*item));
        write_journal(rows_done);
        return count_;
    }

private:
    // A row that names an object which an earlier row of this import wrote.
    void refuse_doubled_objects() {
        std::vector<std::string> ids;
        for (Item const& item : items_)
            if (item.before) ids.push_back(item.before->id());
        std::set<std::string> written;
        std::string const select = "select object_id from kernel_table_import_row";
        each_of(change_.transaction(), select, "import_id = '" + work_.import.id.text + "' and object_id", ids,
                [&](db::Row const& row) { written.emplace(row.text(0)); });
        for (Item& item : items_) {
            if (!item.after || !item.is_good()) continue;
            std::string const name = rows_.key() && !item.before
                                         ? entity::to_plain_text(*rows_.key(), rows_.key()->load(item.after->get()))
                                         : item.after->id();
            if (!written.insert(name).second)
                item.problems.push_back({"", "error.import.object_twice", {}, item.line, 0});
        }
    }

    void sort(Item& item) {
        if (!item.is_good())
            ++count_.left_out;
        else if (!item.before)
            created_.push_back(&item);
        else if (entity::differences(work_.meta(), item.before->get(), item.after->get()).empty())
            ++count_.unchanged;
        else
            changed_.push_back(&item);
    }

    void create_all() {
        std::vector<std::string_view> columns;
        for (FieldMeta const& field : work_.meta().fields) columns.push_back(field.name);
        std::size_t at = 0;
        auto const next = [&](std::vector<Value>& row) {
            if (at == created_.size()) return false;
            row.clear();
            for (FieldMeta const& field : work_.meta().fields) row.push_back(field.load(created_[at]->after->get()));
            ++at;
            return true;
        };
        auto& database = work_.context.services.database;
        if (!created_.empty()) database.copy_in(change_.transaction(), work_.meta().table(), columns, next);
        std::string const action = std::string{work_.meta().name} + ".created";
        for (Item const* item : created_)
            change_.audit({.action = action,
                           .object_kind = work_.meta().name,
                           .object_id = item->after->id(),
                           .scope = item->scope,
                           .comment = work_.import.file_name});
        if (work_.resource.after_write)
            for (Item const* item : created_)
                if (auto const done = work_.resource.after_write(work_.context, change_, nullptr, item->after->get());
                    !done)
                    throw std::runtime_error{"after_write refused a checked row: " + done.error().key};
        count_.created = static_cast<std::int64_t>(created_.size());
    }

    Result<void> save(Item& item) {
        TRY_VOID(change_.save(work_.meta(), item.before->get(), item.after->get(), item.after->id(), "import.changed",
                              item.scope, work_.import.file_name));
        ++count_.changed;
        if (!work_.resource.after_write) return {};
        return work_.resource.after_write(work_.context, change_, item.before->get(), item.after->get());
    }

    void write_journal(std::int64_t rows_done) {
        constexpr std::string_view columns[] = {"import_id", "seq",     "line",   "object_id",
                                                "before",    "version", "outcome"};
        FieldMeta const& version = version_of(work_.meta());
        std::size_t at = 0;
        auto const next = [&](std::vector<Value>& row) {
            while (at < items_.size() && !is_written(items_[at])) ++at;
            if (at == items_.size()) return false;
            Item const& item = items_[at];
            row = {work_.import.id.text,
                   rows_done + static_cast<std::int64_t>(at),
                   item.line,
                   item.after->id(),
                   item.before ? Value{fields_of(work_.meta(), item.before->get())} : Value{},
                   version.load(item.after->get()),
                   std::string{"stored"}};
            ++at;
            return true;
        };
        work_.context.services.database.copy_in(change_.transaction(), "kernel_table_import_row", columns, next);
    }

    bool is_written(Item const& item) const {
        return std::ranges::find(created_, &item) != created_.end() ||
               std::ranges::find(changed_, &item) != changed_.end();
    }

    Work& work_;
    Rows& rows_;
    Change& change_;
    std::vector<Item>& items_;
    bool leaves_out_;
    std::vector<Item*> created_, changed_;
    Count count_;
};

// The run over the file: batches, and row by row where the database itself refuses one.
class Run {
public:
    Run(Work& work, Rows& rows)
        : work_{work}, rows_{rows}, leaves_out_{mapping_from(work.import.mapping).leave_out_bad} {}

    // False: somebody else moved the import on, or it was refused.
    bool store(std::vector<Item>& items) {
        try {
            return attempt(items);
        } catch (db::ConstraintViolation const& violation) {
            if (items.size() == 1) return leave_out(items.front(), db::to_error(violation));
        }
        for (Item& item : items) {
            std::vector<Item> one(1);
            one[0].line = item.line;
            one[0].cells = item.cells;
            if (!store(one)) return false;
        }
        return true;
    }

    void finish() {
        (void)work_.context.change<void>([&](Change& change) -> Result<void> {
            if (!move(change.transaction(), work_.import, {State::running}, State::done, work_.context.now()))
                return {};
            std::string payload;
            json::Writer{payload}
                .begin_object()
                .member("import", work_.import.id.text)
                .member("title", work_.import.file_name)
                .member("path", "/" + work_.import.resource + "/import/" + work_.import.id.text)
                .end_object();
            change.publish(std::string{work_.meta().name} + ".imported", work_.import.id.text, "zone",
                           work_.resource.read, payload);
            drop_file(change.transaction(), work_.import);
            Progress::publish(change, work_.import);
            return {};
        });
    }

private:
    bool attempt(std::vector<Item>& items) {
        for (Item& item : items) {
            item.before.reset();
            item.after.reset();
            item.problems.clear();
        }
        bool is_mine = false;
        Result<Count> count = refuse(Refusal::conflict, "error.import.moved_on");
        try {
            work_.context.services.database.write([&](db::Transaction& transaction) {
                is_mine = claim(transaction, items.size());
                if (!is_mine) return;
                Change change{work_.context, transaction};
                count = Batch{work_, rows_, change, items, leaves_out_}.store(work_.import.rows_done);
                if (!count) throw Undo{};
                add(transaction, *count);
                if (progress_.is_due()) Progress::publish(change, work_.import);
            });
        } catch (Undo const&) {
            return refuse_file(count.error());
        }
        if (!is_mine) return false;
        work_.context.services.note_commit();
        work_.import.rows_done += static_cast<std::int64_t>(items.size());
        return true;
    }

    // Of two servers at one import, and of a run and somebody who stops it, one wins here.
    bool claim(db::Transaction& transaction, std::size_t rows) const {
        return transaction.execute(
                   "update kernel_table_import set rows_done = ?, updated_at = ? where id = ? and state = "
                   "'running' and rows_done = ?",
                   {work_.import.rows_done + static_cast<std::int64_t>(rows),
                    to_text(work_.context.services.clock.now()), work_.import.id.text, work_.import.rows_done}) == 1;
    }

    void add(db::Transaction& transaction, Count const& count) const {
        transaction.execute("update kernel_table_import set created = created + ?, changed = changed + ?, unchanged = "
                            "unchanged + ?, left_out = left_out + ? where id = ?",
                            {count.created, count.changed, count.unchanged, count.left_out, work_.import.id.text});
    }

    bool leave_out(Item const& item, Error error) {
        Problems problems = error.problems.empty() ? Problems{{"", error.key, error.arguments}} : error.problems;
        for (Problem& problem : problems) {
            problem.line = item.line;
            problem.column = rows_.column_of(problem.field);
        }
        if (!leaves_out_) return refuse_file({Refusal::invalid, "error.invalid", {}, std::move(problems)});
        bool is_mine = false;
        work_.context.services.database.write([&](db::Transaction& transaction) {
            is_mine = claim(transaction, 1);
            if (is_mine) add(transaction, {.left_out = 1});
        });
        if (is_mine) ++work_.import.rows_done;
        return is_mine;
    }

    // What was stored is taken back by the next step.
    bool refuse_file(Error const& error) {
        Problems const problems = error.problems.empty() ? Problems{{"", error.key, error.arguments}} : error.problems;
        (void)work_.context.change<void>([&](Change& change) -> Result<void> {
            auto& transaction = change.transaction();
            if (!move(transaction, work_.import, {State::running}, State::stopping, work_.context.now())) return {};
            transaction.execute("delete from kernel_table_import_problem where import_id = ?", {work_.import.id.text});
            add_problems(transaction, work_.import.id.text, 0, problems);
            transaction.execute("update kernel_table_import set problems = ? where id = ?",
                                {static_cast<std::int64_t>(problems.size()), work_.import.id.text});
            return {};
        });
        return false;
    }

    Work& work_;
    Rows& rows_;
    bool leaves_out_;
    Progress progress_;
};

} // namespace

void run(Work& work) {
    auto const file = file_of(work.context.services.database, work.import);
    auto rows = Rows::open(work.context, work.resource, mapping_from(work.import.mapping), file->path());
    if (!rows || !rows->skip(work.import.rows_done)) throw std::runtime_error{"a checked file cannot be read"};
    Run run{work, *rows};
    while (!work.is_time_up()) {
        auto items = rows->read();
        if (!items) throw std::runtime_error{"a checked file cannot be read"};
        if (items->empty()) return run.finish();
        if (!run.store(*items)) return;
    }
}

} // namespace sangu::imports::detail
