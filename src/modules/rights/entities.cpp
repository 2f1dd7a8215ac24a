#include "modules/rights/entities.h"

namespace sangu::rights {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Right::meta = entity::entity<Right>("rights.right", [] {
    using R = Right;
    return fields(
        field<&R::id>().key(), field<&R::kind>().required().listed().facet(),
        field<&R::country>().required().length(2, 2).listed(),
        field<&R::title>().required().length(1, 300).listed().search(10),
        field<&R::title_en>().max_length(300).search(5),
        field<&R::application_number>().max_length(40).listed().search(8),
        field<&R::publication_number>().max_length(40).search(6), field<&R::grant_number>().max_length(40).search(8),
        field<&R::application_date>(), field<&R::publication_date>(), field<&R::grant_date>(),
        field<&R::variant>().required(), field<&R::declared_expiry>(), field<&R::expires_on>().read_only().listed(),
        field<&R::legal_status>().required().listed().facet(),
        field<&R::encumbrance>().required().read_only().listed().facet(), field<&R::disclosure>().required(),
        field<&R::main_class>().max_length(40), field<&R::section>().max_length(1).read_only().facet(),
        field<&R::docket>().max_length(60).search(3), field<&R::family>().max_length(60),
        field<&R::summary>().max_length(4000).multiline(),
        field<&R::holders>().max_length(4000).read_only().listed().search(5),
        field<&R::inventors>().max_length(4000).read_only().search(4),
        field<&R::city>().max_length(60).read_only().facet(), field<&R::scope>().required().max_length(200).read_only(),
        field<&R::fee_year_paid>().between(1, 30), field<&R::next_fee_due>().read_only(),
        field<&R::source>().max_length(300), field<&R::checked_on>().required().read_only().listed(),
        field<&R::version>().version(),
        rule<R>("published_after_application",
                [](R const& one) {
                    return !one.publication_date || !one.application_date ||
                           *one.publication_date >= *one.application_date;
                }),
        rule<R>("granted_after_application",
                [](R const& one) {
                    return !one.grant_date || !one.application_date || *one.grant_date >= *one.application_date;
                }),
        rule<R>("granted_has_date_or_number",
                [](R const& one) {
                    return one.legal_status != LegalStatus::granted || one.country != "CN" || one.grant_date ||
                           one.grant_number || one.kind == RightKind::copyright;
                }),
        rule<R>("undisclosed_before_publication", [](R const& one) {
            return one.disclosure == Disclosure::open ||
                   (one.legal_status == LegalStatus::pending && !one.publication_number && !one.grant_number);
        }));
});

constinit entity::EntityMeta const Holder::meta = entity::entity<Holder>("rights.holder", [] {
    using H = Holder;
    return fields(field<&H::id>().key(), field<&H::right_id>().required().refers_to("rights.right"),
                  field<&H::position>().required().between(1, 100),
                  field<&H::organisation_id>().refers_to("registry.organisation"),
                  field<&H::name>().required().length(1, 200).listed(),
                  field<&H::share_ppm>().required().between(1, 1'000'000).listed());
});

constinit entity::EntityMeta const Inventor::meta = entity::entity<Inventor>("rights.inventor", [] {
    using I = Inventor;
    return fields(field<&I::id>().key(), field<&I::right_id>().required().refers_to("rights.right"),
                  field<&I::position>().required().between(1, 100),
                  field<&I::name>().required().length(1, 100).listed());
});

constinit entity::EntityMeta const Classification::meta = entity::entity<Classification>("rights.classification", [] {
    using C = Classification;
    return fields(field<&C::id>().key(), field<&C::right_id>().required().refers_to("rights.right"),
                  field<&C::position>().required().between(1, 100), field<&C::scheme>().required().listed(),
                  field<&C::symbol>().required().length(1, 40).listed());
});

constinit entity::EntityMeta const Encumbrance::meta = entity::entity<Encumbrance>("rights.encumbrance", [] {
    using E = Encumbrance;
    return fields(field<&E::id>().key(), field<&E::right_id>().required().refers_to("rights.right"),
                  field<&E::kind>().required().listed(), field<&E::holder_id>().refers_to("registry.organisation"),
                  field<&E::holder_name>().required().length(1, 200).listed(),
                  field<&E::reason>().required().length(1, 300).listed(), field<&E::source>().required().max_length(60),
                  field<&E::source_id>().required().max_length(60), field<&E::since>().required().listed(),
                  field<&E::until>().listed(), field<&E::consented>(), field<&E::consent>().max_length(500),
                  field<&E::taken_at>().required(), field<&E::taken_by>().required().max_length(40).hidden(),
                  field<&E::taken_by_name>().required().max_length(100), field<&E::released_at>(),
                  field<&E::release_reason>().max_length(300), field<&E::version>().version(),
                  rule<E>("since_before_until", [](E const& one) { return !one.until || one.since <= *one.until; }));
});

constinit entity::EntityMeta const FeePayment::meta = entity::entity<FeePayment>("rights.fee_payment", [] {
    using F = FeePayment;
    return fields(field<&F::id>().key(), field<&F::right_id>().required().refers_to("rights.right"),
                  field<&F::fee_year>().required().between(1, 30).listed(), field<&F::paid_on>().required().listed(),
                  field<&F::amount>().at_least(0).listed(), field<&F::surcharge>().at_least(0).listed(),
                  field<&F::receipt>().max_length(100),
                  field<&F::entered_by_name>().required().max_length(100).read_only(),
                  field<&F::entered_at>().required().read_only());
});

} // namespace sangu::rights
