// What somebody thinks of a suggestion: put down, replaced, taken back.

#include "modules/library/library.h"
#include "modules/matching/outcomes.h"
#include "modules/matching/suggest.h"

#include <algorithm>

namespace sangu::matching {

namespace {

template <class E> std::optional<E> choice_named(std::string_view name) {
    for (Choice const& one : choices_of(E{}))
        if (one.name == name) return static_cast<E>(one.value);
    return std::nullopt;
}

} // namespace

Known known_of(Context& context, std::string_view subject) {
    Known known;
    if (subject.empty() || !context.actor.signed_in()) return known;
    std::string const account = context.actor.account_id, record{subject};
    context.reader().query("select candidate, '' as verdict, '' as because from matching_showing where account_id = ? "
                           "and subject = ? union all select candidate, verdict, coalesce(because, '') from "
                           "matching_mark where account_id = ? and subject = ? limit 2000",
                           {account, record, account, record}, [&](db::Row const& row) {
                               std::string candidate{row.text(0)};
                               if (row.text(1).empty()) {
                                   known.shown.insert(std::move(candidate));
                                   return;
                               }
                               Mark mark{.subject = record, .candidate = std::move(candidate)};
                               mark.verdict = choice_named<Verdict>(row.text(1)).value_or(Verdict::shortlisted);
                               mark.because = choice_named<Because>(row.text(2));
                               known.marks.push_back(std::move(mark));
                           });
    return known;
}

Result<void> set_mark(Context& context, Matcher& matcher, Subject const& subject, NewMark const& typed) {
    TRY_VOID(context.require(library::member_permission));
    auto const chosen = choice_named<Verdict>(typed.verdict);
    if (!chosen && !typed.verdict.empty()) return refuse(Problems{{"verdict", "error.not_a_choice", {}}});
    std::string const candidate{typed.candidate};
    auto const reason = choice_named<Because>(typed.because);
    if (chosen == Verdict::hidden && !reason) return refuse(Problems{{"because", "error.required", {}}});
    if (chosen && !matcher.may_find(candidate)) return refuse(Refusal::not_found, "error.not_found");
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        change.transaction().execute("delete from matching_mark where account_id = ? and subject = ? and candidate = ?",
                                     {context.actor.account_id, subject.record, candidate});
        Mark const mark{.id = new_id_of<Mark>(),
                        .account_id = Id<auth::Account>{context.actor.account_id},
                        .subject = subject.record,
                        .candidate = candidate,
                        .verdict = chosen.value_or(Verdict::shortlisted),
                        .because = chosen == Verdict::hidden ? reason : std::nullopt,
                        .at = context.now()};
        note_mark(change.transaction(), context.now(), mark, !chosen);
        if (chosen)
            change.create(mark);
        else
            change.audit({.action = "matching.mark.taken_back",
                          .object_kind = Mark::meta.name,
                          .object_id = candidate,
                          .scope = "zone"});
        return {};
    });
    context.refresh();
    return done;
}

} // namespace sangu::matching
