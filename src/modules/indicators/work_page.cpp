#include "base/text.h"
#include "kernel/resource/pages.h"
#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"
#include "modules/indicators/service.h"
#include "modules/indicators/store.h"

#include <algorithm>
#include <array>

namespace sangu::indicators {

using namespace html;

namespace {

constexpr int rows_max = 200;
constexpr std::array states{ObservationState::submitted, ObservationState::approved, ObservationState::returned,
                            ObservationState::draft};

// Places whose unpublished figures the actor may see.
std::vector<std::string> own_places(View const& view) {
    std::vector<std::string> result;
    for (registry::PlaceCard const& place : view.places)
        if (view.context.may(enter_permission, place.path) || view.context.may(approve_permission, place.path))
            result.push_back(place.code);
    return result;
}

void figures_list(Out& out, View const& view, std::span<Observation const> figures) {
    Context const& context = view.context;
    auto const all = all_indicators(view.context.reader());
    auto const heading = [&](std::string_view key) { return th(scope("col"), view.t(key)); };
    out << div(
        cls("table-wrap"), role("region"), tabindex(0), aria_label(view.t("indicators.observation.plural")),
        table(
            cls("table dense"),
            thead(tr(heading("indicators.observation.indicator"), heading("indicators.observation.place"),
                     heading("indicators.observation.period"), heading("indicators.observation.value"),
                     heading("indicators.observation.entered_by_name"), heading("indicators.observation.entered_at"))),
            tbody(each(figures, [&](Observation const& one) {
                auto const found = std::ranges::find(all, one.indicator, &Indicator::code);
                std::string named = found == all.end() ? one.indicator : name_of(context.language, *found);
                std::string shown =
                    found == all.end() ? to_text(one.value) : value_text(context, *found, one.value, one.approximate);
                return tr(th(scope("row"), a(href(Url::path("/figures", one.id.text)), std::move(named))),
                          td(view.place(one.place)),
                          td(period_text(context, one.period_kind, one.period, one.period_start, one.period_end)),
                          td(cls("num"), std::move(shown)), td(one.entered_by_name),
                          td(i18n::format_time(context.language, one.entered_at)));
            }))));
}

ObservationState requested_state(http::Request const& request) {
    auto const asked = request.query_value("state");
    for (ObservationState const state : states)
        if (asked && *asked == sangu::name_of(state)) return state;
    return ObservationState::submitted;
}

bool may_see(Context const& context, Observation const& observation, std::string_view scope) {
    return observation.state == ObservationState::published || context.may(enter_permission, scope) ||
           context.may(approve_permission, scope);
}

} // namespace

http::Reply work_page(Context& context, http::Request& request) {
    View const view{context, default_plan};
    ObservationState const state = requested_state(request);
    auto const figures = in_state(context.reader(), state, own_places(view), rows_max);
    html::Page const page{
        .title = std::string{context.t("indicators.work")},
        .lead = std::string{context.t("indicators.work_lead")},
        .actions = markup(
            a(cls("button primary"), href("/figures/new"), context.t("indicators.enter")), " ",
            when(context.may("indicators.import"),
                 [&] { return a(cls("button"), href("/figures/import"), context.t("indicators.import_title")); })),
        .wide = true};
    return render(context, page, [&](Out& out) {
        out << ul(cls("tabs"), each(states, [&](ObservationState one) {
                      auto const current = one == state ? std::optional<std::string_view>{"page"} : std::nullopt;
                      std::string const key = "indicators.observation.state." + std::string{sangu::name_of(one)};
                      return li(a(href(Url{"/figures"}.query("state", sangu::name_of(one))), aria_current(current),
                                  std::string{view.t(key)}));
                  }));
        if (figures.empty())
            empty_state(out, view.t("indicators.work_empty"), view.t("indicators.work_empty_hint"), "/figures/new",
                        view.t("indicators.enter"));
        else
            figures_list(out, view, figures);
    });
}

http::Reply figure_page(Context& context, http::Request& request) {
    auto const found = entity::find(context.reader(), Id<Observation>{std::string{request.parameter("id")}});
    std::string const scope_path = found ? scope_of(context.reader(), found->place) : std::string{};
    if (!found || !may_see(context, *found, scope_path))
        return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    View const view{context, default_plan};
    auto const indicator = entity::first<Indicator>(context.reader(), "where code = ?", {found->indicator});
    auto const source = entity::first<Source>(context.reader(), "where code = ?", {found->source});
    std::string const path = "/figures/" + found->id.text;
    html::Page const page{
        .title = name_of(context.language, *indicator),
        .lead = view.place(found->place) + " · " +
                period_text(context, found->period_kind, found->period, found->period_start, found->period_end),
        .crumbs = {{std::string{context.t("indicators.work")}, "/figures"}}};
    return render(context, page, [&](Out& out) {
        std::string const state{sangu::name_of(found->state)};
        out << p([&] {
            badge(out, view.t("indicators.observation.state." + state),
                  found->state == ObservationState::published ? "good" : "info");
        });
        out << dl(cls("facts"), each(Observation::meta.fields, [&](entity::FieldMeta const& field) {
                      return [&](Out&) {
                          static constexpr std::array<std::string_view, 7> left_out{
                              "id", "version", "state", "entered_by", "approved_by", "import_id", "restates"};
                          std::string text =
                              resource::shown(context, Observation::meta, field, field.load(&*found), {});
                          if (text.empty() || std::ranges::find(left_out, field.name) != left_out.end()) return;
                          if (field.name == "place") text = view.place(text);
                          if (field.name == "indicator") text += " " + name_of(context.language, *indicator);
                          if (field.name == "source" && source) text += " " + name_of(context.language, *source);
                          out << dt(view.t("indicators.observation." + std::string{field.name})) << dd(text);
                      };
                  }));
        flow_buttons(out, context, Observation::flow, offers_for(context, *found, scope_path), path);
        bool const editable = found->state == ObservationState::draft || found->state == ObservationState::returned;
        if (editable && context.may(enter_permission, scope_path))
            out << p(a(cls("button"), href(Url::path("/figures", found->id.text, "edit")), view.t("indicators.edit")));
        if (found->state == ObservationState::published) {
            out << p(a(href(receipt_url(found->indicator, found->id.text)), view.t("indicators.receipt")), " ",
                     when(context.may(enter_permission, scope_path), [&] {
                         return a(cls("button"), href(Url::path("/figures", found->id.text, "restate")),
                                  view.t("indicators.restate"));
                     }));
        }
        resource::history_part(out, context, Observation::meta, found->id.text);
    });
}

http::Reply figure_action(Context& context, http::Request& request) {
    Id<Observation> const id{std::string{request.parameter("id")}};
    auto const done =
        step(context, id, request.parameter("action"), std::string{request.form_value("comment").value_or("")});
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/figures/" + id.text + "?done=done.saved");
}

} // namespace sangu::indicators
