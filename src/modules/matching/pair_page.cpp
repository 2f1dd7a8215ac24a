// A matching rule with its weights, and what other weights would change: the first suggestions of some records, before
// and after.

#include "base/text.h"
#include "kernel/entity/store.h"
#include "modules/matching/pages.h"
#include "modules/matching/suggest.h"
#include "modules/matching/words.h"

#include <algorithm>
#include <array>

namespace sangu::matching {

using namespace html;

namespace {

constexpr std::size_t samples_max = 5, shown_max = 5;

struct Weight {
    std::string_view name;
    std::int64_t Pair::* member;
};
constexpr std::array<Weight, 7> weights{{{"words_weight", &Pair::words_weight},
                                         {"field_weight", &Pair::field_weight},
                                         {"industry_weight", &Pair::industry_weight},
                                         {"place_weight", &Pair::place_weight},
                                         {"readiness_weight", &Pair::readiness_weight},
                                         {"price_weight", &Pair::price_weight},
                                         {"threshold", &Pair::threshold}}};

// The rule with the weights that stand in the address; what is no number between 0 and 100 stays as it is.
Pair tried(Pair pair, http::Request const& request) {
    for (Weight const& one : weights) {
        auto const typed = parse_integer(request.query_value(one.name).value_or(""));
        if (typed && *typed >= 0 && *typed <= 100) pair.*one.member = *typed;
    }
    pair.words_weight = std::max<std::int64_t>(pair.words_weight, 1);
    return pair;
}

void weights_form(Out& out, Context const& context, Pair const& pair, Pair const& now) {
    out << form(cls("card"), method("get"), action(Url::path("/match-pairs", pair.id.text)), [&] {
        out << h2(context.t("matching.preview.weights"));
        for (Weight const& one : weights)
            out << div(cls("field"), label(for_(one.name), context.t(i18n::Key{"matching.pair.", one.name})),
                       p(cls("hint"), context.t("matching.preview.stored", {std::to_string(pair.*one.member)})),
                       input(type("number"), id(one.name), name(one.name), min(0), max(100), value(now.*one.member)));
        out << p(button(type("submit"), cls("button primary"), context.t("matching.preview.try")), " ",
                 a(cls("button"), href(Url::path("/match-pairs", pair.id.text, "edit")), context.t("resource.edit")));
    });
}

struct Place {
    std::size_t rank = 0; // from 1; 0: not among the suggestions
    double score = 0;
};
struct Row {
    Filed const* filed = nullptr;
    Place before, after;
};

// Those that are among the first before or after, in the order of after.
std::vector<Row> rows_of(Suggestions const& before, Suggestions const& after) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < after.shown.size(); ++i)
        rows.push_back({&after.shown[i].filed, {}, {i + 1, after.shown[i].score}});
    for (std::size_t i = 0; i < before.shown.size(); ++i) {
        auto const row = std::ranges::find_if(
            rows, [&](Row const& one) { return one.filed->record == before.shown[i].filed.record; });
        Place const place{i + 1, before.shown[i].score};
        if (row == rows.end())
            rows.push_back({&before.shown[i].filed, place, {}});
        else
            row->before = place;
    }
    std::erase_if(rows, [](Row const& one) {
        auto const is_first = [](Place const& place) { return place.rank > 0 && place.rank <= shown_max; };
        return !is_first(one.before) && !is_first(one.after);
    });
    return rows;
}

std::string place_text(Context const& context, Place const& place) {
    if (place.rank == 0) return "–";
    return context.t("matching.preview.place", {std::to_string(place.rank), percent_text(context, place.score)});
}

void sample_part(Out& out, Context const& context, Subject const& subject, std::vector<Row> const& rows) {
    out << section(cls("card"), h2(a(href(Url::local(subject.path)), own_words(context, subject.title))), [&] {
        if (rows.empty()) {
            out << p(context.t("matching.no_suggestion"));
            return;
        }
        out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(own_words(context, subject.title)),
                   table(cls("table"),
                         thead(tr(th(scope("col"), context.t("matching.mark.candidate")),
                                  th(scope("col"), context.t("matching.preview.before")),
                                  th(scope("col"), context.t("matching.preview.after")))),
                         tbody(each(rows, [&](Row const& row) {
                             return tr(td(a(href(Url::local(row.filed->path)), own_words(context, row.filed->title))),
                                       td(place_text(context, row.before)), td(place_text(context, row.after)));
                         }))));
    });
}

} // namespace

http::Reply pair_page(Context& context, http::Request& request) {
    auto const pair = entity::find(context.reader(), Id<Pair>{std::string{request.parameter("id")}});
    if (!pair) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    Pair const now = tried(*pair, request);
    Matcher matcher{context};
    html::Page const page{.title = kind_text(context, pair->from_kind) + " → " + kind_text(context, pair->to_kind),
                          .lead = std::string{context.t("matching.preview.lead")},
                          .crumbs = {{std::string{context.t("matching.pair.plural")}, "/match-pairs"}}};
    return render(context, page, [&](Out& out) {
        out << div(cls("split"), div([&] {
                       auto const samples = matcher.samples(pair->from_kind, samples_max);
                       if (samples.empty()) empty_state(out, context.t("matching.preview.none"), "");
                       for (Subject const& subject : samples) {
                           auto const before = matcher.suggest(subject, *pair), after = matcher.suggest(subject, now);
                           sample_part(out, context, subject, rows_of(before, after));
                       }
                   }),
                   div([&] { weights_form(out, context, *pair, now); }));
    });
}

} // namespace sangu::matching
