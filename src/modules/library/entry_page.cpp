// The page of one entry: what it is, who stands behind it, how fresh it is, what can be done now. What is shown depends
// on the reader's layer alone.

#include "base/text.h"
#include "kernel/config/settings.h"
#include "kernel/files/files.h"
#include "kernel/module.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"
#include "modules/library/parts.h"
#include "modules/library/threads.h"

#include <algorithm>

namespace sangu::library {

using namespace html;

namespace {

struct Detail {
    Context& context;
    Kind const& kind;
    View view;
    Filling filling;
    std::vector<registry::PlaceCard> places;
    std::map<std::string, std::string, std::less<>> owners;
    std::vector<files::Attachment> files;
    Error const* error = nullptr;

    Entry const& entry() const { return view.entry(); }
    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string path() const { return path_of(kind, entry()); }
    std::string common() const { return "/entries/" + entry().number; }
};

Detail load(Context& context, Kind const& kind, View view) {
    Detail page{context, kind, std::move(view), empty_filling(kind), {}, {}, {}};
    db::Session& session = context.reader();
    page.filling = load_filling(session, kind, page.entry().id.text);
    page.places = registry::places(session);
    for (auto const& own : page.view.me.organisations)
        page.owners.emplace(own.id.text, own_words(context, std::string{own.shown(context.language)}));
    if (page.entry().organisation_id && !page.owners.contains(page.entry().organisation_id->text))
        page.owners = owner_names(context, {&page.entry(), 1});
    if (page.view.sees(Layer::files) && page.entry().files > 0)
        page.files = files::list(session, entry_files, page.entry().id.text);
    return page;
}

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

// What the owner or an officer can do now.
void steps(Out& out, Detail const& page) {
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

void fact(Out& out, Detail const& page, std::string_view field_name) {
    entity::FieldMeta const* field = page.kind.content->find(field_name);
    if (!field) return;
    std::string const text = value_text(page.context, *page.kind.content, *field, page.filling.content.get());
    if (text.empty()) return;
    out << dt(page.t(page.kind.message(field_name))) << dd([&] {
        if (field->multiline)
            prose(out, text);
        else
            out << text;
    });
}

void ways_fact(Out& out, Detail const& page, Section const& part) {
    std::string const chosen = ways_text(page.context, page.kind, part, page.filling.content.get());
    if (!chosen.empty()) out << dt(page.t(part.ways)) << dd(chosen);
}

void section_part(Out& out, Detail const& page, Section const& part) {
    if (!page.view.sees(part.layer)) return;
    out << section(h2(page.t(part.heading)),
                   dl(cls("facts"),
                      [&] {
                          if (!part.ways.empty()) ways_fact(out, page, part);
                          for (std::string_view const name : part.fields) {
                              if (!is_way(page.kind, part, name)) fact(out, page, name);
                          }
                      }),
                   [&] {
                       if (part.rows && page.kind.rows && page.view.sees(page.kind.rows->layer))
                           rows_table(out, page.context, page.kind, page.filling.rows);
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

// What there is beyond, and the way to it.
void beyond(Out& out, Detail const& page) {
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

void files_part(Out& out, Detail const& page) {
    if (page.files.empty()) return;
    out << section(
        h2(page.t("library.files")), ul(cls("files"), [&] {
            for (files::Attachment const& one : page.files)
                out << li(
                    a(href(Url::path(page.common(), "files", one.id)), download(true), one.name), " ",
                    small(page.context.t("library.file_size", {number_text(page.context, (one.size + 1023) / 1024)})),
                    [&] {
                        if (page.view.viewer.owner && is_writable(page.entry().state))
                            button_form(out, page.context, page.common() + "/files/" + one.id + "/delete",
                                        page.context.t("library.file_remove", {one.name}), "button small quiet");
                    });
        }));
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

void neighbours_part(Out& out, Detail const& page) {
    for (Neighbours const& finder : offers_of<Neighbours>(page.context.services.modules)) {
        auto const found = cards(page.context, finder.of(page.context, page.entry().id.text, 6));
        if (found.empty()) continue;
        out << section(h2(page.t("library.similar")),
                       ul(each(found, [&](Card const& one) { return li(a(href(Url::local(one.path)), one.title)); })));
    }
}

http::Reply reply_for(Detail const& page) {
    Entry const& entry = page.entry();
    html::Page frame{
        .title = entry.title,
        .lead = entry.number + " · " + owner_text(page.context, page.owners, entry),
        .crumbs = {{std::string{page.t(page.kind.message(".plural"))}, "/" + std::string{page.kind.path}}}};
    if (page.error) frame.status = http::status_of(page.error->refusal);
    return render(page.context, frame, [&](Out& out) {
        if (page.error) problem_summary(out, page.context, page.kind, *page.error);
        notes(out, page);
        out << div(cls("split"), div([&] {
                       if (page.view.sees(Layer::abstract) && !entry.abstract.empty())
                           out << section(h2(page.t("library.entry.abstract")), [&] { prose(out, entry.abstract); });
                       for (Section const& part : page.kind.sections) section_part(out, page, part);
                       files_part(out, page);
                       beyond(out, page);
                       neighbours_part(out, page);
                   }),
                   div([&] {
                       steps(out, page);
                       interest_part(out, page);
                       who_part(out, page);
                   }));
        if (has_public_page(entry.state))
            linked_data(out, structured_data(page.context, page.kind, entry, page.view.layer,
                                             owner_text(page.context, page.owners, entry)));
    });
}

http::Reply show(Context& context, Kind const& kind, http::Request& request, Error const* error) {
    auto view = view_of(context, request.parameter("number"));
    if (!view) return refusal(context, request, view.error());
    if (view->entry().kind != kind.name) return not_found(context, request);
    Detail page = load(context, kind, *std::move(view));
    page.error = error;
    return reply_for(page);
}

} // namespace

http::Reply entry_page(Context& context, Kind const& kind, http::Request& request) {
    return show(context, kind, request, nullptr);
}

http::Reply entry_refused(Context& context, http::Request& request, Error const& error) {
    auto const seen = find_seen(context.reader(), request.parameter("number"), "");
    Kind const* kind = seen ? kind_named(context.services, seen->entry.kind) : nullptr;
    if (!kind || request.wants_json() || error.refusal == Refusal::not_found) return refusal(context, request, error);
    return show(context, *kind, request, &error);
}

} // namespace sangu::library
