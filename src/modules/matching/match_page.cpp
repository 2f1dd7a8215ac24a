// The page /matches/{number}: what fits an entry, by kind, with reasons, what does not fit, and what to do about it.

#include "base/id.h"
#include "base/text.h"
#include "modules/library/library.h"
#include "modules/matching/outcomes.h"
#include "modules/matching/pages.h"
#include "modules/matching/suggest.h"
#include "modules/matching/words.h"

#include <algorithm>
#include <cmath>

namespace sangu::matching {

using namespace html;

namespace {

struct MatchPage {
    Context& context;
    bool ready = false;
    Subject subject;
    std::vector<Pair> pairs;
    Pair pair;
    Suggestions suggestions;

    std::string_view t(std::string_view key) const { return context.t(key); }
};

void tabs(Out& out, MatchPage const& page) {
    out << nav(aria_label(page.t("matching.kinds")),
               ul(cls("tabs"), each(page.pairs, [&](Pair const& one) {
                      bool const is_here = one.to_kind == page.pair.to_kind;
                      return li(a(href(Url::path("/matches", page.subject.number).query("kind", one.to_kind)),
                                  aria_current(is_here ? std::optional<std::string_view>{"page"} : std::nullopt),
                                  kind_text(page.context, one.to_kind)));
                  })));
}

void hidden_input(Out& out, std::string_view name_, std::string_view value_) {
    out << input(type("hidden"), name(name_), value(value_));
}

// What every form that changes something carries: whose it is, and that a second click is the same act.
void guard_inputs(Out& out, MatchPage const& page) {
    hidden_input(out, "csrf", page.context.csrf_token);
    hidden_input(out, "once", new_id());
}

void mark_form(Out& out, MatchPage const& page, Suggestion const& one, std::string_view verdict,
               FunctionRef<void()> content) {
    out << form(method("post"), action(Url::path("/matches", page.subject.number, "marks")), [&] {
        guard_inputs(out, page);
        hidden_input(out, "kind", page.pair.to_kind);
        hidden_input(out, "candidate", one.filed.record);
        hidden_input(out, "verdict", verdict);
        content();
    });
}

void undo_button(Out& out, MatchPage const& page, Suggestion const& one) {
    mark_form(out, page, one, "", [&] { out << button(type("submit"), cls("button small"), page.t("matching.undo")); });
}

void hide_part(Out& out, MatchPage const& page, Suggestion const& one) {
    std::string const field_id = "because-" + to_hex(one.filed.record).substr(0, 64);
    out << details(summary(cls("button small"), page.t("matching.hide")), [&] {
        mark_form(out, page, one, "hidden", [&] {
            out << div(cls("field"), label(for_(field_id), page.t("matching.mark.because")),
                       select(id(field_id), name("because"), required(true), option(value(""), page.t("form.choose")),
                              each(choices_of(Because{}),
                                   [&](Choice const& choice) {
                                       return option(value(choice.name),
                                                     page.t(i18n::Key{"matching.mark.because.", choice.name}));
                                   })))
                << button(type("submit"), cls("button small"), page.t("matching.hide"));
        });
    });
}

// The library's own expression of interest, with a first sentence written already.
void interest_part(Out& out, MatchPage const& page, Suggestion const& one) {
    std::string const number = fact_of(one.filed.facts, "number");
    if (!one.filed.record.starts_with("library/") || number.empty()) return;
    std::string const field_id = "text-" + number;
    out << details(summary(cls("button small"), page.t("matching.ask")), [&] {
        out << form(method("post"), action(Url::path("/entries", number, "interest")), [&] {
            guard_inputs(out, page);
            out << div(cls("field"), label(for_(field_id), page.t("matching.ask.text")),
                       textarea(id(field_id), name("text"), rows(3), required(true), maxlength(4000), "\n",
                                page.context.t("matching.ask.first", {page.subject.title, page.subject.number})))
                << button(type("submit"), cls("button primary small"), page.t("library.interest.send"));
        });
    });
}

void actions_part(Out& out, MatchPage const& page, Suggestion const& one) {
    out << div(cls("match-actions"), [&] {
        interest_part(out, page, one);
        if (one.mark) {
            badge(out, page.t(i18n::Key{"matching.mark.verdict.", name_of(one.mark->verdict)}), "info");
            out << " ";
            undo_button(out, page, one);
        } else {
            mark_form(out, page, one, "shortlisted",
                      [&] { out << button(type("submit"), cls("button small"), page.t("matching.shortlist")); });
            hide_part(out, page, one);
        }
    });
}

std::string yuan(Context const& context, std::string const& fen) {
    return i18n::format_number(context.language, static_cast<double>(parse_integer(fen).value_or(0)) / 100, 0);
}

std::string value_text(Context const& context, Aspect aspect, std::string const& value) {
    if (aspect == Aspect::field) return facet_text(context, "field", value);
    if (aspect == Aspect::industry) return facet_text(context, "industry", value);
    if (aspect == Aspect::place) return facet_text(context, "place", value);
    return aspect == Aspect::price ? yuan(context, value) : value;
}

// "Same field of technology: new materials"; arguments: the subject's and the other's.
std::string fit_text(Context const& context, Suggestion const& suggestion, Fit const& fit) {
    std::string key = "matching.fit." + std::string{name_of(fit.aspect)} + "." + std::string{fit.word()};
    if (fit.aspect == Aspect::words) {
        if (suggestion.shared.empty()) return std::string{context.t("matching.fit.words.none")};
        return own_words(context,
                         context.t("matching.fit.words", {join(suggestion.shared, context.t("library.comma"))}));
    }
    if (fit.aspect == Aspect::readiness) { // one of the two is the level
        bool const is_level = parse_integer(fit.one).has_value();
        return context.t(key, {is_level ? fit.one : fit.other});
    }
    return context.t(key, {value_text(context, fit.aspect, fit.one), value_text(context, fit.aspect, fit.other)});
}

void reasons_part(Out& out, MatchPage const& page, Suggestion const& one) {
    auto const list = [&](bool good) {
        out << ul([&] {
            for (Fit const& fit : one.fits)
                if ((fit.word() != "bad" || fit.aspect == Aspect::words) == good)
                    out << li(fit_text(page.context, one, fit));
        });
    };
    out << p(strong(page.t("matching.fits")));
    list(true);
    bool const any_bad = std::ranges::any_of(
        one.fits, [](Fit const& fit) { return fit.word() == "bad" && fit.aspect != Aspect::words; });
    if (any_bad) {
        out << p(strong(page.t("matching.does_not_fit")));
        list(false);
    }
    out << details(summary(page.t("matching.why_order")), ul(each(one.shares, [&](Share const& share) {
                       return li(own_words(page.context, share.term), " · ",
                                 page.context.t(i18n::Key{"matching.in.", share.field}), " · ",
                                 percent_text(page.context, share.share));
                   })));
}

void suggestion_card(Out& out, MatchPage const& page, Suggestion const& one) {
    out << li(
        cls("card"),
        h2(a(href(Url{"/matches/open"}.query("record", one.filed.record)), own_words(page.context, one.filed.title))),
        p(cls("hint"), page.context.t("matching.score", {percent_text(page.context, one.score)}), " · ",
          kind_text(page.context, one.filed.kind)),
        [&] { reasons_part(out, page, one); }, [&] { actions_part(out, page, one); });
}

void body(Out& out, MatchPage const& page) {
    tabs(out, page);
    auto const& found = page.suggestions;
    if (!page.ready) {
        out << div(cls("note info"), role("status"), p(page.t("matching.error.building")));
        return;
    }
    if (found.shown.empty())
        empty_state(out, page.t("matching.no_suggestion"), page.t("matching.no_suggestion_hint"), "/search",
                    page.t("matching.search.title"));
    else
        out << ul(cls("card-list list-rows"), each(found.shown, [&](Suggestion const& one) {
                      return [&](Out& inner) { suggestion_card(inner, page, one); };
                  }));
    if (found.below > 0)
        out << p(cls("hint"),
                 page.context.t("matching.below", {std::to_string(found.below), std::to_string(page.pair.threshold)}));
    if (!found.hidden.empty())
        out << details(cls("card"), summary(page.context.t("matching.hidden", {std::to_string(found.hidden.size())})),
                       ul(cls("match-hidden"), each(found.hidden, [&](Suggestion const& one) {
                              return li(a(href(Url::local(one.filed.path)), own_words(page.context, one.filed.title)),
                                        " – ",
                                        page.t(i18n::Key{"matching.mark.because.",
                                                         name_of(one.mark->because.value_or(Because::other))}),
                                        [&](Out& inner) { undo_button(inner, page, one); });
                          })));
    out << p(a(href("/search/about"), page.t("matching.about.link")), " · ",
             a(href("/matches/quality"), page.t("matching.quality.title")));
}

std::optional<Pair> chosen_pair(std::vector<Pair> const& pairs, std::string_view kind) {
    for (Pair const& one : pairs)
        if (one.to_kind == kind) return one;
    if (pairs.empty()) return std::nullopt;
    return pairs.front();
}

} // namespace

http::Reply matches_page(Context& context, http::Request& request) {
    Matcher matcher{context};
    auto subject = matcher.subject_numbered(request.parameter("number"));
    if (!subject) return refusal(context, request, subject.error());
    auto pairs = pairs_from(context, subject->kind);
    auto const pair = chosen_pair(pairs, request.query_value("kind").value_or(""));
    if (!pair) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    Known const known = known_of(context, subject->record);
    auto suggestions = matcher.suggest(*subject, *pair, known.marks);
    note_shown(context, *subject, *pair, suggestions, known);
    MatchPage const page{context,          matcher.ready(), *std::move(subject),
                         std::move(pairs), *pair,           std::move(suggestions)};
    html::Page const frame{
        .title = std::string{context.t("matching.title")},
        .lead = own_words(context, page.subject.title) + " · " + page.subject.number,
        .crumbs = {{kind_text(context, page.subject.kind), page.subject.path.substr(0, page.subject.path.rfind('/'))},
                   {page.subject.number, page.subject.path}}};
    return render(context, frame, [&](Out& out) { body(out, page); });
}

http::Reply mark_post(Context& context, http::Request& request) {
    Matcher matcher{context};
    auto const subject = matcher.subject_numbered(request.parameter("number"));
    if (!subject) return refusal(context, request, subject.error());
    auto const typed = [&](std::string_view name) { return request.form_value(name).value_or(""); };
    auto const done = set_mark(context, matcher, *subject, {typed("candidate"), typed("verdict"), typed("because")});
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/matches/" + subject->number + "?kind=" + http::percent_encode(typed("kind")) +
                           "&done=done.saved");
}

} // namespace sangu::matching
