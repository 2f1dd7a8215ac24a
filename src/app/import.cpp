#include "app/import.h"

#include "app/command.h"
#include "base/text.h"
#include "kernel/host.h"
#include "kernel/imports/imports.h"
#include "kernel/json/json.h"

#include <algorithm>
#include <iostream>

namespace sangu::app {

namespace {

using imports::Import, imports::State;

constexpr int problems_printed = 100, no_limit_ms = 24 * 3600 * 1000;

resource::Resource const* find_resource(Services const& services, std::string_view name) {
    for (Module const& module : services.modules)
        for (resource::Resource const& one : module.resources)
            if (one.path == name && !one.import_permission.empty()) return &one;
    return nullptr;
}

void print_json(resource::ImportReport const& report, std::string_view import_id) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("stored", report.stored);
    if (!import_id.empty()) writer.member("import", import_id);
    writer.member("rows", report.rows).member("created", report.created).member("changed", report.changed);
    writer.member("unchanged", report.unchanged).key("problems").begin_array();
    for (Problem const& problem : report.problems)
        writer.begin_object()
            .member("line", problem.line)
            .member("column", problem.column)
            .member("field", problem.field)
            .member("key", problem.key)
            .member("message", i18n::format(terminal_language(), problem))
            .end_object();
    writer.end_array().end_object();
    std::cout << out << '\n';
}

std::pair<std::string, std::string> pair_of(std::string const& text) {
    auto const at = text.rfind('=');
    return at == std::string::npos ? std::pair{text, std::string{}}
                                   : std::pair{text.substr(0, at), text.substr(at + 1)};
}

// The guess of the preview, changed by what the command line says.
Result<imports::Mapping> mapping_of(entity::EntityMeta const& meta, imports::Mapping mapping,
                                    MappedImport const& given) {
    auto& columns = mapping.columns;
    for (std::string const& text : given.map) {
        auto const [header, field] = pair_of(text);
        auto const column = std::ranges::find(columns, header, &imports::Column::header);
        if (column == columns.end()) return refuse({Problem{"", "error.import.column_unknown", {header}, 1, 0}});
        for (imports::Column& other : columns)
            if (!field.empty() && other.field == field) other.field.clear();
        column->field = field;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        bool const is_told = std::ranges::any_of(
            given.map, [&](std::string const& text) { return pair_of(text).first == columns[i].header; });
        if (columns[i].field.empty() && !is_told && !given.only_known && !meta.find(columns[i].header))
            return refuse(
                {Problem{"", "error.import.column_unknown", {columns[i].header}, 1, static_cast<std::int64_t>(i) + 1}});
        if (!given.dates.empty())
            columns[i].order =
                given.dates == "month-first" ? imports::DateOrder::month_first : imports::DateOrder::day_first;
    }
    for (std::string const& text : given.set) mapping.constants.push_back(pair_of(text));
    mapping.leave_out_bad = given.leave_out_bad;
    return mapping;
}

void fill(resource::ImportReport& report, Context& context, Import const& import) {
    report.rows = import.rows_total;
    report.created = import.created;
    report.changed = import.changed;
    report.unchanged = import.unchanged;
    report.stored = import.state == State::done;
    report.problems = imports::problems_of(context.reader(), import.id.text, 0, problems_printed);
    report.more_problems = import.problems > problems_printed;
}

Result<Import> run_steps(Context& context, resource::Resource const& resource, MappedImport const& given) {
    http::Upload upload;
    upload.path = given.file;
    upload.file_name = given.file.substr(given.file.find_last_of('/') + 1);
    auto const begun = imports::begin(context, resource, upload, given.source);
    upload.path.clear(); // the file is not ours to remove
    if (!begun) return tl::make_unexpected(begun.error());
    Import import = begun->import;
    auto mapping = TRY(mapping_of(*resource.meta, imports::mapping_from(import.mapping), given));
    {
        auto const seen = TRY(imports::preview(context, resource, given.file, import.source, &mapping));
        if (!seen.ambiguous.empty()) return refuse(seen.ambiguous);
        mapping = seen.mapping;
    }
    auto const step = [&](Result<void> const& asked) -> Result<void> {
        if (!asked) return asked;
        imports::work(context.services, resource, import.id.text, no_limit_ms);
        context.refresh();
        import = *imports::find(context.reader(), resource.path, import.id.text);
        return {};
    };
    TRY_VOID(step(imports::ask_check(context, resource, import, mapping)));
    if (!given.dry_run && import.state == State::checked) TRY_VOID(step(imports::ask_run(context, resource, import)));
    return import;
}

int import_by_resource(Context& context, resource::Resource const& resource, MappedImport const& given) {
    auto const import = run_steps(context, resource, given);
    if (!import) {
        if (given.as_json) return print_report({.problems = import.error().problems}, {}, true), refused;
        print_error(import.error());
        return refused;
    }
    resource::ImportReport report;
    fill(report, context, *import);
    return print_report(report, report.stored ? import->id.text : std::string{}, given.as_json);
}

int undo(Context& context, resource::Resource const& resource, MappedImport const& given) {
    auto const import = imports::find(context.reader(), resource.path, given.undo);
    auto const asked = import ? imports::ask_undo(context, resource, *import)
                              : Result<void>{refuse(Refusal::not_found, "error.not_found")};
    if (!asked) {
        print_error(asked.error());
        return refused;
    }
    imports::work(context.services, resource, import->id.text, no_limit_ms);
    context.refresh();
    auto const after = imports::find(context.reader(), resource.path, given.undo);
    std::cout << after->taken_back << " records taken back, " << after->kept << " left as they are\n";
    for (imports::KeptRow const& row : imports::kept_rows(context.reader(), after->id.text, problems_printed))
        std::cout << "  line " << row.line << " " << row.object_id << " " << row.reason << '\n';
    return done;
}

} // namespace

