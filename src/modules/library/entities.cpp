#include "modules/library/entities.h"

namespace sangu::library {

using entity::field, entity::fields, entity::rule;

constinit entity::EntityMeta const Entry::meta = entity::entity<Entry>("library.entry", [] {
    using E = Entry;
    return fields(field<&E::id>().key(), field<&E::kind>().required().max_length(40).read_only(),
                  field<&E::number>().required().unique().max_length(30).read_only().listed(),
                  field<&E::title>().required().length(4, 120).listed().search(10),
                  field<&E::abstract>().max_length(800).multiline(),
                  field<&E::organisation_id>().refers_to("registry.organisation").read_only(),
                  field<&E::account_id>().required().refers_to("kernel.account").read_only(),
                  field<&E::place>().required().max_length(40).read_only(),
                  field<&E::scope>().required().max_length(200).read_only(), field<&E::state>().read_only(),
                  field<&E::abstract_for>(), field<&E::body_for>(), field<&E::files_for>(),
                  field<&E::completeness>().between(0, 100).read_only(), field<&E::complete>().read_only(),
                  field<&E::words>().hidden().read_only(), field<&E::abstract_words>().hidden().read_only(),
                  field<&E::submitted_at>().read_only(), field<&E::published_on>().read_only(),
                  field<&E::confirmed_on>().read_only(), field<&E::confirm_by>().read_only(),
                  field<&E::check_on>().hidden(), field<&E::freshness>().read_only(), field<&E::outcome>().read_only(),
                  field<&E::ended_on>().read_only(),
                  field<&E::returned_because>().max_length(2000).multiline().read_only(),
                  field<&E::interests>().read_only(), field<&E::files>().read_only(), field<&E::version>().version(),
                  rule<E>("abstract_before_body", [](E const& e) { return e.abstract_for <= e.body_for; }),
                  rule<E>("abstract_open_enough", [](E const& e) { return e.abstract_for <= Audience::members; }),
                  rule<E>("body_before_files", [](E const& e) { return e.body_for <= e.files_for; }),
                  rule<E>("files_for_members", [](E const& e) { return e.files_for != Audience::everyone; }));
});

constinit entity::EntityMeta const Term::meta = entity::entity<Term>("library.term", [] {
    using T = Term;
    return fields(field<&T::id>().key(), field<&T::kind>().required().listed().facet(),
                  field<&T::days>().between(1, 3650).listed(), field<&T::valid_from>().required().listed(),
                  field<&T::confirmed>().listed(), field<&T::source>().required().max_length(300).listed(),
                  field<&T::version>().version());
});

std::optional<Outcome> outcome_named(std::string_view name) {
    for (Choice const& one : choices_of(Outcome{}))
        if (one.name == name) return static_cast<Outcome>(one.value);
    return std::nullopt;
}

} // namespace sangu::library
