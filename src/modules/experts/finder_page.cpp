// The page of the expert finder: a text or a demand on top, experts with plain reasons below.

#include "base/text.h"
#include "kernel/html/page.h"
#include "modules/experts/finder.h"
#include "modules/experts/pages.h"
#include "modules/reference/reference.h"
#include "modules/registry/registry.h"

#include <algorithm>

namespace sangu::experts {

using namespace html;

namespace {

constexpr std::size_t text_max = 2000, parties_max = 20;

struct Asked {
    std::string text, field, industry, parties, demand; // as typed
    std::optional<library::Readable> about;             // the demand
    bool demand_missing = false;

    bool any() const { return !text.empty() || !field.empty() || !industry.empty() || about; }
};

std::string cut(std::string_view text, std::size_t characters) {
    std::string_view const plain = trim(text);
    return count_characters(plain) <= characters ? std::string{plain} : shorten(plain, characters);
}

Asked asked_of(Context& context, http::Request const& request) {
    auto const typed = [&](std::string_view name) {
        auto const found = std::ranges::find(request.query, name, &http::Pairs::value_type::first);
        return found == request.query.end() ? std::string_view{} : std::string_view{found->second};
    };
    Asked asked{.text = cut(typed("text"), text_max),
                .field = std::string{typed("field")},
                .industry = cut(typed("industry"), 5),
                .parties = cut(typed("parties"), text_max),
                .demand = cut(typed("demand"), 40),
                .about = {}};
    auto const fields = choices_of(library::TechField{});
    if (std::ranges::find(fields, asked.field, &Choice::name) == fields.end()) asked.field.clear();
    if (!asked.demand.empty()) {
        asked.about = library::readable(context, asked.demand);
        asked.demand_missing = !asked.about;
    }
    return asked;
}

Question question_of(Context& context, Asked const& asked) {
    Question question{.text = asked.text, .tech_field = asked.field, .industry = asked.industry};
    if (asked.about) {
        question.text += "\n" + asked.about->text;
        if (question.tech_field.empty()) question.tech_field = asked.about->tech_field;
        if (question.industry.empty()) question.industry = asked.about->industry;
        question.organisation_id = asked.about->card.organisation_id;
        if (!question.organisation_id.empty()) {
            std::string const ids[] = {question.organisation_id};
            for (auto const& one : registry::organisations(context.reader(), ids)) question.parties.push_back(one.name);
        }
    }
    for (std::string_view const line : split_text(asked.parties, '\n'))
        if (!trim(line).empty() && question.parties.size() < parties_max) question.parties.emplace_back(trim(line));
    return question;
}

// What people wrote, in the reader's characters.
std::string own_words(Context const& context, std::string const& text) {
    return context.language == i18n::Language::zh_hant ? i18n::to_traditional(text) : text;
}

std::string field_text(Context const& context, std::string_view value) {
    return std::string{context.t("experts.expert.tech_field." + std::string{value})};
}

void question_form(Out& out, Context const& context, Asked const& asked) {
    out << form(cls("card"), role("search"), method("get"), action(Url::local("/experts/finder")), [&] {
        if (asked.demand_missing) out << div(cls("note warn"), role("alert"), p(context.t("experts.finder.no_demand")));
        if (asked.about)
            out << p(context.t("experts.finder.about"), " ",
                     a(href(Url::local(asked.about->card.path)), own_words(context, asked.about->card.title)))
                << input(type("hidden"), name("demand"), value(asked.demand));
        out << div(cls("field"), label(for_("text"), context.t("experts.finder.text")),
                   p(cls("hint"), context.t("experts.finder.text.hint")),
                   textarea(id("text"), name("text"), rows(4), maxlength(text_max), "\n", asked.text))
            << div(cls("field"), label(for_("field"), context.t("experts.expert.tech_field")),
                   select(id("field"), name("field"), option(value(""), context.t("experts.finder.any_field")),
                          each(choices_of(library::TechField{}),
                               [&](Choice const& one) {
                                   return option(value(one.name), selected(one.name == asked.field),
                                                 field_text(context, one.name));
                               })))
            << div(cls("field"), label(for_("industry"), context.t("experts.expert.industry")),
                   p(cls("hint"), context.t("experts.expert.industry.hint")),
                   input(type("text"), id("industry"), name("industry"), value(asked.industry), maxlength(5)))
            << div(cls("field"), label(for_("parties"), context.t("experts.finder.parties")),
                   p(cls("hint"), context.t("experts.finder.parties.hint")),
                   textarea(id("parties"), name("parties"), rows(3), maxlength(text_max), "\n", asked.parties))
            << button(cls("button primary"), type("submit"), context.t("experts.finder.find"));
    });
}

void reasons(Out& out, Context const& context, Found const& one) {
    out << ul([&] {
        if (!one.shared.empty())
            out << li(context.t("experts.finder.shared", {join(one.shared, context.t("library.comma"))}));
        if (one.same_field)
            out << li(context.t("experts.finder.same_field", {field_text(context, name_of(*one.expert.tech_field))}));
        if (!one.shared_industry.empty())
            out << li(context.t("experts.finder.same_industry",
                                {reference::shown(reference::industries_2017, one.shared_industry, context.language)}));
    });
}

std::string_view tone_of(Availability availability) {
    if (availability == Availability::available) return "good";
    return availability == Availability::limited ? "info" : "warn";
}

void found_card(Out& out, Context const& context, Found const& one) {
    out << li(
        cls("card"), h3(a(href(Url::local(one.card.path)), own_words(context, one.card.title))),
        [&] {
            std::vector<std::string> about;
            for (auto const* text : {&one.expert.name, &one.expert.employer, &one.expert.post, &one.expert.speciality})
                if (*text) about.push_back(**text);
            out << p(own_words(context, join(about, " · "))) << p([&] {
                if (one.expert.availability) {
                    badge(out,
                          context.t("experts.expert.availability." + std::string{name_of(*one.expert.availability)}),
                          tone_of(*one.expert.availability));
                }
            });
        },
        p(strong(context.t("experts.finder.why"))), [&] { reasons(out, context, one); });
}

void results(Out& out, Context const& context, Findings const& findings) {
    out << h2(context.t("experts.finder.found", {std::to_string(findings.found.size())}));
    if (findings.found.empty())
        empty_state(out, context.t("experts.finder.none"), context.t("experts.finder.none_hint"), "/experts",
                    context.t("experts.finder.all"));
    else
        out << ul(cls("card-list"), [&] {
            for (Found const& one : findings.found) found_card(out, context, one);
        });
    if (findings.excluded.empty() && findings.hidden == 0) return;
    out << section(cls("card"), h2(context.t("experts.finder.excluded")), [&] {
        out << ul([&] {
            for (Excluded const& one : findings.excluded)
                out << li(a(href(Url::local(one.card.path)), own_words(context, one.card.title)),
                          context.t("form.colon"),
                          context.t("experts.finder.because." + std::string{name_of(one.conflict.ground)},
                                    {one.conflict.name}));
        });
        if (findings.hidden > 0) out << p(context.t("experts.finder.hidden", {std::to_string(findings.hidden)}));
    });
}

} // namespace

http::Reply finder_page(Context& context, http::Request& request) {
    Asked const asked = asked_of(context, request);
    html::Page const page{.title = std::string{context.t("experts.finder")},
                          .lead = std::string{context.t("experts.finder.lead")},
                          .crumbs = {{std::string{context.t("experts.expert.plural")}, "/experts"}}};
    Findings findings;
    if (asked.any()) findings = find_experts(context, question_of(context, asked));
    return render(context, page, [&](Out& out) {
        auto const how = [&] {
            out << details(summary(context.t("experts.finder.how")), p(context.t("experts.finder.how_text")));
        };
        if (!asked.any()) {
            question_form(out, context, asked);
            how();
            return;
        }
        out << div(cls("split"), div([&] {
                       results(out, context, findings);
                       how();
                   }),
                   div([&] { question_form(out, context, asked); }));
    });
}

} // namespace sangu::experts
