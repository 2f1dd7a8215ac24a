#include "modules/registry/claims.h"

namespace sangu::registry {

using entity::field, entity::fields;

constinit entity::EntityMeta const Claim::meta = entity::entity<Claim>("registry.claim", [] {
    using C = Claim;
    return fields(field<&C::id>().key(),
                  field<&C::organisation_id>().required().refers_to("registry.organisation").read_only(),
                  field<&C::account_id>().required().refers_to("kernel.account").read_only(),
                  field<&C::position>().required().max_length(60).personal(), field<&C::way>().required(),
                  field<&C::statement>().max_length(1000).multiline(), field<&C::state>().required().read_only(),
                  field<&C::reason>().max_length(1000).multiline().read_only(),
                  field<&C::scope>().required().max_length(200).read_only(), field<&C::code_hash>().hidden(),
                  field<&C::code_until>().read_only(), field<&C::code_attempts>().read_only(),
                  field<&C::submitted_at>().required().read_only(), field<&C::decided_by>().max_length(60).read_only(),
                  field<&C::decided_at>().read_only(), field<&C::version>().version());
});

constinit entity::EntityMeta const Invitation::meta = entity::entity<Invitation>("registry.invitation", [] {
    using I = Invitation;
    return fields(
        field<&I::id>().key(), field<&I::organisation_id>().required().refers_to("registry.organisation").read_only(),
        field<&I::position>().required().max_length(60), field<&I::token_hash>().unique().hidden(),
        field<&I::invited_by>().required().refers_to("kernel.account").read_only(),
        field<&I::expires_at>().required().read_only(), field<&I::used_by>().refers_to("kernel.account").read_only(),
        field<&I::used_at>().read_only(), field<&I::version>().version());
});

} // namespace sangu::registry
