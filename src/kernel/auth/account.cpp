#include "kernel/auth/account.h"

#include "base/text.h"
#include "kernel/auth/session.h"
#include "kernel/auth/token.h"
#include "kernel/entity/store.h"

#include <algorithm>

namespace sangu::auth {

using entity::field, entity::fields;

constinit entity::EntityMeta const Account::meta = entity::entity<Account>("kernel.account", [] {
    return fields(
        field<&Account::id>().key(), field<&Account::login>().required().unique().length(3, 60).listed().search(10),
        field<&Account::name>().required().max_length(60).listed().personal().search(10),
        field<&Account::language>().required().max_length(10).read_only(),
        field<&Account::state>().required().listed().facet().read_only(),
        field<&Account::demo>().required().read_only(), field<&Account::created_at>().required().read_only().listed(),
        field<&Account::signed_in_at>().read_only().listed().personal(), field<&Account::version>().version());
});

constinit entity::EntityMeta const Grant::meta = entity::entity<Grant>("kernel.role_grant", [] {
    return fields(field<&Grant::id>().key(), field<&Grant::account_id>().required().refers_to("kernel.account"),
                  field<&Grant::role>().required().max_length(60).listed(),
                  field<&Grant::scope>().required().max_length(200).listed(),
                  field<&Grant::valid_from>().required().listed(), field<&Grant::valid_to>().listed(),
                  field<&Grant::granted_by>().required().max_length(60).read_only(),
                  field<&Grant::granted_at>().required().read_only());
});

bool is_administrator_role(std::string_view role) {
    return role == system_administrator || role == security_administrator || role == audit_administrator;
}

Result<std::string> checked_login(std::string_view typed) {
    std::string login = to_lower_ascii(trim(typed));
    auto const fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@';
    };
    if (login.size() < 3 || login.size() > 60 || !std::ranges::all_of(login, fits))
        return refuse(Problems{{"login", "auth.login.form", {}}});
    return login;
}

Account create_account(db::Transaction& transaction, std::string_view login, std::string_view name, Instant now,
                       bool demo) {
    Account account{.id = new_id_of<Account>(),
                    .login = std::string{login},
                    .name = std::string{name},
                    .demo = demo,
                    .created_at = now};
    entity::insert(transaction, account);
    transaction.execute("insert into kernel_credential (account_id) values (?)", {account.id.text});
    return account;
}

std::string demo_account(db::Transaction& transaction, std::string_view login, std::string_view name, Instant now) {
    auto const found = find_account_by_login(transaction, login);
    return found ? found->id.text : create_account(transaction, login, name, now, true).id.text;
}

Actor demo_officer(db::Database& database, Instant now) {
    constexpr std::string_view login = "demo.zone", name = "何岚（演示）";
    Actor officer{.kind = ActorKind::person,
                  .account_id = {},
                  .name = std::string{name},
                  .roles = {{"zone_officer", {"zone"}}},
                  .token_permissions = {}};
    database.write(
        [&](db::Transaction& transaction) { officer.account_id = demo_account(transaction, login, name, now); });
    return officer;
}

std::optional<Account> find_account(db::Session& session, std::string_view id) {
    return entity::find(session, Id<Account>{std::string{id}});
}

std::optional<Account> find_account_by_login(db::Session& session, std::string_view login) {
    return entity::first<Account>(session, "where login = ?", {to_lower_ascii(trim(login))});
}

std::vector<Grant> grants_of(db::Session& session, std::string_view account_id) {
    return entity::where<Grant>(session, "where account_id = ? order by role, scope limit 200",
                                {std::string{account_id}});
}

Result<Grant> grant_role(db::Transaction& transaction, Grant grant) {
    grant.id = new_id_of<Grant>();
    if (transaction.exists("select 1 from kernel_role_grant where account_id = ? and role = ? and scope = ?",
                           {grant.account_id.text, grant.role, grant.scope}))
        return refuse(Refusal::conflict, "auth.role.held");
    for (Grant const& held : grants_of(transaction, grant.account_id.text))
        if (is_administrator_role(grant.role) && is_administrator_role(held.role))
            return refuse(Refusal::conflict, "auth.role.separated");
    entity::insert(transaction, grant);
    end_sessions_of(transaction, grant.account_id.text);
    return grant;
}

bool revoke_role(db::Transaction& transaction, Grant const& grant) {
    if (!entity::erase(transaction, Grant::meta, grant.id.text)) return false;
    end_sessions_of(transaction, grant.account_id.text);
    return true;
}

void shut_out(db::Transaction& transaction, std::string_view account_id) {
    end_sessions_of(transaction, account_id);
    revoke_tokens_of(transaction, account_id);
    transaction.execute("update kernel_credential set code_hash = '', code_until = null where account_id = ?",
                        {std::string{account_id}});
}

} // namespace sangu::auth
