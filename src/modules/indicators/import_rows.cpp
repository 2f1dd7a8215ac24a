#include "modules/indicators/import_rows.h"

#include "base/text.h"
#include "base/time_zone.h"
#include "modules/indicators/store.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace sangu::indicators::detail {

namespace {

constexpr std::size_t problems_max = 100;

// Stores the rows of one reference table by their natural key.
template <class E, class KeyOf, class CheckRow>
void upsert_rows(Change& change, tables::Reader& reader, ImportReport& report, std::vector<E> existing, KeyOf key_of,
                 CheckRow check_row) {
    std::map<std::string, E> known;
    for (E& one : existing) known.emplace(key_of(one), std::move(one));
    std::map<std::string, std::int64_t> lines;
    Sheet sheet{E::meta, reader, report};
    if (!sheet.read_header()) return;
    for (E typed{}; typed = E{}, sheet.next(&typed);) {
        if (!sheet.row_is_good()) continue;
        typed.id = new_id_of<E>();
        Problems problems = entity::validate(typed);
        if (problems.empty()) problems = check_row(typed);
        std::string const key = key_of(typed);
        if (auto const [first, is_new] = lines.emplace(key, sheet.line()); !is_new)
            problems.push_back({"", "indicators.error.doubled_row", {std::to_string(first->second)}});
        sheet.report(std::move(problems));
        if (!sheet.row_is_good() || !report.problems.empty()) continue;
        auto const found = known.find(key);
        if (found == known.end()) {
            entity::insert(change.transaction(), typed);
            ++report.inserted;
            continue;
        }
        E after = found->second;
        sheet.take_columns(&typed, &after);
        if (entity::differences(found->second, after).empty()) {
            ++report.unchanged;
            continue;
        }
        ++report.updated;
        if (!change.save(found->second, after, std::string{E::meta.name} + ".imported"))
            sheet.report({{"", "error.stale", {}}});
    }
}

// The state that an imported observation starts in: the system's own are published by the import itself.
void stamp(Observation& one, Context const& context, std::string const& import_id, Date today) {
    one.entered_by = one.entered_by_name = context.actor.account_id;
    if (!context.actor.name.empty()) one.entered_by_name = context.actor.name;
    one.entered_at = context.now();
    one.import_id = Id<Import>{import_id};
    one.state = ObservationState::submitted;
    if (context.actor.kind != auth::ActorKind::system) return;
    one.state = ObservationState::published;
    one.approved_by = one.entered_by;
    one.approved_by_name = one.entered_by_name;
    one.approved_at = context.now();
    one.known_on = known_from(one, today);
}

std::string figure_key(Observation const& one) {
    return one.indicator + '\n' + one.place + '\n' + to_text(one.period_start) + to_text(one.period_end) +
           to_text(one.vintage) + one.source;
}

bool is_stored(db::Session& session, Observation const& one) {
    return session.exists(
        "select 1 from indicators_observation where indicator = ? and place = ? and period_start = ? and "
        "period_end = ? and vintage = ? and source = ? and revision = 0 and state <> 'discarded'",
        {one.indicator, one.place, to_text(one.period_start), to_text(one.period_end), to_text(one.vintage),
         one.source});
}

} // namespace

bool Sheet::read_header() {
    tables::Row header;
    auto const more = reader_.next(header, line_);
    if (!more || !*more) {
        report(more ? Problems{{"", "error.file.empty", {}, 1, 1}} : more.error().problems);
        return false;
    }
    report(entity::check_header(meta_, header));
    for (std::string const& name : header) {
        entity::FieldMeta const* field = meta_.find(trim(name));
        columns_.push_back(field && (field->read_only || field->hidden) ? nullptr : field);
    }
    for (entity::FieldMeta const& field : meta_.fields)
        if (field.required && !field.key && !field.read_only && std::ranges::find(columns_, &field) == columns_.end())
            report({{std::string{field.name}, "indicators.error.missing_column", {std::string{field.name}}, 1, 0}});
    return report_.problems.empty();
}

