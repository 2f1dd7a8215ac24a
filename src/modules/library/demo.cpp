// Entries for a demonstration, written and published as people would do it.

#include "base/log.h"
#include "base/text.h"
#include "kernel/auth/account.h"
#include "kernel/config/settings.h"
#include "modules/library/service.h"

namespace sangu::library {

namespace {

constexpr std::string_view owner_login = "demo.member", owner_name = "赵强（演示）";

std::string owner_account(Services& services) {
    std::string id;
    services.database.write([&](db::Transaction& transaction) {
        id = auth::demo_account(transaction, owner_login, owner_name, services.clock.now());
    });
    return id;
}

Result<void> publish_one(Services& services, Kind const& kind, std::string_view line, std::string const& account) {
    auth::Actor const owner{
        .kind = auth::ActorKind::person, .account_id = account, .name = std::string{owner_name}, .roles = {}};
    auth::Actor officer = auth::system_actor();
    officer.roles = {{"zone_officer", {"zone"}}};
    Context writing{services, owner, i18n::Language::zh_hans}, reviewing{services, officer, i18n::Language::zh_hans};
    auto const typed = TRY(typed_from_json(kind, line));
    Entry const draft = TRY(start(writing, kind, typed));
    TRY(step(writing, draft.number, "submit", {}));
    TRY(step(reviewing, draft.number, "publish", {}));
    return {};
}

void report(Kind const& kind, std::string_view line, Error const& error) {
    std::string reasons = error.key;
    for (Problem const& one : error.problems) reasons += " " + one.field + ":" + one.key;
    log::warning("library.demo.refused",
                 {{"kind", std::string{kind.name}}, {"reasons", reasons}, {"row", std::string{shorten(line, 80)}}});
}

} // namespace

int seed_demo(Services& services, Kind const& kind, std::string_view lines) {
    if (!services.settings.demo) return 0;
    bool const has_some = services.database.read()->exists("select 1 from library_entry where kind = ? limit 1",
                                                           {std::string{kind.name}});
    if (has_some) return 0;
    std::string const account = owner_account(services);
    int published = 0;
    for (std::string_view const line : split_text(lines, '\n'))
        if (!trim(line).empty()) {
            auto const done = publish_one(services, kind, line, account);
            if (done)
                ++published;
            else
                report(kind, line, done.error());
        }
    return published;
}

} // namespace sangu::library
