#include "modules/registry/invitations.h"

#include "base/text.h"
#include "kernel/auth/digest.h"
#include "kernel/auth/random.h"
#include "modules/registry/claims.h"
#include "modules/registry/organisation_service.h"
#include "modules/registry/registry.h"

namespace sangu::registry {

namespace {

constexpr std::int64_t day_ms = 86'400'000;

Result<void> require_member(Context& context, std::string const& organisation_id) {
    if (context.actor.kind == auth::ActorKind::person &&
        speaks_for(context.reader(), context.actor.account_id, organisation_id, context.today()))
        return {};
    return refuse(Refusal::forbidden, "error.forbidden");
}

std::optional<Invitation> find_open(db::Session& session, std::string_view token, Instant now) {
    auto invitation =
        entity::first<Invitation>(session, "where token_hash = ? and used_at is null", {auth::sha256_hex(token)});
    if (!invitation || invitation->expires_at <= now) return std::nullopt;
    return invitation;
}

} // namespace

Result<std::string> invite(Context& context, Organisation const& organisation, std::string_view position) {
    TRY_VOID(require_member(context, organisation.id.text));
    std::string const token = auth::random_token();
    Invitation const one{.id = new_id_of<Invitation>(),
                         .organisation_id = organisation.id,
                         .position = std::string{trim(position)},
                         .token_hash = auth::sha256_hex(token),
                         .invited_by = {context.actor.account_id},
                         .expires_at = {context.now().ms + invitation_days * day_ms}};
    if (auto problems = entity::validate(one); !problems.empty()) return refuse(std::move(problems));
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        change.create(one, organisation.scope);
        return token;
    });
}

std::optional<Invitation> open_invitation(Context& context, std::string_view token) {
    return find_open(context.reader(), token, context.now());
}

Result<std::string> accept_invitation(Context& context, std::string_view token) {
    if (context.actor.kind != auth::ActorKind::person) return refuse(Refusal::forbidden, "error.forbidden");
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        auto const before = find_open(change.transaction(), token, context.now());
        if (!before) return refuse(Refusal::not_found, "registry.invitation.over");
        // Whoever invited may have left since: then the invitation is worth nothing.
        if (!speaks_for(change.transaction(), before->invited_by.text, before->organisation_id.text, context.today()))
            return refuse(Refusal::not_found, "registry.invitation.over");
        auto const organisation = entity::find(change.transaction(), before->organisation_id);
        Invitation after = *before;
        after.used_by = Id<auth::Account>{context.actor.account_id};
        after.used_at = context.now();
        TRY_VOID(change.save(*before, after, "registry.invitation.accepted", organisation->scope));
        TRY_VOID(become_member(context, change, before->organisation_id, context.actor.account_id, before->position,
                               organisation->scope));
        return before->organisation_id.text;
    });
}

Result<void> revoke_invitation(Context& context, std::string_view invitation_id) {
    auto const before = entity::find(context.reader(), Id<Invitation>{std::string{invitation_id}});
    if (!before || before->used_at) return refuse(Refusal::not_found, "registry.invitation.over");
    TRY_VOID(require_member(context, before->organisation_id.text));
    Invitation after = *before;
    after.expires_at = context.now();
    return context.change<void>(
        [&](Change& change) -> Result<void> { return change.save(*before, after, "registry.invitation.revoked"); });
}

Result<void> end_membership(Context& context, std::string_view membership_id) {
    auto const before = is_id(membership_id)
                            ? entity::find(context.reader(), Id<Membership>{std::string{membership_id}})
                            : std::nullopt;
    if (!before || (before->until && *before->until <= context.today()))
        return refuse(Refusal::not_found, "error.not_found");
    auto const organisation = entity::find(context.reader(), before->organisation_id);
    if (!organisation || !may_edit(context, *organisation)) return refuse(Refusal::forbidden, "error.forbidden");
    return context.change<void>([&](Change& change) -> Result<void> {
        // A membership lasts a day at least; one that began today is taken back.
        if (before->since >= context.today()) {
            if (!entity::erase(change, Membership::meta, before->id.text)) return refuse(Refusal::stale, "error.stale");
            change.audit({.action = "registry.membership.removed",
                          .object_kind = "registry.membership",
                          .object_id = before->id.text,
                          .scope = organisation->scope});
            return {};
        }
        Membership after = *before;
        after.until = context.today();
        return change.save(*before, after, "registry.membership.ended", organisation->scope);
    });
}

} // namespace sangu::registry