bool Sheet::next(void* object) {
    good_ = true;
    auto const more = reader_.next(row_, line_);
    if (!more) {
        report(more.error().problems);
        return false;
    }
    if (!*more) return false;
    ++report_.rows;
    for (std::size_t i = 0; i < row_.size() && i < columns_.size(); ++i) {
        entity::FieldMeta const* field = columns_[i];
        if (!field) continue;
        if (trim(row_[i]).empty() && !field->required) continue;
        auto const parsed = entity::from_plain_text(*field, row_[i]);
        if (!parsed.problem.empty())
            report(
                {{std::string{field->name}, std::string{parsed.problem}, {}, line_, static_cast<std::int64_t>(i) + 1}});
        else if (!field->store(object, parsed.value))
            report({{std::string{field->name}, "error.invalid", {}, line_, static_cast<std::int64_t>(i) + 1}});
    }
    return true;
}

void Sheet::take_columns(void const* from, void* into) const {
    for (entity::FieldMeta const* field : columns_)
        if (field) field->store(into, field->load(from));
}

void Sheet::report(Problems problems) {
    for (Problem& problem : problems) {
        good_ = false;
        if (problem.line == 0) problem.line = line_;
        for (std::size_t i = 0; problem.column == 0 && i < columns_.size(); ++i)
            if (columns_[i] && columns_[i]->name == problem.field) problem.column = static_cast<std::int64_t>(i) + 1;
        if (report_.problems.size() < problems_max)
            report_.problems.push_back(std::move(problem));
        else
            report_.more_problems = true;
    }
}

void import_sources(Change& change, tables::Reader& reader, ImportReport& report) {
    upsert_rows(
        change, reader, report, all_sources(change.transaction()), [](Source const& one) { return one.code; },
        [](Source const&) { return Problems{}; });
}

void import_indicators(Change& change, tables::Reader& reader, ImportReport& report) {
    upsert_rows(
        change, reader, report, all_indicators(change.transaction()), [](Indicator const& one) { return one.code; },
        [](Indicator const&) { return Problems{}; });
}

void import_targets(Change& change, tables::Reader& reader, ImportReport& report) {
    Known const known = Known::load(change.transaction());
    auto existing = entity::where<Target>(change.transaction(), "order by id limit 100000");
    upsert_rows(
        change, reader, report, std::move(existing),
        [](Target const& one) {
            return one.plan + '\n' + one.indicator + '\n' + one.place + '\n' + std::to_string(one.year);
        },
        [&](Target const& one) { return check_target(one, known); });
}

void import_observations(Context& context, Change& change, tables::Reader& reader, ImportReport& report) {
    Known const known = Known::load(change.transaction());
    Date const today = context.today();
    Sheet sheet{Observation::meta, reader, report};
    if (!sheet.read_header()) return;
    std::vector<std::string_view> columns;
    for (entity::FieldMeta const& field : Observation::meta.fields) columns.push_back(field.name);
    report.inserted = context.services.database.copy_in(
        change.transaction(), "indicators_observation", columns, [&](std::vector<Value>& values) {
            for (Observation one; sheet.next(&one); one = Observation{}) {
                if (sheet.row_is_good()) {
                    one.id = new_id_of<Observation>();
                    Problems problems = check_observation(one, known, today);
                    if (problems.empty()) problems = entity::validate(one);
                    sheet.report(std::move(problems));
                }
                if (!report.problems.empty()) continue; // read on for the report, store nothing
                stamp(one, context, report.import_id, today);
                values.clear();
                for (entity::FieldMeta const& field : Observation::meta.fields) values.push_back(field.load(&one));
                return true;
            }
            return false;
        });
}

void find_doubled(Context& context, tables::Reader& reader, ImportReport& report) {
    Known const known = Known::load(context.reader());
    std::unordered_set<std::size_t> seen;
    std::int64_t const rows = report.rows;
    report.rows = 0;
    Sheet sheet{Observation::meta, reader, report};
    if (!sheet.read_header()) return;
    for (Observation one; sheet.next(&one) && !report.more_problems; one = Observation{}) {
        if (!check_observation(one, known, context.today()).empty()) continue;
        bool const twice = !seen.insert(std::hash<std::string>{}(figure_key(one))).second;
        if (twice || is_stored(context.reader(), one))
            sheet.report({{"", twice ? "indicators.error.doubled_in_file" : "indicators.error.already_stored", {}}});
    }
    report.rows = std::max(rows, report.rows);
}

} // namespace sangu::indicators::detail
