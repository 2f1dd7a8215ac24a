#include "kernel/module.h"

#include "kernel/auth/account.h"
#include "kernel/auth/session.h"
#include "kernel/context.h"
#include "modules/identity/mail.h"
#include "modules/identity/pages.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> identity_files();
}

namespace {

constexpr std::string_view administrators[] = {"system_administrator", "security_administrator", "audit_administrator"};
constexpr std::string_view system_only[] = {"system_administrator"};
constexpr std::string_view security_only[] = {"security_administrator"};
constexpr std::string_view audit_only[] = {"audit_administrator"};
constexpr std::string_view clean_job = "identity.sessions.clean";

Result<void> clean_sessions(Context& context, std::string_view, std::string_view) {
    context.services.database.write(
        [&](db::Transaction& transaction) { auth::forget_old_sessions(transaction, context.now()); });
    return {};
}

std::vector<http::Route> all_routes() {
    std::vector<http::Route> all;
    for (auto const make : {identity::sign_in_routes, identity::second_factor_routes, identity::external_routes,
                            identity::own_account_routes, identity::token_routes, identity::account_routes,
                            identity::audit_routes, identity::permission_routes, identity::mail_routes})
        for (http::Route& one : make()) all.push_back(std::move(one));
    return all;
}

} // namespace

Module identity_module() {
    Module module{.name = "identity", .uses = {"registry"}};
    module.entities = {&auth::Account::meta, &auth::Grant::meta};
    module.permissions = {{"identity.account.read", administrators},    {"identity.account.edit", system_only},
                          {"identity.role.edit", security_only},        {"identity.second_factor.reset", security_only},
                          {"identity.permission.read", administrators}, {"audit.read", audit_only}};
    module.routes = all_routes();
    module.resources = {{.meta = &auth::Account::meta,
                         .path = "accounts",
                         .read = "identity.account.read",
                         .default_sort = "login",
                         .page = "/accounts"}};
    module.menu = {
        {"menu.administration", "kernel.account.plural", "/accounts", "identity.account.read", 10},
        {"menu.administration", "identity.account.new", "/accounts/new", "identity.account.edit", 20},
        {"menu.administration", "identity.permissions.title", "/permissions", "identity.permission.read", 30},
        {"menu.administration", "identity.audit.title", "/audit", "audit.read", 40}};
    module.jobs = {{.kind = clean_job, .run = clean_sessions}, identity::password_mail_job()};
    module.schedules = {{.kind = clean_job, .every_s = 6 * 3600}};
    module.files = embedded::identity_files();
    return module;
}

} // namespace sangu
