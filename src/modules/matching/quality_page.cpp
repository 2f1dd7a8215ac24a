// The page /matches/quality: what became of suggestions, for everybody, with definitions.

#include "modules/matching/outcomes.h"
#include "modules/matching/pages.h"
#include "modules/matching/words.h"

#include <cmath>

namespace sangu::matching {

using namespace html;

namespace {

std::string precision_text(Context const& context, double precision) {
    return precision < 0 ? std::string{"–"} : percent_text(context, precision);
}

void quality_table(Out& out, Context const& context, std::vector<Quality> const& all) {
    constexpr std::string_view columns[] = {"shown", "opened", "shortlisted", "hidden",      "contacted",
                                            "met",   "agreed", "failed",      "precision_5", "precision_10"};
    out << div(
        cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("matching.quality.title")),
        table(cls("table"),
              thead(tr(th(scope("col"), context.t("matching.quality.pair")),
                       [&] {
                           for (std::string_view const column : columns)
                               out << th(scope("col"), cls("number"),
                                         context.t(i18n::Key{"matching.quality.", column}));
                       })),
              tbody(each(all, [&](Quality const& one) {
                  return tr(th(scope("row"), kind_text(context, one.from_kind), " → ", kind_text(context, one.to_kind)),
                            [&](Out& row) {
                                for (std::int64_t const count : {one.shown, one.opened, one.shortlisted, one.hidden,
                                                                 one.contacted, one.met, one.agreed, one.failed})
                                    row << td(cls("number"), count);
                                row << td(cls("number"), precision_text(context, one.precision_5))
                                    << td(cls("number"), precision_text(context, one.precision_10));
                            });
              }))));
}

} // namespace

http::Reply quality_page(Context& context, http::Request&) {
    auto const all = quality(context.reader());
    html::Page const page{.title = std::string{context.t("matching.quality.title")},
                          .lead = std::string{context.t("matching.quality.lead")},
                          .crumbs = {{std::string{context.t("matching.search.title")}, "/search"}},
                          .wide = true};
    return render(context, page, [&](Out& out) {
        if (all.empty())
            empty_state(out, context.t("matching.quality.none"), context.t("matching.quality.none_hint"));
        else {
            quality_table(out, context, all);
            out << p(cls("hint"),
                     context.t("matching.quality.as_of", {i18n::format_time(context.language, all.front().as_of)}));
        }
        constexpr std::string_view words[] = {"shown", "opened", "worth", "precision", "position", "use"};
        out << section(cls("card"), h2(context.t("matching.quality.definitions")),
                       ul(each(words, [&](std::string_view word) {
                           return li(context.t(i18n::Key{"matching.quality.definition.", word}));
                       })));
    });
}

http::Reply open_reply(Context& context, http::Request& request) {
    std::string const record{request.query_value("record").value_or("")};
    Matcher matcher{context};
    auto const path = matcher.path_of(record);
    if (!path) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    note_opened(context, record);
    return http::see_other(*path);
}

} // namespace sangu::matching
