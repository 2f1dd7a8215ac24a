#include "modules/rights/rule_entities.h"

namespace sangu::rights {

using entity::field, entity::fields, entity::rule;

namespace {

template <class E> constexpr auto ordered = [](E const& one) { return !one.until || one.since < *one.until; };

} // namespace

constinit entity::EntityMeta const TermRule::meta = entity::entity<TermRule>("rights.term_rule", [] {
    using T = TermRule;
    return fields(field<&T::id>().key(), field<&T::kind>().required().listed().facet(),
                  field<&T::variant>().required().listed(), field<&T::counted_from>().required().listed(),
                  field<&T::years>().required().between(1, 100).listed(), field<&T::to_year_end>().listed(),
                  field<&T::since>().required().listed(), field<&T::until>().listed(),
                  field<&T::law>().required().max_length(300).listed(), field<&T::confirmed>().listed(),
                  field<&T::version>().version(), rule<T>("since_before_until", ordered<T>));
});

constinit entity::EntityMeta const FeeRule::meta = entity::entity<FeeRule>("rights.fee_rule", [] {
    using F = FeeRule;
    return fields(field<&F::id>().key(), field<&F::kind>().required().listed().facet(),
                  field<&F::year_from>().required().between(1, 30).listed(),
                  field<&F::year_to>().required().between(1, 30).listed(), field<&F::amount>().at_least(0).listed(),
                  field<&F::since>().required().listed(), field<&F::until>().listed(),
                  field<&F::law>().required().max_length(300).listed(), field<&F::confirmed>().listed(),
                  field<&F::version>().version(),
                  rule<F>("years_in_order", [](F const& one) { return one.year_from <= one.year_to; }),
                  rule<F>("since_before_until", ordered<F>));
});

constinit entity::EntityMeta const SurchargeRule::meta = entity::entity<SurchargeRule>("rights.surcharge_rule", [] {
    using S = SurchargeRule;
    return fields(field<&S::id>().key(), field<&S::month>().required().between(1, 24).listed(),
                  field<&S::percent>().required().between(0, 100).listed(), field<&S::since>().required().listed(),
                  field<&S::until>().listed(), field<&S::law>().required().max_length(300).listed(),
                  field<&S::confirmed>().listed(), field<&S::version>().version(),
                  rule<S>("since_before_until", ordered<S>));
});

constinit entity::EntityMeta const Compatibility::meta = entity::entity<Compatibility>("rights.compatibility", [] {
    using C = Compatibility;
    return fields(field<&C::id>().key(), field<&C::wanted>().required().listed().facet(),
                  field<&C::held>().required().listed().facet(), field<&C::verdict>().required().listed(),
                  field<&C::since>().required().listed(), field<&C::until>().listed(),
                  field<&C::law>().required().max_length(300).listed(), field<&C::confirmed>().listed(),
                  field<&C::version>().version(), rule<C>("since_before_until", ordered<C>));
});

constinit entity::EntityMeta const Requirement::meta = entity::entity<Requirement>("rights.requirement", [] {
    using Q = Requirement;
    return fields(field<&Q::id>().key(), field<&Q::wanted>().required().listed().facet(),
                  field<&Q::condition>().required().listed(), field<&Q::since>().required().listed(),
                  field<&Q::until>().listed(), field<&Q::law>().required().max_length(300).listed(),
                  field<&Q::confirmed>().listed(), field<&Q::version>().version(),
                  rule<Q>("since_before_until", ordered<Q>));
});

constinit entity::EntityMeta const Mapping::meta = entity::entity<Mapping>("rights.mapping", [] {
    using M = Mapping;
    return fields(field<&M::id>().key(), field<&M::code>().required().unique().length(2, 40).format("slug").listed(),
                  field<&M::name>().required().max_length(100).listed().search(10),
                  field<&M::rules>().required().max_length(4000).multiline(),
                  field<&M::licence>().max_length(300).listed(), field<&M::version>().version());
});

} // namespace sangu::rights
