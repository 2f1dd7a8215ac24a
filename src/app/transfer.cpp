#include "app/command.h"
#include "app/import.h"
#include "base/text.h"
#include "kernel/auth/holders.h"
#include "kernel/entity/derive.h"
#include "kernel/host.h"
#include "kernel/json/json.h"
#include "kernel/resource/import_journal.h"
#include "kernel/resource/service.h"
#include "kernel/tables/tables.h"

#include <algorithm>
#include <fstream>
#include <iostream>

namespace sangu::app {

namespace {

struct ImportArguments {
    std::string table, file;
    MappedImport mapped; // for the generic resources
    bool dry_run = false, as_json = false, resume = false;
};

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

bool can_import(Tables const& tables, std::string_view table) {
    auto const* generic = tables.find_resource(table);
    return tables.find_import(table) || (generic && !generic->import_permission.empty());
}

Result<resource::ImportReport> import_into(Context& context, Tables const& tables, std::string const& table,
                                           std::string const& path, std::string const& file_name,
                                           resource::ImportMode mode, std::string const& begun) {
    if (TableImport const* own = tables.find_import(table)) return own->run(context, path, file_name, mode, begun);
    return resource::import_file(context, *tables.find_resource(table), path, mode, begun);
}

int told(Result<resource::ImportReport> const& report, bool as_json) {
    if (!report) {
        print_error(report.error());
        return refused;
    }
    return print_report(*report, {}, as_json);
}

int import(config::Loaded const& loaded, ImportArguments const& given) {
    SystemClock const clock;
    Host host{loaded.settings, modules(), clock};
    auto const all = modules();
    Tables const tables{all};
    if (!tables.find_import(given.table) && can_import(tables, given.table)) return import_mapped(loaded, given.mapped);
    if (!can_import(tables, given.table)) {
        tables.print_names(true);
        return wrong_use;
    }
    Context context{host.services(), auth::system_actor(), terminal_language()};
    std::string const name = given.file.substr(given.file.find_last_of('/') + 1);
    if (given.dry_run)
        return told(import_into(context, tables, given.table, given.file, name, resource::ImportMode::check, {}),
                    given.as_json);
    // What cannot be read is not worth keeping for a second try.
    if (auto const readable = tables::open(given.file); !readable)
        return told(tl::make_unexpected(readable.error()), given.as_json);
    auto const begun = resource::begin_import(context, given.table, name, given.file);
    return told(resource::run_begun<resource::ImportReport>(context, begun, given.file,
                                                            [&](std::string const& path) {
                                                                return import_into(context, tables, given.table, path,
                                                                                   name, resource::ImportMode::store,
                                                                                   begun.id);
                                                            }),
                given.as_json);
}

// Goes on with every import that was interrupted, each as the act of the one who began it.
int resume(config::Loaded const& loaded, bool as_json) {
    SystemClock const clock;
    Host host{loaded.settings, modules(), clock};
    auto const all = modules();
    Tables const tables{all};
    auto const waiting = resource::waiting_imports(*host.services().database.read(), "");
    int code = done;
    for (resource::BegunImport const& begun : waiting) {
        Context context{host.services(), auth::system_actor(), terminal_language()};
        if (begun.begun_by != context.actor.account_id) {
            auto actor = auth::actor_of(context.reader(), begun.begun_by, context.today());
            context.actor = actor ? *std::move(actor) : auth::anonymous();
        }
        if (!as_json) std::cout << begun.target << ' ' << begun.file_name << ": ";
        Result<resource::ImportReport> report = refuse(Refusal::not_found, "error.not_found");
        if (can_import(tables, begun.target))
            report = resource::resume_begun<resource::ImportReport>(context, begun, [&](std::string const& path) {
                return import_into(context, tables, begun.target, path, begun.file_name, resource::ImportMode::store,
                                   begun.id);
            });
        code = std::max(code, told(report, as_json));
    }
    if (waiting.empty() && !as_json) std::cout << "no import waits\n";
    return code;
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
    CLI::App& in = line.command("import", "Import a CSV, XLSX or JSON Lines file; everything or nothing");
    auto const wanted = std::make_shared<ImportArguments>();
    auto* const table = in.add_option("table", wanted->table, "which table");
    auto* const file = in.add_option("file", wanted->file, "the file")->check(CLI::ExistingFile);
    auto* const dry_run = in.add_flag("--dry-run", wanted->dry_run, "only check");
    in.add_flag("--json", wanted->as_json, "machine-readable report");
    in.add_flag("--resume", wanted->resume, "go on with the imports that were interrupted, without table and file")
        ->excludes(table)
        ->excludes(file)
        ->excludes(dry_run);
    add_mapping(in, wanted->mapped);
    line.on_run(in, [wanted](config::Loaded const& loaded) -> int {
        wanted->mapped.table = wanted->table;
        wanted->mapped.file = wanted->file;
        wanted->mapped.dry_run = wanted->dry_run;
        wanted->mapped.as_json = wanted->as_json;
        if (!wanted->mapped.undo.empty()) return import_mapped(loaded, wanted->mapped);
        if (wanted->resume) return resume(loaded, wanted->as_json);
        if (wanted->file.empty()) {
            std::cerr << "sangu: import needs a table and a file, or --resume\n";
            return wrong_use;
        }
        return import(loaded, *wanted);
    });
    struct Arguments {
        std::string table, file, format = "csv";
    };
    auto const given = std::make_shared<Arguments>();
    CLI::App& out = line.command("export", "Write a table as CSV, XLSX or JSON");
    out.add_option("table", given->table, "which table")->required();
    out.add_option("file", given->file, "where to")->required();
    out.add_option("--format", given->format, "csv, xlsx or json")->check(CLI::IsMember({"csv", "xlsx", "json"}));
    line.on_run(out, [given](config::Loaded const& loaded) {
        return export_table(loaded, given->table, given->file, given->format);
    });
}

} // namespace sangu::app
