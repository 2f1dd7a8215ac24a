#include "modules/facts/entities.h"

namespace sangu::facts {

using entity::field, entity::fields, entity::rule;

namespace {

template <class T> bool at_most(std::optional<T> const& part, std::optional<T> const& whole) {
    return !part || !whole || *part <= *whole;
}

} // namespace

constinit entity::EntityMeta const Figures::meta = entity::entity<Figures>("facts.figures", [] {
    using F = Figures;
    return fields(
        field<&F::id>().key(), field<&F::organisation_id>().required().refers_to("registry.organisation").read_only(),
        field<&F::year>().required().between(1949, 2100).read_only().listed(), field<&F::staff>().at_least(0),
        field<&F::rd_staff>().at_least(0), field<&F::revenue>().at_least(0), field<&F::main_revenue>().at_least(0),
        field<&F::high_tech_income>().at_least(0), field<&F::cost>().at_least(0), field<&F::rd_spend>().at_least(0),
        field<&F::assets>().at_least(0), field<&F::net_assets>(), field<&F::liabilities>().at_least(0),
        field<&F::tax>(), field<&F::exports>().at_least(0), field<&F::class_one>().at_least(0),
        field<&F::class_one_own>().at_least(0), field<&F::class_one_high>().at_least(0),
        field<&F::class_two>().at_least(0), field<&F::conversions>().at_least(0),
        field<&F::source>().required().max_length(200), field<&F::state>().required().read_only().listed(),
        field<&F::scope>().required().max_length(200).read_only(), field<&F::submitted_by>().max_length(60).read_only(),
        field<&F::approved_by>().max_length(60).read_only(), field<&F::approved_at>().read_only(),
        field<&F::reason>().max_length(500).multiline().read_only(), field<&F::version>().version(),
        rule<F>("rd_staff_in_staff", [](F const& f) { return at_most(f.rd_staff, f.staff); }),
        rule<F>("main_in_revenue", [](F const& f) { return at_most(f.main_revenue, f.revenue); }),
        rule<F>("high_tech_in_revenue", [](F const& f) { return at_most(f.high_tech_income, f.revenue); }),
        rule<F>("own_in_class_one", [](F const& f) { return at_most(f.class_one_own, f.class_one); }),
        rule<F>("high_in_class_one", [](F const& f) { return at_most(f.class_one_high, f.class_one); }));
});

constinit entity::EntityMeta const Band::meta = entity::entity<Band>("facts.band", [] {
    using B = Band;
    return fields(field<&B::id>().key(), field<&B::scheme>().required().max_length(40).listed(),
                  field<&B::item>().required().max_length(40).listed(),
                  field<&B::measure>().required().max_length(40).listed(), field<&B::lower>().listed(),
                  field<&B::above>(), field<&B::points_min>().between(0, 100).listed(),
                  field<&B::points_max>().between(0, 100).listed(), field<&B::valid_from>().required().listed(),
                  field<&B::valid_to>(), field<&B::source>().required().max_length(200).listed(),
                  field<&B::confirmed>(), field<&B::version>().version(),
                  rule<B>("points_in_order", [](B const& b) { return b.points_min <= b.points_max; }));
});

} // namespace sangu::facts
