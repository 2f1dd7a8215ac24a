#include "modules/notices/deliver.h"

#include "base/time_zone.h"
#include "kernel/auth/holders.h"
#include "kernel/module.h"
#include "modules/notices/by_mail.h"
#include "modules/notices/store.h"

#include <algorithm>

namespace sangu::notices {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr int kept_days = 365;

std::set<std::string> accounts_of(Services const& services, db::Session& session, events::Notice const& notice) {
    std::set<std::string> accounts;
    for (std::string const& account : notice.accounts)
        if (accounts.size() < auth::holders_max && auth::is_active(session, account)) accounts.insert(account);
    if (!notice.permission.empty())
        accounts.merge([&] {
            auto const holders = auth::holders_of(session, services.permissions, notice.permission, notice.scope,
                                                  local_date(services.clock.now()));
            return std::set<std::string>{holders.begin(), holders.end()};
        }());
    accounts.erase(notice.except);
    return accounts;
}

void tell(Services const& services, db::Transaction& transaction, events::Event const& event,
          events::Audience const& audience, events::Notice const& notice) {
    Entry const entry{.event = event.sequence,
                      .topic = std::string{audience.topic},
                      .message = notice.text,
                      .subject_zh = notice.subject_zh,
                      .subject_en = notice.subject_en,
                      .path = notice.path,
                      .at = event.at,
                      .visibility = event.visibility,
                      .scope = event.scope};
    auto const unwilling_accounts = unwilling(transaction, audience.topic);
    for (std::string const& account : accounts_of(services, transaction, notice))
        if (account != event.actor && !unwilling_accounts.contains(account) &&
            add(transaction, account, audience.topic, event, notice)) {
            events::publish(transaction, services.clock.now(), added_event, std::to_string(event.sequence),
                            "account/" + account, "own");
            mail_at_once(services, transaction, account, entry);
        }
}

} // namespace

void deliver(Services& services, db::Transaction& transaction, events::Event const& event) {
    if (event.kind == added_event || services.clock.now().ms - event.at.ms > told_days * day_ms) return;
    for (Module const& module : services.modules)
        for (events::Audience const& audience : module.audiences)
            if (event.kind.starts_with(audience.kind_prefix))
                for (events::Notice const& notice : audience.of(transaction, event))
                    tell(services, transaction, event, audience, notice);
}

Result<void> forget_old(Context& context, std::string_view, std::string_view) {
    context.services.database.write([&](db::Transaction& transaction) {
        forget_read_before(transaction, Instant{context.now().ms - kept_days * day_ms});
    });
    return {};
}

std::vector<std::string_view> topics_of(std::span<Module const> modules) {
    std::vector<std::string_view> topics;
    for (Module const& module : modules)
        for (events::Audience const& audience : module.audiences)
            if (std::ranges::find(topics, audience.topic) == topics.end()) topics.push_back(audience.topic);
    return topics;
}

} // namespace sangu::notices
