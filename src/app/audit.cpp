#include "kernel/audit/audit.h"

#include "app/command.h"
#include "kernel/json/json.h"

#include <iostream>

namespace sangu::app {

void add_audit(CommandLine& line) {
    CLI::App& audit_command = line.command("audit", "The hash-chained audit log");
    audit_command.require_subcommand(1);
    CLI::App& verify = line.below(audit_command, "verify", "Walk the whole chain; exit code 1 when it is broken");
    auto const as_json = std::make_shared<bool>(false);
    verify.add_flag("--json", *as_json, "machine-readable output");
    line.on_run(verify, [as_json](config::Loaded const& loaded) -> int {
        auto const database = db::open({.url = loaded.settings.database});
        auto const lease = database->read();
        audit::Verdict const verdict = audit::verify(*lease);
        if (*as_json) {
            std::string out;
            json::Writer writer{out};
            writer.begin_object().member("whole", verdict.whole).member("records", verdict.records);
            writer.member("pruned", verdict.pruned);
            writer.member("first_bad", verdict.first_bad).member("last_hash", verdict.last_hash).end_object();
            std::cout << out << '\n';
        } else if (verdict.whole) {
            std::cout << verdict.records << " records, chain whole, last hash " << verdict.last_hash << '\n';
            if (verdict.pruned > 0)
                std::cout << verdict.pruned << " older records were pruned when their time was over\n";
        } else {
            std::cout << "chain broken at record " << verdict.first_bad << ": "
                      << i18n::message(terminal_language(), verdict.reason) << '\n';
        }
        return verdict.whole ? done : refused;
    });
}

} // namespace sangu::app
