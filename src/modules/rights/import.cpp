#include "modules/rights/import.h"

#include "kernel/resource/pages.h"
#include "kernel/tables/tables.h"
#include "modules/rights/input.h"
#include "modules/rights/numbers.h"
#include "modules/rights/shares.h"

#include <algorithm>
#include <set>

namespace sangu::rights {

namespace {

struct Undo {}; // thrown inside the writer to take everything back

class Import {
public:
    Import(Context& context, Change& change, tables::Reader& file, std::string source)
        : context_{context}, change_{change}, file_{file}, source_{std::move(source)},
          rules_{rulebook(change.transaction())} {}

    Result<RightsReport> run(std::string_view mapping, ImportMode mode) {
        mode_ = mode;
        std::int64_t line = 0;
        if (!TRY(file_.next(header_, line))) return refuse({Problem{"", "error.file.empty", {}, 1, 1}});
        TRY_VOID(choose_rules(mapping));
        tables::Row row;
        for (;;) {
            auto const more = file_.next(row, line);
            if (!more) {
                report(more.error().problems, line);
                break;
            }
            if (!*more) break;
            ++report_.rows;
            TRY_VOID(take(row, line));
        }
        return std::move(report_);
    }

private:
    Result<void> choose_rules(std::string_view mapping) {
        if (mapping.empty()) {
            fields_ = TRY(own_columns(header_));
            return {};
        }
        auto const stored = entity::first<Mapping>(change_.transaction(), "where code = ?", {std::string{mapping}});
        if (!stored) return refuse(Problems{{"mapping", "rights.mapping.unknown", {}}});
        fields_ = TRY(parse_mapping(stored->rules));
        if (stored->licence) source_ += (source_.empty() ? "" : " · ") + *stored->licence;
        if (auto problems = check_header(fields_, header_); !problems.empty()) return refuse(std::move(problems));
        return {};
    }

    void report(Problems const& problems, std::int64_t line) {
        for (Problem problem : problems) {
            if (!problem.line) problem.line = line;
            if (report_.problems.size() < reported_max)
                report_.problems.push_back(std::move(problem));
            else
                report_.more_problems = true;
        }
    }

    // The stored right that has one of the numbers or, without any, its holder's own number; empty when it is new.
    std::string existing(Right const& right) {
        Right tidied = right;
        Problems ignored;
        check_numbers(tidied, ignored);
        for (auto const& [column, number] : {std::pair{"application_number", &tidied.application_number},
                                             std::pair{"grant_number", &tidied.grant_number},
                                             std::pair{"publication_number", &tidied.publication_number}})
            if (auto id = twin_of(change_.transaction(), tidied, column, *number); !id.empty()) return id;
        if (!right.docket || right.application_number || right.grant_number || right.publication_number) return {};
        return change_.transaction()
            .text("select id from rights_right where docket = ? and country = ? and kind = ? and title = ? limit 1",
                  {*right.docket, right.country, std::string{name_of(right.kind)}, right.title})
            .value_or("");
    }

    // A blank cell leaves choices and the office as they are.
    static bool has_no_default(std::string_view field) {
        return Right::meta.find(field)->type->kind != entity::Kind::choice && field != "country";
    }

    static Problems read(MappedRow const& mapped, RightRecord& record) {
        entity::FormData data;
        TypedParts parts = parts_in(record);
        for (auto const& [field, text] : mapped.fields) {
            if (field == "holders")
                parts.holders = holders_in(text);
            else if (field == "inventors")
                parts.inventors = text;
            else if (field == "classes")
                parts.classes = text;
            else if (!text.empty() || has_no_default(field))
                data.emplace_back(field, text);
        }
        Problems problems = entity::from_form(Right::meta, &record.right, data);
        read_parts(parts, record, problems);
        return problems;
    }

    Result<void> take(tables::Row const& row, std::int64_t line) {
        MappedRow const mapped = map_row(fields_, header_, row);
        RightRecord record, before;
        Problems problems = mapped.problems;
        std::ranges::copy(read(mapped, record), std::back_inserter(problems));
        std::string const id = problems.empty() ? existing(record.right) : std::string{};
        if (!id.empty() && taken_.contains(id)) problems.push_back({"", "rights.error.twice_in_file", {}});
        if (problems.empty() && !id.empty()) {
            before = parts_of(change_.transaction(), *right_with(change_.transaction(), id));
            record = before;
            problems = read(mapped, record);
        }
        if (id.empty()) record.right.id = new_id_of<Right>();
        if (!record.right.source && !source_.empty()) record.right.source = source_;
        if (problems.empty())
            if (auto const done = complete(context_, change_.transaction(), record, rules_); !done)
                problems = done.error().problems;
        if (!problems.empty()) {
            ++report_.left_out;
            report(problems, line);
            return {};
        }
        taken_.insert(record.right.id.text);
        return store(id.empty() ? nullptr : &before, record);
    }

    Result<void> store(RightRecord const* before, RightRecord& record) {
        if (mode_ == ImportMode::store_all && !report_.problems.empty()) return {};
        Result<void> done{};
        if (!before) {
            ++report_.created;
            done = insert_record(change_, record);
        } else if (unchanged(*before, record)) {
            ++report_.unchanged;
        } else {
            ++report_.changed;
            done = replace_record(change_, context_.now(), before->right, record, "rights.right.imported");
        }
        return done;
    }

    static bool unchanged(RightRecord const& before, RightRecord const& after) {
        RightRecord same = after;
        same.right.checked_on = before.right.checked_on;
        same.right.version = before.right.version;
        same.right.holders = before.right.holders;
        same.right.inventors = before.right.inventors;
        same.right.section = before.right.section;
        return entity::differences(before.right, same.right).empty() &&
               holders_text(before.holders) == holders_text(after.holders) &&
               parts_in(before).inventors == parts_in(after).inventors &&
               parts_in(before).classes == parts_in(after).classes;
    }

    Context& context_;
    Change& change_;
    tables::Reader& file_;
    std::string source_;
    Rulebook rules_;
    ImportMode mode_ = ImportMode::check;
    tables::Row header_;
    FieldRules fields_;
    std::set<std::string> taken_; // rights this file has named
    RightsReport report_;
};

} // namespace

Result<RightsReport> import_rights(Context& context, std::string const& path, std::string_view mapping,
                                   ImportMode mode) {
    TRY_VOID(context.require(import_permission));
    auto const file = TRY(tables::open(path));
    Result<RightsReport> report = refuse(Refusal::unavailable, "error.unavailable");
    try {
        context.services.database.write_alone([&](db::Transaction& transaction) {
            Change change{context, transaction};
            report = Import{context, change, *file, {}}.run(mapping, mode);
            bool const whole = report && (report->problems.empty() || mode == ImportMode::store_good);
            if (!whole || mode == ImportMode::check) throw Undo{};
            change.publish("rights.right.imported", "", "zone", "public");
            report->stored = true;
        });
        context.services.note_commit();
    } catch (Undo const&) {
        // Nothing was stored; the report says why.
    } catch (db::ConstraintViolation const& violation) {
        return tl::make_unexpected(db::to_error(violation));
    }
    context.refresh();
    return report;
}

std::vector<std::string> import_columns() {
    std::vector<std::string> columns = resource::import_columns(Right::meta);
    columns.insert(columns.end(), {"holders", "inventors", "classes"});
    return columns;
}

} // namespace sangu::rights
