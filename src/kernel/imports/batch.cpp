#include "kernel/imports/batch.h"

#include "kernel/imports/lookup.h"

#include <algorithm>
#include <set>

namespace sangu::imports::detail {

namespace {

using entity::FieldMeta;

FieldMeta const& version_of(entity::EntityMeta const& meta) {
    auto const field = std::ranges::find_if(meta.fields, &FieldMeta::version);
    SANGU_ASSERT(field != meta.fields.end());
    return *field;
}

class Batch {
public:
    Batch(Work& work, Rows& rows, Change& change, std::vector<Item>& items, bool leaves_out)
        : work_{work}, rows_{rows}, change_{change}, items_{items}, leaves_out_{leaves_out} {}

    // Problems: the batch must be undone.
    Result<BatchCount> store(std::int64_t rows_done) {
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
    BatchCount count_;
};

} // namespace

Result<BatchCount> store_batch(Work& work, Rows& rows, Change& change, std::vector<Item>& items, bool leaves_out) {
    return Batch{work, rows, change, items, leaves_out}.store(work.import.rows_done);
}

} // namespace sangu::imports::detail
