#include "modules/facts/service.h"

#include "base/text.h"
#include "kernel/entity/any_object.h"
#include "kernel/entity/store.h"
#include "kernel/module.h"

#include <algorithm>

namespace sangu::facts {

namespace {

bool is_closed(Figures const& figures) {
    return figures.state == FiguresState::submitted || figures.state == FiguresState::approved;
}

bool is_member(Context& context, std::string_view organisation_id) {
    return context.actor.kind == auth::ActorKind::person &&
           registry::speaks_for(context.reader(), context.actor.account_id, organisation_id, context.today());
}

Result<void> require_second_person(Context& context, Figures const& figures) {
    if (!context.may(approve_permission, figures.scope) && !is_member(context, figures.organisation_id.text))
        return refuse(Refusal::forbidden, "error.forbidden");
    if (figures.state != FiguresState::submitted) return refuse(Refusal::conflict, "facts.not_submitted");
    if (figures.submitted_by == context.actor.account_id) return refuse(Refusal::forbidden, "facts.second_person");
    return {};
}

// Whether the organisation says that it belongs to a strategic emerging industry: read by the register's description.
bool is_strategic(Context& context, std::string_view organisation_id) {
    for (Module const& module : context.services.modules)
        for (entity::EntityMeta const* meta : module.entities) {
            if (meta->name != "registry.organisation") continue;
            entity::AnyObject organisation{*meta};
            Value const key = std::string{organisation_id};
            bool given = false;
            entity::each(context.reader(), *meta, organisation.get(), "where id = ?", db::Parameters{&key, 1}, [&] {
                Value const field = meta->find("strategic_industry")->load(organisation.get());
                auto const* code = std::get_if<std::string>(&field);
                given = code && !code->empty();
            });
            return given;
        }
    return false;
}

Result<void> take_step(Context& context, Figures const& before, Figures after, std::string_view action,
                       std::string_view comment = {}) {
    return context.change<void>([&](Change& change) -> Result<void> {
        TRY_VOID(change.save(before, after, action, before.scope, comment));
        change.publish(action, before.id.text, before.scope, see_permission,
                       R"({"organisation":")" + before.organisation_id.text + R"("})");
        return {};
    });
}

} // namespace

Result<registry::OrganisationCard> organisation_of_figures(Context& context, std::string_view organisation_id) {
    std::string const ids[] = {std::string{organisation_id}};
    auto const found = registry::organisations(context.reader(), ids);
    if (!found.empty() && (context.may(see_permission, found.front().scope) || is_member(context, organisation_id)))
        return found.front();
    return refuse(Refusal::not_found, "error.not_found");
}

std::vector<Figures> figures_of(db::Session& session, std::string_view organisation_id) {
    return entity::where<Figures>(session, "where organisation_id = ? order by year desc limit 100",
                                  {std::string{organisation_id}});
}

std::optional<Figures> figures_of_year(db::Session& session, std::string_view organisation_id, std::int64_t year) {
    return entity::first<Figures>(session, "where organisation_id = ? and year = ?",
                                  {std::string{organisation_id}, year});
}

Result<void> save_figures(Context& context, registry::OrganisationCard const& organisation, Figures typed) {
    TRY(organisation_of_figures(context, organisation.id.text));
    if (typed.year > year_of(context.today())) return refuse(Problems{{"year", "facts.future", {}}});
    auto const stored = figures_of_year(context.reader(), organisation.id.text, typed.year);
    if (stored && is_closed(*stored)) return refuse(Refusal::conflict, "facts.closed");
    Figures before = stored.value_or(Figures{.id = new_id_of<Figures>()});
    Figures after = typed;
    after.id = before.id;
    after.organisation_id = organisation.id;
    after.scope = organisation.scope;
    after.state = FiguresState::draft;
    after.reason = before.reason;
    after.submitted_by = after.approved_by = std::nullopt;
    after.approved_at = std::nullopt;
    if (stored) before.version = typed.version;
    if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
    return context.change<void>([&](Change& change) -> Result<void> {
        if (stored) return change.save(before, after, "facts.figures.updated", after.scope);
        change.create(after, after.scope);
        return {};
    });
}

Result<void> submit_figures(Context& context, Figures const& figures) {
    TRY(organisation_of_figures(context, figures.organisation_id.text));
    if (is_closed(figures)) return refuse(Refusal::conflict, "facts.closed");
    Figures after = figures;
    after.state = FiguresState::submitted;
    after.submitted_by = context.actor.account_id;
    return take_step(context, figures, after, "facts.figures.submitted");
}

Result<void> approve_figures(Context& context, Figures const& figures) {
    TRY_VOID(require_second_person(context, figures));
    Figures after = figures;
    after.state = FiguresState::approved;
    after.approved_by = context.actor.account_id;
    after.approved_at = context.now();
    after.reason.clear();
    return take_step(context, figures, after, "facts.figures.approved");
}

Result<void> return_figures(Context& context, Figures const& figures, std::string_view reason) {
    TRY_VOID(require_second_person(context, figures));
    if (trim(reason).empty()) return refuse(Problems{{"reason", "error.required", {}}});
    Figures after = figures;
    after.state = FiguresState::returned;
    after.reason = std::string{trim(reason)};
    if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
    return take_step(context, figures, after, "facts.figures.returned", after.reason);
}

Result<void> reopen_figures(Context& context, Figures const& figures, std::string_view reason) {
    TRY(organisation_of_figures(context, figures.organisation_id.text));
    if (figures.state != FiguresState::approved) return refuse(Refusal::conflict, "facts.not_approved");
    if (trim(reason).empty()) return refuse(Problems{{"reason", "error.required", {}}});
    Figures after = figures;
    after.state = FiguresState::draft;
    after.reason = std::string{trim(reason)};
    after.submitted_by = after.approved_by = std::nullopt;
    after.approved_at = std::nullopt;
    if (auto problems = entity::validate(after); !problems.empty()) return refuse(std::move(problems));
    return take_step(context, figures, after, "facts.figures.reopened", after.reason);
}

std::vector<Band> bands_on(db::Session& session, Date day) {
    return entity::where<Band>(session,
                               "where valid_from <= ? and (valid_to is null or valid_to > ?)"
                               " order by scheme, item, measure, lower desc limit 1000",
                               {to_text(day), to_text(day)});
}

std::vector<Score> scores_of(Context& context, std::string_view organisation_id, std::int64_t year,
                             std::vector<Figures> const& all, std::vector<Band> const& bands) {
    auto const approved = [&](std::int64_t wanted) -> Figures const* {
        auto const found = std::ranges::find_if(
            all, [&](Figures const& one) { return one.year == wanted && one.state == FiguresState::approved; });
        return found == all.end() ? nullptr : &*found;
    };
    Years const years{.first = approved(year - 2),
                      .second = approved(year - 1),
                      .last = approved(year),
                      .strategic = is_strategic(context, organisation_id)};
    return {high_tech_score(years, bands), tech_sme_score(years, bands), innovative_sme_score(years, bands)};
}

std::optional<FiguresCard> latest_figures(db::Session& session, std::string_view organisation_id, std::int64_t year) {
    auto const one = entity::first<Figures>(
        session, "where organisation_id = ? and year <= ? and state = 'approved' order by year desc limit 1",
        {std::string{organisation_id}, year});
    if (!one) return std::nullopt;
    return FiguresCard{
        one->organisation_id.text, one->year, one->staff,   one->rd_staff, one->revenue, one->rd_spend, one->assets,
        one->net_assets,           one->tax,  one->exports, one->source};
}

} // namespace sangu::facts
