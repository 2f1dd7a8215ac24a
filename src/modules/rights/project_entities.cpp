#include "modules/rights/project_entities.h"

namespace sangu::rights {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Project::meta = entity::entity<Project>("rights.project", [] {
    using P = Project;
    return fields(field<&P::id>().key(), field<&P::kind>().required().listed().facet(),
                  field<&P::title>().required().length(2, 200).listed().search(10),
                  field<&P::summary>().max_length(4000).multiline(),
                  field<&P::manager>().required().length(1, 200).listed().search(5),
                  field<&P::manager_id>().refers_to("registry.organisation").read_only(),
                  field<&P::state>().required().listed().facet(), field<&P::since>().required().listed(),
                  field<&P::until>().listed(), field<&P::terms>().max_length(2000).multiline(),
                  field<&P::scope>().required().max_length(200).read_only(), field<&P::version>().version(),
                  rule<P>("since_before_until", [](P const& one) { return !one.until || one.since <= *one.until; }),
                  rule<P>("custody_has_a_term",
                          [](P const& one) { return one.kind != ProjectKind::custody || one.until.has_value(); }));
});

constinit entity::EntityMeta const ProjectMember::meta = entity::entity<ProjectMember>("rights.project_member", [] {
    using M = ProjectMember;
    return fields(field<&M::id>().key(), field<&M::project_id>().required().refers_to("rights.project"),
                  field<&M::right_id>().required().refers_to("rights.right"),
                  field<&M::joined_on>().required().listed(),
                  field<&M::joined_by_name>().required().max_length(100).read_only());
});

} // namespace sangu::rights
