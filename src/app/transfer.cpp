#include "app/command.h"
#include "base/text.h"
#include "kernel/entity/derive.h"
#include "kernel/host.h"
#include "kernel/json/json.h"
#include "kernel/resource/service.h"
#include "kernel/tables/tables.h"

#include <algorithm>
#include <fstream>
#include <iostream>

namespace sangu::app {

namespace {

struct Tables {
    std::vector<Module> const& all;

    resource::Resource const* find_resource(std::string_view name) const {
        for (Module const& module : all)
            for (resource::Resource const& one : module.resources)
                if (one.path == name) return &one;
        return nullptr;
    }
    TableImport const* find_import(std::string_view name) const {
        for (Module const& module : all)
            for (TableImport const& one : module.imports)
                if (one.name == name) return &one;
        return nullptr;
    }
    void print_names(bool importable) const {
        std::cerr << "tables:";
        for (Module const& module : all) {
            for (resource::Resource const& one : module.resources)
                if (!importable || !one.import_permission.empty()) std::cerr << ' ' << one.path;
            if (importable)
                for (TableImport const& one : module.imports) std::cerr << ' ' << one.name;
        }
        std::cerr << '\n';
    }
};

void print_report(resource::ImportReport const& report, bool as_json) {
    if (as_json) {
        std::string out;
        json::Writer writer{out};
        writer.begin_object()
            .member("stored", report.stored)
            .member("rows", report.rows)
            .member("created", report.created);
        writer.member("changed", report.changed).member("unchanged", report.unchanged).key("problems").begin_array();
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
        return;
    }
    if (!report.problems.empty()) {
        print_error(Error{Refusal::invalid, "error.invalid", {}, report.problems});
        if (report.more_problems) std::cerr << "  …\n";
    }
    std::cout << report.rows << " rows: " << report.created << " new, " << report.changed << " changed, "
              << report.unchanged << " unchanged; " << (report.stored ? "stored" : "nothing stored") << '\n';
}

int import(config::Loaded const& loaded, std::string const& table, std::string const& file, bool dry_run,
           bool as_json) {
    SystemClock const clock;
    Host host{loaded.settings, modules(), clock};
    auto const all = modules();
    Tables const tables{all};
    Context context{host.services(), auth::system_actor(), terminal_language()};
    auto const mode = dry_run ? resource::ImportMode::check : resource::ImportMode::store;
    Result<resource::ImportReport> report = refuse(Refusal::not_found, "error.not_found");
    if (TableImport const* own = tables.find_import(table))
        report = own->run(context, file, file.substr(file.find_last_of('/') + 1), mode);
    else if (auto const* generic = tables.find_resource(table); generic && !generic->import_permission.empty())
        report = resource::import_file(context, *generic, file, mode);
    else {
        tables.print_names(true);
        return wrong_use;
    }
    if (!report) {
        print_error(report.error());
        return refused;
    }
    print_report(*report, as_json);
    return report->problems.empty() ? done : refused;
}

int export_table(config::Loaded const& loaded, std::string const& table, std::string const& file,
                 std::string const& format) {
    SystemClock const clock;
    Host host{loaded.settings, modules(), clock};
    auto const all = modules();
    Tables const tables{all};
    auto const* resource = tables.find_resource(table);
    if (!resource) {
        tables.print_names(false);
        return wrong_use;
    }
    Context context{host.services(), auth::system_actor(), terminal_language()};
    std::ofstream out;
    if (format != "xlsx") out.open(file, std::ios::binary);
    auto const writer = format == "xlsx" ? tables::xlsx_writer(file, resource->meta->table())
                                         : tables::csv_writer([&](std::string_view bytes) { out << bytes; });
    entity::AnyObject one{*resource->meta};
    bool first = true;
    if (format == "json")
        out << '[';
    else
        writer->row(entity::table_header(*resource->meta));
    entity::each(context.reader(), *resource->meta, one.get(), "order by id", {}, [&] {
        if (format != "json") return writer->row(entity::to_row(*resource->meta, one.get()));
        std::string text{first ? "\n" : ",\n"};
        entity::write_json(text, *resource->meta, one.get());
        out << text;
        first = false;
    });
    if (format == "json")
        out << "\n]\n";
    else
        writer->finish();
    if (format != "xlsx" && !out.flush()) {
        std::cerr << "sangu: cannot write " << file << '\n';
        return fault;
    }
    return done;
}

} // namespace

void add_transfer(CommandLine& line) {
    CLI::App& in = line.command("import", "Import a CSV or XLSX file; everything or nothing");
    struct Arguments {
        std::string table, file, format = "csv";
        bool dry_run = false, as_json = false;
    };
    auto const given = std::make_shared<Arguments>();
    in.add_option("table", given->table, "which table")->required();
    in.add_option("file", given->file, "the file")->required()->check(CLI::ExistingFile);
    in.add_flag("--dry-run", given->dry_run, "only check");
    in.add_flag("--json", given->as_json, "machine-readable report");
    line.on_run(in, [given](config::Loaded const& loaded) {
        return import(loaded, given->table, given->file, given->dry_run, given->as_json);
    });
    CLI::App& out = line.command("export", "Write a table as CSV, XLSX or JSON");
    out.add_option("table", given->table, "which table")->required();
    out.add_option("file", given->file, "where to")->required();
    out.add_option("--format", given->format, "csv, xlsx or json")->check(CLI::IsMember({"csv", "xlsx", "json"}));
    line.on_run(out, [given](config::Loaded const& loaded) {
        return export_table(loaded, given->table, given->file, given->format);
    });
}

} // namespace sangu::app
