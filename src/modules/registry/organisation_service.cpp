#include "modules/registry/organisation_service.h"

#include "modules/registry/registry.h"
#include "modules/registry/rules.h"

namespace sangu::registry {

namespace {

Result<void> check(Context& context, db::Session& session, Organisation const* before, Organisation& after) {
    if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
    return before_organisation(context, session, before, &after);
}

} // namespace

bool may_edit(Context& context, Organisation const& organisation) {
    return context.may(organisation_edit, organisation.scope) ||
           (context.actor.kind == auth::ActorKind::person &&
            speaks_for(context.reader(), context.actor.account_id, organisation.id.text, context.today()));
}

Result<std::string> create_organisation(Context& context, Organisation organisation) {
    organisation.id = new_id_of<Organisation>();
    organisation.confirmed_on = context.today();
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        TRY_VOID(check(context, change.transaction(), nullptr, organisation));
        TRY_VOID(context.require(organisation_edit, organisation.scope));
        change.create(organisation, organisation.scope);
        TRY_VOID(after_organisation(context, change, nullptr, &organisation));
        change.publish("registry.organisation.created", organisation.id.text, organisation.scope, "registry.read");
        return organisation.id.text;
    });
}

Result<void> save_organisation(Context& context, Organisation const& before, Organisation after) {
    if (!may_edit(context, before)) return refuse(Refusal::forbidden, "error.forbidden");
    after.confirmed_on = context.today();
    return context.change<void>([&](Change& change) -> Result<void> {
        TRY_VOID(check(context, change.transaction(), &before, after));
        bool const is_officer = context.may(organisation_edit, before.scope);
        if (is_officer)
            TRY_VOID(context.require(organisation_edit, after.scope));
        else if (before.place_id != after.place_id || before.uscc != after.uscc)
            return refuse(Refusal::forbidden, "registry.organisation.officer_only");
        TRY_VOID(change.save(before, after, "registry.organisation.updated", before.scope));
        TRY_VOID(after_organisation(context, change, &before, &after));
        change.publish("registry.organisation.updated", after.id.text, before.scope, "registry.read");
        return {};
    });
}

Result<void> confirm_organisation(Context& context, Organisation const& organisation) {
    if (!may_edit(context, organisation)) return refuse(Refusal::forbidden, "error.forbidden");
    Organisation after = organisation;
    after.confirmed_on = context.today();
    return context.change<void>([&](Change& change) -> Result<void> {
        return change.save(organisation, after, "registry.organisation.confirmed", organisation.scope);
    });
}

} // namespace sangu::registry
