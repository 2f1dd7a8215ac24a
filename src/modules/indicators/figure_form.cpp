#include "base/text.h"
#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"
#include "modules/indicators/service.h"
#include "modules/indicators/store.h"

#include <algorithm>
#include <array>

namespace sangu::indicators {

using namespace html;

namespace {

enum class Purpose : std::uint8_t { enter, edit, restate };
using Options = std::vector<std::pair<std::string, std::string>>;

// One rendering of the form: what was typed or stored, and what is wrong with it.
struct Form {
    Context& context;
    Purpose purpose = Purpose::enter;
    std::string action;
    entity::FormData typed;
    Observation stored; // shown where nothing was typed
    std::optional<Error> error;
    std::optional<Observation> newer; // what somebody else saved meanwhile

    std::string text(std::string_view field) const {
        auto const found = std::ranges::find(typed, field, &entity::FormData::value_type::first);
        if (found != typed.end()) return found->second;
        entity::FieldMeta const* meta = Observation::meta.find(field);
        if (field == "vintage" && stored.vintage == Date{}) return {};
        if (field == "value" && purpose == Purpose::enter) return {};
        return meta ? entity::to_plain_text(*meta, meta->load(&stored)) : std::string{};
    }
    Problems problems() const { return error ? error->problems : Problems{}; }
};

void choice_field(Out& out, Form const& form_of, std::string_view field, Options const& options) {
    Context const& context = form_of.context;
    auto const problems = form_of.problems();
    auto const problem = std::ranges::find(problems, field, &Problem::field);
    bool const wrong = problem != problems.end();
    std::string const chosen = form_of.text(field), error_id = std::string{field} + "-error";
    std::optional<std::string> const described = wrong ? std::optional{error_id} : std::nullopt;
    std::string const label_key = "indicators.observation." + std::string{field};
    out << div(
        cls(wrong ? "field wrong" : "field"), label(for_(field), context.t(label_key)),
        when(wrong, [&] { return p(cls("field-error"), id(error_id), i18n::format(context.language, *problem)); }),
        select(id(field), name(field), required(true), aria_invalid(wrong), aria_describedby(described),
               option(value(""), context.t("form.choose")), each(options, [&](auto const& one) {
                   return option(value(one.first), selected(one.first == chosen), one.second);
               })));
}

Options indicator_options(Context& context) {
    Options result;
    for (Indicator const& one : all_indicators(context.reader()))
        if (one.series_code.empty() && one.status == IndicatorStatus::active && one.kind != Measure::list)
            result.emplace_back(one.code, name_of(context.language, one) + " (" + unit_of(context.language, one) + ")");
    return result;
}

Options place_options(Context& context) {
    Options result;
    for (registry::PlaceCard const& place : registry::places(context.reader()))
        if (context.may(enter_permission, place.path)) result.emplace_back(place.code, place.name(context.language));
    return result;
}

Options source_options(Context& context) {
    Options result;
    for (Source const& one : all_sources(context.reader()))
        result.emplace_back(one.code, shorten(name_of(context.language, one), 60));
    return result;
}

void newer_values(Out& out, Form const& form_of) {
    if (!form_of.newer) return;
    Context const& context = form_of.context;
    out << div(cls("note warn"), h2(context.t("indicators.changed_meanwhile")),
               ul(cls("before-after"), each(Observation::meta.fields, [&](entity::FieldMeta const& field) {
                      return [&](Out&) {
                          std::string const theirs = entity::to_plain_text(field, field.load(&*form_of.newer));
                          std::string const yours = form_of.text(field.name);
                          if (field.read_only || field.version || field.key || theirs == yours) return;
                          std::string const key = "indicators.observation." + std::string{field.name};
                          out << li(context.t(key), context.t("form.colon"), del(theirs), " → ", ins(yours));
                      };
                  })));
}

http::Reply form_page(Form const& form_of, std::string_view title_key) {
    Context& context = form_of.context;
    html::Page const page{.title = std::string{context.t(title_key)},
                          .crumbs = {{std::string{context.t("indicators.work")}, "/figures"}},
                          .status = form_of.error ? http::status_of(form_of.error->refusal) : 200};
    Problems const problems = form_of.problems();
    return render(context, page, [&](Out& out) {
        if (form_of.error) error_summary(out, context, *form_of.error, Observation::meta.name);
        newer_values(out, form_of);
        begin_form(out, context, form_of.action);
        auto const field = [&](std::string_view field_name, std::string_view hint = {}) {
            form_field(out, context, Observation::meta, *Observation::meta.find(field_name), form_of.text(field_name),
                       problems, {.label_key = {}, .hint_key = hint, .options = {}});
        };
        if (form_of.purpose != Purpose::restate) {
            choice_field(out, form_of, "indicator", indicator_options(context));
            choice_field(out, form_of, "place", place_options(context));
            field("period", "indicators.hint.period");
        }
        field("value");
        field("unit", "indicators.hint.unit");
        field("numerator", "indicators.hint.parts");
        field("denominator");
        field("denominator_note");
        if (form_of.purpose != Purpose::restate) {
            field("as_of", "indicators.hint.as_of");
            field("vintage", "indicators.hint.vintage");
        }
        choice_field(out, form_of, "source", source_options(context));
        field("status");
        field("approximate");
        field("note");
        if (form_of.purpose == Purpose::restate) {
            auto const problem = std::ranges::find(problems, "reason", &Problem::field);
            out << div(cls(problem != problems.end() ? "field wrong" : "field"),
                       label(for_("reason"), context.t("indicators.observation.reason")),
                       textarea(id("reason"), name("reason"), rows(3), required(true), maxlength(500),
                                form_of.text("reason")));
        }
        if (form_of.purpose == Purpose::edit) field("version");
        end_form(
            out,
            context.t(form_of.purpose == Purpose::restate ? "indicators.observation.action.submit" : "indicators.save"),
            "/figures", context.t("indicators.cancel"));
    });
}

// The typed observation; blank fields keep their defaults, a blank unit is the indicator's.
Problems read_form(Context& context, http::Request const& request, Observation& into) {
    entity::FormData data;
    for (auto const& [field, text] : request.form) {
        entity::FieldMeta const* meta = Observation::meta.find(field);
        bool const blank = trim(text).empty();
        if (blank && meta && !meta->required && !meta->type->optional && meta->type->kind != entity::Kind::text)
            continue;
        data.emplace_back(field, text);
    }
    Problems problems = entity::from_form(into, data);
    if (into.unit.empty())
        if (auto const found = entity::first<Indicator>(context.reader(), "where code = ?", {into.indicator}))
            into.unit = found->unit;
    return problems;
}

std::optional<Observation> requested(Context& context, http::Request const& request) {
    return entity::find(context.reader(), Id<Observation>{std::string{request.parameter("id")}});
}

http::Reply not_found(Context& context, http::Request const& request) {
    return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
}

bool may_enter(Context& context, Observation const& observation) {
    return context.may(enter_permission, scope_of(context.reader(), observation.place));
}

} // namespace

http::Reply new_figure_page(Context& context, http::Request& request) {
    Form form_of{.context = context, .action = "/figures"};
    for (std::string_view const field : {"indicator", "place", "period"})
        if (auto const given = request.query_value(field)) form_of.typed.emplace_back(field, *given);
    return form_page(form_of, "indicators.enter");
}

http::Reply new_figure_post(Context& context, http::Request& request) {
    Observation typed;
    Problems problems = read_form(context, request, typed);
    auto const done = problems.empty() ? enter(context, typed) : Result<Id<Observation>>{refuse(std::move(problems))};
    if (done) return http::see_other("/figures/" + done->text + "?done=done.saved");
    if (done.error().refusal == Refusal::forbidden) return refusal(context, request, done.error());
    return form_page(
        {.context = context, .action = "/figures", .typed = request.form, .stored = typed, .error = done.error()},
        "indicators.enter");
}

http::Reply edit_figure_page(Context& context, http::Request& request) {
    auto const found = requested(context, request);
    if (!found || !may_enter(context, *found)) return not_found(context, request);
    return form_page(
        {.context = context, .purpose = Purpose::edit, .action = "/figures/" + found->id.text, .stored = *found},
        "indicators.edit");
}

http::Reply edit_figure_post(Context& context, http::Request& request) {
    auto const found = requested(context, request);
    if (!found || !may_enter(context, *found)) return not_found(context, request);
    Observation typed = *found;
    typed.period_start = typed.period_end = Date{};
    Problems problems = read_form(context, request, typed);
    std::int64_t const version = parse_integer(request.form_value("version").value_or("")).value_or(-1);
    auto const done =
        problems.empty() ? correct(context, found->id, version, typed) : Result<void>{refuse(std::move(problems))};
    if (done) return http::see_other("/figures/" + found->id.text + "?done=done.saved");
    Form form_of{.context = context,
                 .purpose = Purpose::edit,
                 .action = "/figures/" + found->id.text,
                 .typed = request.form,
                 .stored = typed,
                 .error = done.error()};
    if (done.error().refusal == Refusal::stale) {
        form_of.newer = found; // saving once more then overwrites knowingly: the form carries the newer version
        std::erase_if(form_of.typed, [](auto const& one) { return one.first == "version"; });
        form_of.stored.version = found->version;
    }
    return form_page(form_of, "indicators.edit");
}

http::Reply restate_page(Context& context, http::Request& request) {
    auto const found = requested(context, request);
    if (!found || found->state != ObservationState::published || !may_enter(context, *found))
        return not_found(context, request);
    return form_page({.context = context,
                      .purpose = Purpose::restate,
                      .action = "/figures/" + found->id.text + "/restate",
                      .stored = *found},
                     "indicators.restate");
}

http::Reply restate_post(Context& context, http::Request& request) {
    auto const found = requested(context, request);
    if (!found || found->state != ObservationState::published || !may_enter(context, *found))
        return not_found(context, request);
    Observation typed = *found;
    Problems problems = read_form(context, request, typed);
    std::string const reason{request.form_value("reason").value_or("")};
    auto const done = problems.empty() ? restate(context, found->id, typed, reason)
                                       : Result<Id<Observation>>{refuse(std::move(problems))};
    if (done) return http::see_other("/figures/" + done->text + "?done=done.saved");
    return form_page({.context = context,
                      .purpose = Purpose::restate,
                      .action = "/figures/" + found->id.text + "/restate",
                      .typed = request.form,
                      .stored = typed,
                      .error = done.error()},
                     "indicators.restate");
}

} // namespace sangu::indicators