int print_report(resource::ImportReport const& report, std::string_view import_id, bool as_json) {
    int const code = report.stored || report.problems.empty() ? done : refused;
    if (as_json) return print_json(report, import_id), code;
    if (!report.problems.empty()) {
        print_error(Error{Refusal::invalid, "error.invalid", {}, report.problems});
        if (report.more_problems) std::cerr << "  …\n";
    }
    std::cout << report.rows << " rows: " << report.created << " new, " << report.changed << " changed, "
              << report.unchanged << " unchanged; " << (report.stored ? "stored" : "nothing stored");
    if (!import_id.empty()) std::cout << " (import " << import_id << ")";
    std::cout << '\n';
    return code;
}

void add_mapping(CLI::App& command, MappedImport& given) {
    command.add_option("--map", given.map, "column=field: what a column fills; column= leaves it out")
        ->allow_extra_args(false);
    command.add_option("--set", given.set, "field=value for every row")->allow_extra_args(false);
    command.add_option("--dates", given.dates, "how to read dates like 03/04/2015")
        ->check(CLI::IsMember({"month-first", "day-first"}));
    command.add_option("--source", given.source, "name under which the mapping is remembered");
    command.add_flag("--leave-out-bad", given.leave_out_bad, "leave rows with problems out");
    command.add_flag("--only-known", given.only_known, "leave columns out that mean no field");
    command.add_option("--undo", given.undo, "take an import back, by its id");
}

int import_mapped(config::Loaded const& loaded, MappedImport const& given) {
    SystemClock const clock;
    Host host{loaded.settings, modules(), clock};
    Context context{host.services(), auth::system_actor(), terminal_language()};
    auto const* resource = find_resource(host.services(), given.table);
    if (!resource) return wrong_use;
    return given.undo.empty() ? import_by_resource(context, *resource, given) : undo(context, *resource, given);
}

} // namespace sangu::app
