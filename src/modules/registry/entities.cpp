#include "modules/registry/entities.h"

namespace sangu::registry {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Place::meta = entity::entity<Place>("registry.place", [] {
    using P = Place;
    return fields(
        field<&P::id>().key(), field<&P::code>().required().unique().length(2, 40).listed(),
        field<&P::kind>().required().listed().facet(), field<&P::parent_id>().refers_to("registry.place").listed(),
        field<&P::name_zh>().required().max_length(60).listed().search(10),
        field<&P::name_en>().required().max_length(100).listed().search(5),
        field<&P::division_code>().length(6, 6).listed(), field<&P::position>().between(0, 10'000),
        field<&P::path>().required().unique().max_length(200).read_only().listed(), field<&P::version>().version());
});

constinit entity::EntityMeta const Organisation::meta = entity::entity<Organisation>("registry.organisation", [] {
    using O = Organisation;
    return fields(field<&O::id>().key(), field<&O::name>().required().length(2, 120).listed().search(10),
                  field<&O::name_en>().max_length(200).search(5), field<&O::kind>().required().listed().facet(),
                  field<&O::uscc>().unique().max_length(18).format("uscc").listed(),
                  field<&O::place_id>().refers_to("registry.place").listed().facet(),
                  field<&O::website>().max_length(300).format("url"),
                  field<&O::introduction>().max_length(4000).multiline(),
                  field<&O::former_names>().max_length(1000).multiline(), field<&O::address>().max_length(300),
                  field<&O::email>().max_length(254).format("email"), field<&O::founded_on>(),
                  field<&O::division_code>().max_length(6), field<&O::industry_edition>().required(),
                  field<&O::industry>().max_length(10), field<&O::strategic_industry>().max_length(10),
                  field<&O::high_tech_field>().max_length(10), field<&O::cluster>().max_length(40).facet(),
                  field<&O::confirmed_on>().read_only(), field<&O::scope>().required().max_length(200).read_only(),
                  field<&O::version>().version());
});

constinit entity::EntityMeta const Membership::meta = entity::entity<Membership>("registry.membership", [] {
    using M = Membership;
    return fields(field<&M::id>().key(), field<&M::account_id>().required().refers_to("kernel.account").listed(),
                  field<&M::organisation_id>().required().refers_to("registry.organisation").listed(),
                  field<&M::position>().required().max_length(60).listed().personal(),
                  field<&M::since>().required().listed(), field<&M::until>().listed(), field<&M::version>().version(),
                  rule<M>("since_before_until", [](M const& one) { return !one.until || one.since < *one.until; }));
});

constinit entity::EntityMeta const Person::meta = entity::entity<Person>("registry.person", [] {
    using P = Person;
    return fields(field<&P::id>().key(), field<&P::name>().required().max_length(60).listed().personal().search(10),
                  field<&P::name_en>().max_length(100).listed().personal().search(5),
                  field<&P::orcid>().unique().max_length(19).format("orcid").listed().personal(),
                  field<&P::introduction>().max_length(2000).multiline().personal(),
                  field<&P::account_id>().unique().refers_to("kernel.account").read_only(),
                  field<&P::is_public>().facet(), field<&P::erased_at>().read_only(), field<&P::version>().version());
});

constinit entity::EntityMeta const Affiliation::meta = entity::entity<Affiliation>("registry.affiliation", [] {
    using A = Affiliation;
    return fields(field<&A::id>().key(), field<&A::person_id>().required().refers_to("registry.person"),
                  field<&A::organisation_id>().required().refers_to("registry.organisation"),
                  field<&A::position>().required().max_length(60).personal(), field<&A::since>().personal(),
                  field<&A::until>().personal(), field<&A::version>().version(),
                  rule<A>("since_before_until",
                          [](A const& one) { return !one.since || !one.until || *one.since < *one.until; }));
});

constinit entity::EntityMeta const Contact::meta = entity::entity<Contact>("registry.contact", [] {
    using C = Contact;
    return fields(field<&C::id>().key(), field<&C::person_id>().required().unique().refers_to("registry.person"),
                  field<&C::email>().max_length(254).format("email").personal(),
                  field<&C::phone>().max_length(40).format("phone").personal(), field<&C::audience>().required(),
                  field<&C::version>().version());
});

} // namespace sangu::registry
