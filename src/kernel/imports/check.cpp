#include "base/text.h"
#include "kernel/entity/derive.h"
#include "kernel/http/temporary_file.h"
#include "kernel/imports/lookup.h"
#include "kernel/imports/steps.h"

#include <algorithm>
#include <unordered_map>

namespace sangu::imports::detail {

namespace {

using entity::FieldMeta;

// Values that must be one of a kind: in the file, and (but for the key, by which rows find their object) in the table.
class Uniqueness {
public:
    explicit Uniqueness(Rows const& rows) : rows_{rows} {
        for (FieldMeta const& field : rows.meta().fields)
            if (rows.column_of(field.name) && (field.unique || &field == rows.key())) fields_.push_back({&field, {}});
    }

    void look_at(db::Session& session, std::vector<Item>& items) {
        for (Seen& seen : fields_) {
            std::unordered_map<std::string, Item*> fresh;
            for (Item& item : items) {
                if (!item.is_good()) continue;
                std::string text = entity::to_plain_text(*seen.field, seen.field->load(item.after->get()));
                if (text.empty()) continue;
                auto const [earlier, is_new] = seen.lines.try_emplace(std::hash<std::string>{}(text), item.line);
                if (!is_new)
                    add(item, *seen.field, "error.import.same_as_line", std::to_string(earlier->second));
                else if (seen.field != rows_.key())
                    fresh.emplace(std::move(text), &item);
            }
            look_into_table(session, *seen.field, fresh);
        }
    }

private:
    struct Seen {
        FieldMeta const* field;
        std::unordered_map<std::size_t, std::int64_t> lines; // by hash: a million rows stay small
    };

    void add(Item& item, FieldMeta const& field, std::string_view key, std::string argument) {
        item.problems.push_back(
            {std::string{field.name}, std::string{key}, {std::move(argument)}, item.line, rows_.column_of(field.name)});
    }

    void look_into_table(db::Session& session, FieldMeta const& field,
                         std::unordered_map<std::string, Item*> const& fresh) {
        std::vector<std::string> values;
        for (auto const& [text, item] : fresh) values.push_back(text);
        std::string const select = "select id, " + std::string{field.name} + " from " + rows_.meta().table();
        each_of(session, select, field.name, values, [&](db::Row const& row) {
            auto const found = fresh.find(std::string{row.text(1)});
            if (found == fresh.end() || found->second->after->id() == row.text(0)) return;
            if (found->second->is_good()) add(*found->second, field, "error.already_exists", found->first);
        });
    }

    Rows const& rows_;
    std::vector<Seen> fields_;
};

struct Count {
    std::int64_t rows = 0, created = 0, changed = 0, unchanged = 0, bad_rows = 0;
    Problems problems;
    std::int64_t problems_all = 0;

    void add(Problems found) {
        problems_all += static_cast<std::int64_t>(found.size());
        for (Problem& one : found)
            if (static_cast<std::int64_t>(problems.size()) < problems_kept_max) problems.push_back(std::move(one));
    }
    void add(entity::EntityMeta const& meta, Item& item) {
        ++rows;
        if (!item.is_good()) {
            ++bad_rows;
            add(std::move(item.problems));
        } else if (!item.before)
            ++created;
        else if (entity::differences(meta, item.before->get(), item.after->get()).empty())
            ++unchanged;
        else
            ++changed;
    }
};

// False: the check was stopped meanwhile.
bool note(Work& work, Count const& count) {
    auto const noted = work.context.change<bool>([&](Change& change) -> Result<bool> {
        bool const is_mine =
            change.transaction().execute(
                "update kernel_table_import set rows_done = ?, problems = ?, updated_at = ? where id = ? and "
                "state = 'checking'",
                {count.rows, count.problems_all, to_text(work.context.now()), work.import.id.text}) == 1;
        if (is_mine) Progress::publish(change, work.import);
        return is_mine;
    });
    return noted.value_or(false);
}

void finish(Work& work, Count const& count, bool is_file_good) {
    bool const leaves_out = mapping_from(work.import.mapping).leave_out_bad;
    bool const is_good = is_file_good && count.rows > 0 && (count.bad_rows == 0 || leaves_out) &&
                         count.created + count.changed + count.unchanged > 0;
    (void)work.context.change<void>([&](Change& change) -> Result<void> {
        if (!move(change.transaction(), work.import, {State::checking}, is_good ? State::checked : State::refused,
                  work.context.now()))
            return {};
        change.transaction().execute(
            "update kernel_table_import set rows_total = ?, rows_done = ?, created = ?, changed = ?, unchanged = ?, "
            "left_out = ?, problems = ? where id = ?",
            {count.rows, count.rows, count.created, count.changed, count.unchanged, count.bad_rows, count.problems_all,
             work.import.id.text});
        // Another check may have been cut off after its report.
        change.transaction().execute("delete from kernel_table_import_problem where import_id = ?",
                                     {work.import.id.text});
        add_problems(change.transaction(), work.import.id.text, 0, count.problems);
        Progress::publish(change, work.import);
        return {};
    });
}

} // namespace

void check(Work& work) {
    auto const file = file_of(work.context.services.database, work.import);
    Count count;
    auto rows = Rows::open(work.context, work.resource, mapping_from(work.import.mapping), file->path());
    if (!rows) {
        count.add(rows.error().problems);
        return finish(work, count, false);
    }
    Uniqueness uniqueness{*rows};
    Progress progress;
    for (;;) {
        auto items = rows->read();
        if (!items) {
            count.add(items.error().problems);
            return finish(work, count, false);
        }
        if (items->empty()) break;
        rows->resolve(work.context.reader(), *items);
        uniqueness.look_at(work.context.reader(), *items);
        for (Item& item : *items) count.add(rows->meta(), item);
        if (progress.is_due() && !note(work, count)) return;
    }
    if (count.rows == 0) count.add({Problem{"", "error.file.empty", {}, 1, 1}});
    finish(work, count, count.rows > 0);
}

} // namespace sangu::imports::detail
