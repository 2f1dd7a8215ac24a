#include "support/test_app.h"

#include "kernel/auth/account.h"
#include "kernel/auth/session.h"

namespace sangu::test {

TestApp::TestApp(std::vector<Module> modules, std::string_view kind, config::Settings settings) {
    directory_.emplace();
    if (settings.key_file.empty()) settings.key_file = (directory_->path() / "sangu.key").string();
    if (kind == "postgres") {
        postgres_.emplace();
        settings.database = postgres_->url();
    } else {
        settings.database = "sqlite:" + (directory_->path() / "sangu.db").string();
    }
    host_ = std::make_unique<Host>(std::move(settings), std::move(modules), clock_);
    visitor_.emplace(*host_);
}

std::string TestApp::account(std::string_view login, std::vector<auth::RoleGrant> roles, std::string_view name) {
    std::string id;
    write([&](db::Transaction& transaction) {
        id = auth::create_account(transaction, login, name.empty() ? login : name, clock_.now()).id.text;
        for (auth::RoleGrant const& role : roles) {
            auth::Grant grant;
            grant.id = new_id_of<auth::Grant>();
            grant.account_id = {id};
            grant.role = role.role;
            grant.scope = role.scope.path;
            grant.valid_from = parse_date("2017-01-01").value();
            grant.granted_by = "system";
            grant.granted_at = clock_.now();
            SANGU_ASSERT(auth::grant_role(transaction, std::move(grant)).has_value());
        }
    });
    return id;
}

namespace {

http::Request with_session(std::string const& cookie) {
    http::Request request;
    request.headers = {{"cookie", "sangu_session=" + cookie}};
    return request;
}

} // namespace

Browser TestApp::as(std::string_view account_id) {
    auth::NewSession session;
    write([&](db::Transaction& transaction) {
        session = auth::start_session(transaction, account_id, clock_.now(), "127.0.0.1", "test", "");
    });
    auto const identity = auth::identify(services(), with_session(session.cookie_value));
    SANGU_ASSERT(!identity.session_id.empty());
    write([&](db::Transaction& transaction) {
        session = auth::rotate_session(transaction, identity.session_id, clock_.now(), true).value();
    });
    Browser browser{*host_};
    browser.set_cookie("sangu_session", session.cookie_value);
    return browser;
}

Context TestApp::context(std::string_view account_id) {
    auth::NewSession session;
    write([&](db::Transaction& transaction) {
        session = auth::start_session(transaction, account_id, clock_.now(), "127.0.0.1", "test", "");
    });
    return {services(), auth::identify(services(), with_session(session.cookie_value)).actor, i18n::Language::zh_hans};
}

} // namespace sangu::test
