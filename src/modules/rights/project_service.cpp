#include "modules/rights/project_service.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::rights {

namespace {

constexpr int members_max = 500;

bool is_own(Context& context, std::optional<Id<registry::Organisation>> const& organisation) {
    if (!organisation) return false;
    auto const own = own_organisations(context);
    return std::ranges::find(own, *organisation, &registry::OrganisationCard::id) != own.end();
}

Result<void> complete_project(Context& context, db::Session& session, Project& project) {
    project.title = std::string{trim(project.title)};
    project.manager = std::string{trim(project.manager)};
    project.manager_id.reset();
    project.scope = "zone";
    if (auto const card = registry::find_organisation(session, project.manager)) {
        project.manager = card->name;
        project.manager_id = card->id;
        project.scope = card->scope;
    }
    Problems problems = entity::validate(project);
    if (!may_run(context, project)) problems.push_back({"manager", "rights.project.error.not_yours", {}});
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

Result<Project> runnable(Context& context, db::Session& session, std::string_view id) {
    auto project = project_with(session, id);
    if (!project) return refuse(Refusal::not_found, "error.not_found");
    if (!may_run(context, *project)) return refuse(Refusal::forbidden, "error.forbidden");
    return *std::move(project);
}

// One number of a right that shall come into the project; what is wrong with it goes to `problems`.
std::optional<RightCard> joining(Context& context, Project const& project, std::string const& number,
                                 Problems& problems) {
    auto card = find_right(context, number);
    if (!card) {
        problems.push_back({"numbers", "rights.project.error.unknown", {shorten(number, 40)}});
        return {};
    }
    bool const given = project.kind == ProjectKind::custody || project.kind == ProjectKind::pool;
    auto const right = right_with(context.reader(), card->id.text);
    if (given && (!right || !may_edit(context, *right))) {
        problems.push_back({"numbers", "rights.project.error.not_given", {shorten(number, 40)}});
        return {};
    }
    return card;
}

} // namespace

bool may_run(Context& context, Project const& project) {
    return context.may(edit_permission, project.scope) || is_own(context, project.manager_id);
}

Result<std::string> create_project(Context& context, Project project) {
    if (!context.actor.signed_in()) return refuse(Refusal::unauthenticated, "error.unauthenticated");
    project.id = new_id_of<Project>();
    project.version = 1;
    auto done = context.change<std::string>([&](Change& change) -> Result<std::string> {
        TRY_VOID(complete_project(context, change.transaction(), project));
        change.create(project, project.scope);
        change.publish("rights.project.created", project.id.text, project.scope, "public");
        return project.id.text;
    });
    context.refresh();
    return done;
}

Result<void> edit_project(Context& context, std::string_view id, std::int64_t version, Project project) {
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        Project const before = TRY(runnable(context, change.transaction(), id));
        if (before.version != version) return refuse(Refusal::stale, "error.stale");
        project.id = before.id;
        project.version = version;
        TRY_VOID(complete_project(context, change.transaction(), project));
        TRY_VOID(change.save(before, project, "rights.project.updated", project.scope));
        change.publish("rights.project.updated", project.id.text, project.scope, "public");
        return {};
    });
    context.refresh();
    return done;
}

Result<int> add_members(Context& context, std::string_view id, std::vector<std::string> const& numbers) {
    auto done = context.change<int>([&](Change& change) -> Result<int> {
        Project const project = TRY(runnable(context, change.transaction(), id));
        Problems problems;
        std::vector<RightCard> joined;
        for (std::string const& number : numbers)
            if (auto card = joining(context, project, number, problems)) joined.push_back(*std::move(card));
        if (numbers.empty()) problems.push_back({"numbers", "error.required", {}});
        auto const there = change.transaction().integer(
            "select count(*) from rights_project_member where project_id = ?", {project.id.text});
        if (there.value_or(0) + std::ssize(joined) > members_max)
            problems.push_back({"numbers", "rights.project.error.full", {std::to_string(members_max)}});
        if (!problems.empty()) return refuse(std::move(problems));
        std::int64_t added = 0;
        for (RightCard const& card : joined)
            added += change.transaction().execute(
                "insert into rights_project_member (id, project_id, right_id, joined_on, joined_by_name) values "
                "(?, ?, ?, ?, ?) on conflict (project_id, right_id) do nothing",
                {new_id(), project.id.text, card.id.text, to_text(context.today()), context.actor.name});
        change.audit({.action = "rights.project.joined",
                      .object_kind = Project::meta.name,
                      .object_id = project.id.text,
                      .scope = project.scope,
                      .comment = join(numbers, "; ")});
        return static_cast<int>(added);
    });
    context.refresh();
    return done;
}

Result<void> remove_member(Context& context, std::string_view id, std::string_view right_id) {
    auto done = context.change<void>([&](Change& change) -> Result<void> {
        Project const project = TRY(runnable(context, change.transaction(), id));
        if (change.transaction().execute("delete from rights_project_member where project_id = ? and right_id = ?",
                                         {project.id.text, std::string{right_id}}) == 0)
            return refuse(Refusal::not_found, "error.not_found");
        change.audit({.action = "rights.project.left",
                      .object_kind = Project::meta.name,
                      .object_id = project.id.text,
                      .scope = project.scope,
                      .comment = right_id});
        return {};
    });
    context.refresh();
    return done;
}

std::optional<Project> project_with(db::Session& session, std::string_view id) {
    if (!is_id(id)) return {};
    return entity::find(session, Id<Project>{std::string{id}});
}

std::vector<RightCard> members_of(Context& context, std::string_view id) {
    std::vector<std::string> ids;
    context.reader().query("select right_id from rights_project_member where project_id = ? order by id limit ?",
                           {std::string{id}, std::int64_t{members_max}},
                           [&](db::Row const& row) { ids.emplace_back(row.text(0)); });
    auto members = cards(context, ids);
    std::ranges::sort(members, {},
                      [&](RightCard const& card) { return std::ranges::find(ids, card.id.text) - ids.begin(); });
    return members;
}

std::vector<Project> projects_of(db::Session& session, std::string_view right_id) {
    return entity::where<Project>(
        session, "where id in (select project_id from rights_project_member where right_id = ?) order by id limit 50",
        {std::string{right_id}});
}

} // namespace sangu::rights
