#include "modules/plan/entities.h"

namespace sangu::plan {

using entity::entity, entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Plan::meta = entity<Plan>("plan.plan", [] {
    using P = Plan;
    return fields(field<&P::id>().key(), field<&P::code>().required().unique().length(2, 40).format("slug").listed(),
                  field<&P::doc_no>().max_length(60).listed(),
                  field<&P::title_zh>().required().max_length(120).listed().search(10),
                  field<&P::title_en>().required().max_length(200).search(5), field<&P::issued>().listed(),
                  field<&P::year_from>().required().between(1949, 2100).listed(),
                  field<&P::year_to>().required().between(1949, 2100).listed(), field<&P::predecessor>().max_length(40),
                  field<&P::state>().required().listed().facet(), field<&P::url>().max_length(500).format("url"),
                  field<&P::note_zh>().max_length(500).multiline(), field<&P::note_en>().max_length(500).multiline(),
                  field<&P::version>().version(),
                  rule<P>("years_in_order", [](P const& p) { return p.year_from <= p.year_to; }));
});

constinit entity::EntityMeta const Section::meta = entity<Section>("plan.section", [] {
    using S = Section;
    return fields(field<&S::id>().key(), field<&S::code>().required().unique().length(2, 60).listed(),
                  field<&S::plan>().required().max_length(40).listed(), field<&S::parent>().max_length(60),
                  field<&S::number>().required().max_length(30).listed(),
                  field<&S::title_zh>().required().max_length(120).listed().search(10),
                  field<&S::title_en>().required().max_length(200).search(5), field<&S::position>().between(0, 100'000),
                  field<&S::version>().version());
});

constinit entity::EntityMeta const Task::meta = entity<Task>("plan.task", [] {
    using T = Task;
    return fields(
        field<&T::id>().key(), field<&T::code>().required().unique().length(2, 40).listed(),
        field<&T::plan>().required().max_length(40), field<&T::section>().required().max_length(60).listed(),
        field<&T::parent>().max_length(40), field<&T::title_zh>().required().max_length(120).listed().search(10),
        field<&T::title_en>().required().max_length(200).search(5),
        field<&T::deliverables_zh>().max_length(1000).multiline(),
        field<&T::deliverables_en>().max_length(1500).multiline(),
        field<&T::places>().required().max_length(200).listed(), field<&T::quota>().max_length(200), field<&T::soft>(),
        field<&T::lead_unit>().max_length(120).listed(),
        field<&T::lead_unit_id>().refers_to("registry.organisation").read_only(),
        field<&T::coop_units>().max_length(2000), field<&T::due>().listed(),
        field<&T::state>().read_only().listed().facet(), field<&T::percent>().between(0, 100).read_only().listed(),
        field<&T::topic>().max_length(40), field<&T::source>().max_length(40), field<&T::status>().required(),
        field<&T::scope>().max_length(200).read_only(), field<&T::reported_by>().max_length(60).hidden(),
        field<&T::position>().between(0, 100'000), field<&T::version>().version());
});

constinit entity::EntityMeta const TaskUnit::meta = entity<TaskUnit>("plan.task_unit", [] {
    using U = TaskUnit;
    return fields(field<&U::id>().key(), field<&U::task>().required().max_length(40),
                  field<&U::organisation_id>().required().refers_to("registry.organisation"),
                  field<&U::role>().required());
});

constinit entity::EntityMeta const TaskPlace::meta = entity<TaskPlace>("plan.task_place", [] {
    using P = TaskPlace;
    return fields(field<&P::id>().key(), field<&P::task>().required().max_length(40),
                  field<&P::place>().required().max_length(40), field<&P::scope>().required().max_length(200));
});

constinit entity::EntityMeta const TaskIndicator::meta = entity<TaskIndicator>("plan.task_indicator", [] {
    using I = TaskIndicator;
    return fields(field<&I::id>().key(), field<&I::code>().required().unique().max_length(81).listed(),
                  field<&I::task>().required().max_length(40).listed(),
                  field<&I::indicator>().required().max_length(40).listed(), field<&I::version>().version());
});

constinit entity::EntityMeta const Milestone::meta = entity<Milestone>("plan.milestone", [] {
    using M = Milestone;
    return fields(field<&M::id>().key(), field<&M::code>().required().unique().max_length(50).listed(),
                  field<&M::task>().required().max_length(40).listed(),
                  field<&M::year>().required().between(1949, 2100).listed(),
                  field<&M::text>().max_length(500).listed().search(8).multiline(), field<&M::version>().version());
});

constinit entity::EntityMeta const ProgressEntry::meta = entity<ProgressEntry>("plan.progress_entry", [] {
    using P = ProgressEntry;
    return fields(field<&P::id>().key(), field<&P::task>().required().max_length(40).read_only(),
                  field<&P::day>().required(), field<&P::percent>().required().between(0, 100),
                  field<&P::text>().required().max_length(2000).multiline(),
                  field<&P::entered_by>().max_length(60).read_only(),
                  field<&P::entered_by_name>().max_length(120).read_only(), field<&P::entered_at>().read_only());
});

constinit entity::EntityMeta const Comment::meta = entity<Comment>("plan.comment", [] {
    using C = Comment;
    return fields(field<&C::id>().key(), field<&C::task>().required().max_length(40).read_only(),
                  field<&C::text>().required().max_length(2000).multiline(),
                  field<&C::entered_by>().max_length(60).read_only(),
                  field<&C::entered_by_name>().max_length(120).read_only(), field<&C::entered_at>().read_only());
});

constinit entity::EntityMeta const Follower::meta = entity<Follower>("plan.follower", [] {
    using F = Follower;
    return fields(field<&F::id>().key(), field<&F::task>().required().max_length(40),
                  field<&F::account_id>().required().max_length(60));
});

constinit entity::EntityMeta const SupervisionNotice::meta = entity<SupervisionNotice>("plan.notice", [] {
    using N = SupervisionNotice;
    return fields(
        field<&N::id>().key(), field<&N::task>().required().max_length(40).read_only().listed(),
        field<&N::text>().required().length(2, 1000).multiline().listed().search(8),
        field<&N::issued_on>().read_only().listed(), field<&N::days>().required().between(1, 250).listed(),
        field<&N::due>().read_only().listed(), field<&N::state>().read_only().listed().facet(),
        field<&N::answer>().max_length(2000).multiline().read_only(), field<&N::answered_on>().read_only(),
        field<&N::issued_by>().max_length(60).read_only(), field<&N::issued_by_name>().max_length(120).read_only(),
        field<&N::answered_by>().max_length(60).read_only(), field<&N::answered_by_name>().max_length(120).read_only(),
        field<&N::scope>().max_length(200).read_only(), field<&N::version>().version());
});

constinit entity::EntityMeta const NoticePause::meta = entity<NoticePause>("plan.notice_pause", [] {
    using P = NoticePause;
    return fields(field<&P::id>().key(), field<&P::notice_id>().required().refers_to("plan.notice"),
                  field<&P::from_day>().required(), field<&P::to_day>());
});

constinit entity::EntityMeta const Term::meta = entity<Term>("plan.term", [] {
    using T = Term;
    return fields(field<&T::id>().key(), field<&T::kind>().required().listed().facet(),
                  field<&T::days>().required().between(1, 250).listed(), field<&T::valid_from>().required().listed(),
                  field<&T::confirmed>().listed(), field<&T::source>().max_length(200).listed(),
                  field<&T::version>().version());
});

} // namespace sangu::plan
