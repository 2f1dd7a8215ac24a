#include "kernel/entity/tests/sample.h"

namespace sangu::entity::sample {

constinit EntityMeta const Person::meta = entity<Person>("sample.person", [] {
    using P = Person;
    return fields(field<&P::id>().key(), field<&P::name>().required().length(2, 60),
                  field<&P::mobile>().max_length(20).format("phone").personal(), field<&P::password_hash>().hidden(),
                  field<&P::version>().version());
});

constinit EntityMeta const Organisation::meta = entity<Organisation>("sample.organisation", [] {
    using O = Organisation;
    return fields(
        field<&O::id>().key(), field<&O::name>().required().length(2, 20).search(8),
        field<&O::credit_code>().required().unique().length(18, 18).format("uscc"), field<&O::kind>().required(),
        field<&O::capital>().at_least(0), field<&O::founded_on>(), field<&O::dissolved_on>(),
        field<&O::staff>().between(0, 1'000'000), field<&O::growth>().between(-100, 1000), field<&O::high_tech>(),
        field<&O::introduction>().max_length(100).multiline(), field<&O::director>().refers_to("sample.person"),
        field<&O::created_at>().read_only(), field<&O::version>().version(), unstored<&O::director_name>(),
        rule<O>("dissolved_after_founded",
                [](O const& o) { return !o.founded_on || !o.dissolved_on || *o.founded_on <= *o.dissolved_on; }));
});

Organisation an_organisation() {
    Organisation one;
    one.id.text = "01jqn8x0000000000000000001";
    one.name = "中联重科";
    one.credit_code = "914300007121944054";
    one.capital = {150'050};
    one.founded_on = parse_date("1999-08-31");
    one.staff = 18000;
    one.growth = 12.5;
    one.high_tech = true;
    one.created_at = *parse_instant("2025-03-31T08:00:00Z");
    return one;
}

} // namespace sangu::entity::sample
