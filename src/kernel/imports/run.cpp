#include "kernel/http/temporary_file.h"
#include "kernel/imports/batch.h"
#include "kernel/json/json.h"

#include <algorithm>

namespace sangu::imports::detail {

namespace {

// Thrown inside the writer to undo a batch.
struct Undo {};

// The run over the file: batches, and row by row where the database itself refuses one.
class Run {
public:
    Run(Work& work, Rows& rows)
        : work_{work}, rows_{rows}, leaves_out_{mapping_from(work.import.mapping).leave_out_bad} {}

    // The next of `items` as one command: as many as keep the writer for less than half a second.
    std::vector<Item> next_batch(std::vector<Item>& items, std::size_t& at) const {
        std::size_t const end = std::min(items.size(), at + batch_);
        std::vector<Item> batch;
        std::move(items.begin() + static_cast<std::ptrdiff_t>(at), items.begin() + static_cast<std::ptrdiff_t>(end),
                  std::back_inserter(batch));
        at = end;
        return batch;
    }

    // False: somebody else moved the import on, or it was refused.
    bool store(std::vector<Item>& items) {
        auto const begun = std::chrono::steady_clock::now();
        bool const done = store_or_divide(items);
        auto const took = std::chrono::steady_clock::now() - begun;
        if (took > std::chrono::milliseconds{500}) batch_ = std::max(batch_ / 2, smallest_batch);
        if (took < std::chrono::milliseconds{150}) batch_ = std::min(batch_ * 2, batch_rows);
        return done;
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
    static constexpr std::size_t smallest_batch = 25;

    bool store_or_divide(std::vector<Item>& items) {
        try {
            return attempt(items);
        } catch (db::ConstraintViolation const& violation) {
            if (items.size() == 1) return leave_out(items.front(), db::to_error(violation));
        }
        for (Item& item : items) {
            std::vector<Item> one(1);
            one[0].line = item.line;
            one[0].cells = item.cells;
            if (!store_or_divide(one)) return false;
        }
        return true;
    }

    bool attempt(std::vector<Item>& items) {
        for (Item& item : items) {
            item.before.reset();
            item.after.reset();
            item.problems.clear();
        }
        bool is_mine = false;
        Result<BatchCount> count = refuse(Refusal::conflict, "error.import.moved_on");
        try {
            work_.context.services.database.write([&](db::Transaction& transaction) {
                is_mine = claim(transaction, items.size());
                if (!is_mine) return;
                Change change{work_.context, transaction};
                count = store_batch(work_, rows_, change, items, leaves_out_);
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

    void add(db::Transaction& transaction, BatchCount const& count) const {
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
    std::size_t batch_ = batch_rows;
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
        for (std::size_t at = 0; at < items->size() && !work.is_time_up();) {
            auto batch = run.next_batch(*items, at);
            if (!run.store(batch)) return;
        }
    }
}

} // namespace sangu::imports::detail
