#include "modules/indicators/entities.h"

#include <cmath>

namespace sangu::indicators {

using entity::entity, entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Source::meta = entity<Source>("indicators.source", [] {
    using S = Source;
    return fields(field<&S::id>().key(), field<&S::code>().required().unique().length(1, 40).listed(),
                  field<&S::title>().required().max_length(300).listed().search(8),
                  field<&S::title_en>().max_length(300).search(4), field<&S::url>().max_length(500).format("url"),
                  field<&S::published>().listed(), field<&S::note>().max_length(500).multiline(),
                  field<&S::version>().version());
});

constinit entity::EntityMeta const Indicator::meta = entity<Indicator>("indicators.indicator", [] {
    using I = Indicator;
    return fields(
        field<&I::id>().key(), field<&I::code>().required().unique().length(1, 40).listed(),
        field<&I::series_code>().max_length(40), field<&I::name_zh>().required().max_length(120).listed().search(8),
        field<&I::name_en>().required().max_length(160).search(8), field<&I::unit>().required().max_length(30).listed(),
        field<&I::unit_en>().max_length(40), field<&I::kind>().required().listed().facet(),
        field<&I::direction>().required(), field<&I::topic>().required().listed().facet(),
        field<&I::decimals>().between(0, 6), field<&I::numerator_code>().max_length(40),
        field<&I::denominator_code>().max_length(40), field<&I::factor>(),
        field<&I::definition_zh>().max_length(1000).multiline(),
        field<&I::definition_en>().max_length(1500).multiline(), field<&I::formula_zh>().max_length(500).multiline(),
        field<&I::formula_en>().max_length(500).multiline(), field<&I::position>().between(0, 100000),
        field<&I::status>().required().facet(), field<&I::version>().version(),
        rule<I>("ratio_has_both_parts",
                [](I const& i) { return i.numerator_code.empty() == i.denominator_code.empty(); }),
        rule<I>("factor_is_positive", [](I const& i) { return std::isfinite(i.factor) && i.factor > 0; }));
});

constinit entity::EntityMeta const Target::meta = entity<Target>("indicators.target", [] {
    using T = Target;
    return fields(field<&T::id>().key(), field<&T::indicator>().required().max_length(40).listed(),
                  field<&T::place>().required().max_length(40).listed().facet(),
                  field<&T::from_year>().required().between(1949, 2100),
                  field<&T::year>().required().between(1949, 2100).listed().facet(),
                  field<&T::comparator>().required().listed(), field<&T::value>().listed(), field<&T::value_to>(),
                  field<&T::soft>(), field<&T::base_value>(), field<&T::base_year>().between(1949, 2100),
                  field<&T::base_derived>(), field<&T::growth_percent>(), field<&T::source>().max_length(40),
                  field<&T::status>().required().listed().facet(),
                  field<&T::plan>().required().max_length(40).listed().facet(), field<&T::note>().max_length(500),
                  field<&T::version>().version(),
                  rule<T>("years_in_order",
                          [](T const& t) { return t.from_year <= t.year && (!t.base_year || *t.base_year <= t.year); }),
                  rule<T>("range_in_order", [](T const& t) {
                      if (t.comparator != Comparator::range) return !t.value_to;
                      return t.value.has_value() == t.value_to.has_value() && (!t.value || *t.value <= *t.value_to);
                  }));
});

constinit entity::EntityMeta const Import::meta = entity<Import>("indicators.import", [] {
    using I = Import;
    return fields(field<&I::id>().key(), field<&I::kind>().required().listed().facet(),
                  field<&I::file_name>().max_length(200).listed(), field<&I::sha256>().required().length(64, 64),
                  field<&I::rows>().listed(), field<&I::inserted>().listed(), field<&I::updated>().listed(),
                  field<&I::imported_by>().max_length(60).read_only(), field<&I::imported_at>().read_only().listed());
});

constinit entity::EntityMeta const Observation::meta = entity<Observation>("indicators.observation", [] {
    using O = Observation;
    return fields(
        field<&O::id>().key(), field<&O::indicator>().required().max_length(40).listed().facet(),
        field<&O::place>().required().max_length(40).listed().facet(), field<&O::period_kind>(),
        field<&O::period>().required().max_length(40).listed(), field<&O::period_start>(), field<&O::period_end>(),
        field<&O::as_of>(), field<&O::vintage>().listed(), field<&O::revision>().read_only(),
        field<&O::value>().required().listed(), field<&O::numerator>(), field<&O::denominator>(),
        field<&O::denominator_note>().max_length(200), field<&O::unit>().required().max_length(30).listed(),
        field<&O::approximate>(), field<&O::source>().required().max_length(40).listed(),
        field<&O::note>().max_length(500).multiline(), field<&O::note_en>().max_length(500).multiline(),
        field<&O::status>().required().listed().facet(), field<&O::state>().read_only().listed().facet(),
        field<&O::entered_by>().max_length(60).read_only(), field<&O::entered_by_name>().max_length(120).read_only(),
        field<&O::entered_at>().read_only(), field<&O::approved_by>().max_length(60).read_only(),
        field<&O::approved_by_name>().max_length(120).read_only(), field<&O::approved_at>().read_only(),
        field<&O::known_on>().read_only(), field<&O::restates>().read_only().refers_to("indicators.observation"),
        field<&O::reason>().max_length(500).multiline().read_only(),
        field<&O::import_id>().read_only().refers_to("indicators.import"), field<&O::version>().version(),
        rule<O>("period_in_order", [](O const& o) { return o.period_start <= o.period_end; }),
        rule<O>("value_is_finite", [](O const& o) { return std::isfinite(o.value); }),
        rule<O>("both_parts_or_none", [](O const& o) { return o.numerator.has_value() == o.denominator.has_value(); }));
});

constinit entity::EntityMeta const PeriodLock::meta = entity<PeriodLock>("indicators.period_lock", [] {
    using L = PeriodLock;
    return fields(field<&L::id>().key(), field<&L::plan>().required().max_length(40).listed(),
                  field<&L::place>().required().max_length(40).listed(),
                  field<&L::period>().required().max_length(40).listed(), field<&L::period_start>(),
                  field<&L::period_end>(), field<&L::locked_by>().max_length(60).read_only(),
                  field<&L::locked_at>().read_only(), field<&L::report_id>().max_length(40));
});

} // namespace sangu::indicators
