#include "modules/intermediaries/entities.h"

namespace sangu::intermediaries {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Intermediary::meta = entity::entity<Intermediary>("intermediaries.intermediary", [] {
    using I = Intermediary;
    return fields(
        field<&I::id>().key(), field<&I::technology_transfer>(), field<&I::patent_agency>(), field<&I::valuation>(),
        field<&I::legal>(), field<&I::accounting>(), field<&I::finance>(), field<&I::testing>(),
        field<&I::incubation>(), field<&I::training>(), field<&I::industry>().length(1, 5), field<&I::since>(),
        field<&I::coverage>().max_length(1000).multiline(), field<&I::description>().max_length(8000).multiline(),
        field<&I::tariff_terms>().max_length(2000).multiline(), field<&I::contact>().length(2, 60).personal(),
        field<&I::phone>().length(5, 30).personal(), field<&I::email>().length(3, 254).personal());
});

constinit entity::EntityMeta const Licence::meta = entity::entity<Licence>("intermediaries.licence", [] {
    using L = Licence;
    return fields(field<&L::id>().key(),
                  field<&L::entry_id>().required().refers_to("intermediaries.intermediary").read_only(),
                  field<&L::position>().between(0, 1000).read_only(), field<&L::name>().required().length(2, 120),
                  field<&L::number>().required().length(1, 60), field<&L::issuer>().required().length(2, 120),
                  field<&L::valid_from>(), field<&L::valid_until>());
});

constinit entity::EntityMeta const Price::meta = entity::entity<Price>("intermediaries.price", [] {
    using P = Price;
    return fields(field<&P::id>().key(),
                  field<&P::entry_id>().required().refers_to("intermediaries.intermediary").read_only(),
                  field<&P::position>().between(0, 1000).read_only(), field<&P::service>().required().length(2, 120),
                  field<&P::basis>().required(), field<&P::amount>().at_least(0), field<&P::percent>().between(0, 100));
});

constinit entity::EntityMeta const Staff::meta = entity::entity<Staff>("intermediaries.staff", [] {
    using S = Staff;
    return fields(field<&S::id>().key(),
                  field<&S::entry_id>().required().refers_to("intermediaries.intermediary").read_only(),
                  field<&S::position>().between(0, 1000).read_only(), field<&S::name>().required().length(2, 60),
                  field<&S::certificate>().required().length(2, 120), field<&S::number>().length(1, 60),
                  field<&S::valid_until>());
});

} // namespace sangu::intermediaries
