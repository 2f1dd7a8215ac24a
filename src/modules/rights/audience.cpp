#include "base/time_zone.h"
#include "modules/rights/jobs.h"
#include "modules/rights/pages.h"
#include "modules/rights/project_service.h"

#include <algorithm>

namespace sangu::rights {

namespace {

std::string_view last_word(events::Event const& event) {
    return std::string_view{event.kind}.substr(event.kind.rfind('.') + 1);
}

std::vector<std::string> members_of_holders(db::Session& session, Right const& right, Date day) {
    std::vector<std::string> accounts;
    for (HolderShare const& holder : holders_of(session, right.id.text))
        if (!holder.organisation_id.empty())
            std::ranges::move(registry::members_of(session, holder.organisation_id, day), std::back_inserter(accounts));
    return accounts;
}

std::vector<events::Notice> told(db::Session& session, events::Event const& event, std::string text) {
    auto const right = right_with(session, event.object_id);
    if (!right) return {};
    events::Notice notice;
    notice.text = std::move(text);
    notice.subject_zh = right->title;
    notice.subject_en = right->title_en.value_or(right->title);
    notice.path = "/rights/" + right->id.text;
    notice.scope = right->scope;
    notice.accounts = members_of_holders(session, *right, local_date(event.at));
    notice.except = event.actor;
    return {std::move(notice)};
}

} // namespace

std::vector<events::Notice> concerned_by_right(db::Session& session, events::Event const& event) {
    std::string_view const word = last_word(event);
    if (word != "encumbered" && word != "released" && word != "expired") return {};
    return told(session, event, "rights.told." + std::string{word});
}

namespace {

// The members of organisations that have the right in custody: they watch its fees.
void add_custodians(db::Session& session, events::Event const& event, std::vector<events::Notice>& notices) {
    if (notices.empty()) return;
    for (Project const& project : projects_of(session, event.object_id))
        if (project.kind == ProjectKind::custody && project.state == ProjectState::running && project.manager_id)
            std::ranges::move(registry::members_of(session, project.manager_id->text, local_date(event.at)),
                              std::back_inserter(notices.front().accounts));
}

} // namespace

std::vector<events::Notice> concerned_by_fee(db::Session& session, events::Event const& event) {
    auto notices = told(session, event, "rights.told.fee_due");
    add_custodians(session, event, notices);
    return notices;
}

} // namespace sangu::rights
