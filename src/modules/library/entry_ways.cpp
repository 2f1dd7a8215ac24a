// Who stands behind an entry, how fresh it is, and what its reader can do now.

#include "kernel/module.h"
#include "modules/library/entry_parts.h"

#include <algorithm>

namespace sangu::library {

using namespace html;

namespace {

void end_step(Out& out, Detail const& page) {
    out << details(cls("flow-step"), summary(cls("button"), page.t("library.entry.action.end")), [&] {
        open_form(out, page.context, page.common() + "/actions/end", "form");
        out << div(cls("field"), label(for_("outcome"), page.t("library.entry.outcome")),
                   select(id("outcome"), name("outcome"), required(true), option(value(""), page.t("form.choose")),
                          each(choices_of(Outcome{}),
                               [&](Choice const& one) {
                                   return option(value(one.name), choice_text(page.context, "outcome", one.name));
                               })))
            << button(cls("button primary"), type("submit"), page.t("library.entry.action.end"));
        close_form(out);
    });
}

void undertaking_form(Out& out, Detail const& page) {
    open_form(out, page.context, page.common() + "/undertaking", "form");
    Problem const* wrong = nullptr;
    if (page.error)
        for (Problem const& one : page.error->problems)
            if (one.field == "signed_name" || one.field == "agreed") wrong = &one;
    out << p(page.t("library.undertaking.text"))
        << div(
               cls(wrong ? "field wrong" : "field"), label(for_("signed_name"), page.t("library.signed_name")),
               [&] {
                   if (wrong) out << p(cls("field-error"), i18n::format(page.context.language, *wrong));
               },
               input(type("text"), id("signed_name"), name("signed_name"), required(true), maxlength(60)))
        << label(cls("choice"), for_("agreed"),
                 input(type("checkbox"), id("agreed"), name("agreed"), value("true"), required(true)),
                 span(page.t("library.agreed")))
        << button(cls("button primary"), type("submit"), page.t("library.undertaking.sign"));
    close_form(out);
}

} // namespace

void notes(Out& out, Detail const& page) {
    Entry const& entry = page.entry();
    if (entry.state == EntryState::ended) out << div(cls("note info"), p(page.t("library.ended_note")));
    if (!page.view.viewer.owner && !page.view.viewer.officer) return;
    if (!entry.returned_because.empty() && entry.state == EntryState::returned)
        out << div(cls("note warn"), h2(page.t("library.entry.returned_because")),
                   [&] { prose(out, entry.returned_because); });
    if (entry.state == EntryState::expired) out << div(cls("note warn"), p(page.t("library.expired_note")));
    if (entry.state == EntryState::withdrawn) out << div(cls("note info"), p(page.t("library.withdrawn_note")));
}

// What the owner or an officer can do now.
void steps_part(Out& out, Detail const& page) {
    if (!page.view.viewer.owner && !page.view.viewer.officer) return;
    Entry const& entry = page.entry();
    out << section(cls("card"), h2(page.t("library.manage")), [&] {
        out << p([&] { state_badge(out, page.context, entry); });
        if (page.view.viewer.owner && is_writable(entry.state)) {
            completeness_meter(out, page.context, entry.completeness);
            out << p(a(cls("button"), href(Url::local(page.path() + "/edit")), page.t("library.edit")), " ",
                     a(cls("button"), href(Url::local(page.path() + "/check")), page.t("library.check")));
        }
        auto offers = offers_for(page.context, page.view);
        bool const may_end = std::erase_if(offers, [](auto const& one) { return one.action == "end"; }) > 0;
        flow_buttons(out, page.context, Entry::flow, offers, page.common());
        if (may_end) end_step(out, page);
        out << p(a(href(Url::local(page.common() + "/history")), page.t("library.history")));
    });
}

void beyond_part(Out& out, Detail const& page) {
    Entry const& entry = page.entry();
    if (page.view.sees(Layer::files) || !is_public(entry.state)) return;
    Audience next = entry.abstract_for;
    std::string_view text = "library.beyond.abstract";
    if (page.view.sees(Layer::abstract)) {
        next = page.view.sees(Layer::body) ? entry.files_for : entry.body_for;
        text = page.view.sees(Layer::body) ? "library.beyond.files" : "library.beyond.body";
        if (page.view.sees(Layer::body) && entry.files == 0) return;
    }
    out << section(cls("note info"), h2(page.t(text)), p(page.t("library.beyond." + std::string{name_of(next)})), [&] {
        if (!page.context.actor.signed_in())
            out << p(
                a(cls("button primary"), href(Url{"/sign-in"}.query("next", page.path())), page.t("page.sign_in")));
        else if (next == Audience::undertaking)
            undertaking_form(out, page);
    });
}

// The way to the owner: an expression of interest, or the thread there is.
void interest_part(Out& out, Detail const& page) {
    Entry const& entry = page.entry();
    if (!is_public(entry.state) || page.view.viewer.owner) return;
    if (!page.view.seen.thread.empty()) {
        out << section(cls("card"), h2(page.t("library.interest")),
                       a(cls("button primary"), href(Url::path("/threads", page.view.seen.thread)),
                         page.t("library.interest.open")));
        return;
    }
    if (!page.context.actor.signed_in()) {
        out << section(
            cls("card"), h2(page.t("library.interest")), p(page.t("library.interest.sign_in")),
            a(cls("button primary"), href(Url{"/sign-in"}.query("next", page.path())), page.t("page.sign_in")));
        return;
    }
    bool const wrong =
        page.error && std::ranges::any_of(page.error->problems, [](auto const& p) { return p.field == "text"; });
    out << section(cls("card"), h2(page.t("library.interest")), [&] {
        open_form(out, page.context, page.common() + "/interest", "form");
        out << div(
            cls(wrong ? "field wrong" : "field"), label(for_("text"), page.t("library.interest.text")),
            p(cls("hint"), page.t("library.interest.hint")),
            [&] {
                if (wrong) out << p(cls("field-error"), page.t("error.required"));
            },
            textarea(id("text"), name("text"), rows(4), required(true), maxlength(4000)));
        if (!page.view.sees(Layer::files))
            out << div(cls("field"), label(for_("wish"), page.t("library.thread.wish")),
                       select(id("wish"), name("wish"), each(choices_of(Wish{}), [&](Choice const& one) {
                                  return option(value(one.name),
                                                page.t("library.thread.wish." + std::string{one.name}));
                              })));
        out << button(cls("button primary"), type("submit"), page.t("library.interest.send"));
        close_form(out);
    });
}

void who_part(Out& out, Detail const& page) {
    Entry const& entry = page.entry();
    auto const* place = registry::find_place(page.places, entry.place);
    out << section(cls("card"), h2(page.t("library.who")), dl(cls("facts"), [&] {
                       std::string const owner = owner_text(page.context, page.owners, entry);
                       out << dt(page.t("library.owner")) << dd([&] {
                           if (entry.organisation_id)
                               out << a(href(Url::path("/organisations", entry.organisation_id->text)), owner);
                           else
                               out << owner;
                       });
                       out << dt(page.t("library.entry.place"))
                           << dd(place ? place->name(page.context.language) : entry.place);
                       out << dt(page.t("library.entry.number")) << dd(span(cls("mono"), entry.number));
                       if (entry.published_on)
                           out << dt(page.t("library.entry.published_on"))
                               << dd(date_text(page.context, *entry.published_on));
                       if (entry.confirmed_on && is_public(entry.state))
                           out << dt(page.t("library.entry.confirmed_on"))
                               << dd([&] { freshness_badge(out, page.context, entry); });
                       if (entry.state == EntryState::ended)
                           out << dt(page.t("library.entry.outcome"))
                               << dd(choice_text(page.context, "outcome", name_of(*entry.outcome)));
                   }));
}

// Ways on to pages of other modules.
void ways_on(Out& out, Detail const& page) {
    for (Way const& way : offers_of<Way>(page.context.services.modules))
        if (way.kind == page.kind.name)
            out << section(cls("card"), a(cls("button"), href(Url::local(std::string{way.path} + page.entry().number)),
                                          page.t(way.label)));
}

} // namespace sangu::library
