#include "modules/plan/report_entities.h"

#include <cmath>

namespace sangu::plan {

using entity::entity, entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Report::meta = entity<Report>("plan.report", [] {
    using R = Report;
    return fields(
        field<&R::id>().key(), field<&R::plan>().required().max_length(40).read_only(),
        field<&R::place>().required().max_length(40).read_only().listed(),
        field<&R::kind>().read_only().listed().facet(),
        field<&R::period>().required().max_length(10).read_only().listed(), field<&R::due>().read_only().listed(),
        field<&R::state>().read_only().listed().facet(), field<&R::summary>().max_length(4000).multiline().search(5),
        field<&R::submitted_on>().read_only().listed(), field<&R::submitted_by>().max_length(60).hidden(),
        field<&R::submitted_by_name>().max_length(120).read_only(), field<&R::accepted_by>().max_length(60).hidden(),
        field<&R::accepted_by_name>().max_length(120).read_only(), field<&R::accepted_on>().read_only(),
        field<&R::published_by>().max_length(60).hidden(), field<&R::published_by_name>().max_length(120).read_only(),
        field<&R::published_on>().read_only(), field<&R::scope>().max_length(200).read_only(),
        field<&R::version>().version());
});

constinit entity::EntityMeta const ReportFigure::meta = entity<ReportFigure>("plan.report_figure", [] {
    using F = ReportFigure;
    return fields(field<&F::id>().key(), field<&F::report_id>().required().refers_to("plan.report"),
                  field<&F::indicator>().required().max_length(40), field<&F::value>(),
                  field<&F::note>().max_length(500), field<&F::observation_id>().max_length(26),
                  rule<F>("value_is_finite", [](F const& f) { return !f.value || std::isfinite(*f.value); }));
});

constinit entity::EntityMeta const Restatement::meta = entity<Restatement>("plan.restatement", [] {
    using R = Restatement;
    return fields(
        field<&R::id>().key(), field<&R::report_id>().required().read_only().refers_to("plan.report"),
        field<&R::indicator>().required().max_length(40).listed(), field<&R::value_before>().read_only().listed(),
        field<&R::as_of_before>().read_only(), field<&R::value>().required().listed(), field<&R::as_of>(),
        field<&R::reason>().required().max_length(500).multiline().search(5).listed(),
        field<&R::state>().read_only().listed().facet(), field<&R::asked_by>().max_length(60).hidden(),
        field<&R::asked_by_name>().max_length(120).read_only(), field<&R::asked_on>().read_only().listed(),
        field<&R::decided_by>().max_length(60).hidden(), field<&R::decided_by_name>().max_length(120).read_only(),
        field<&R::decided_on>().read_only(), field<&R::answer>().max_length(2000).read_only(),
        field<&R::observation_id>().max_length(26).read_only(), field<&R::scope>().max_length(200).read_only(),
        field<&R::version>().version(), rule<R>("value_is_finite", [](R const& r) { return std::isfinite(r.value); }));
});

constinit entity::EntityMeta const ReportTask::meta = entity<ReportTask>("plan.report_task", [] {
    using T = ReportTask;
    return fields(field<&T::id>().key(), field<&T::report_id>().required().refers_to("plan.report"),
                  field<&T::task>().required().max_length(40), field<&T::percent>().between(0, 100),
                  field<&T::text>().max_length(1000).multiline());
});

} // namespace sangu::plan
