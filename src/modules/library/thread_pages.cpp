// Threads: who is interested in what, and what the parties write to each other.

#include "base/text.h"
#include "kernel/files/files.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"
#include "modules/library/service.h"
#include "modules/library/threads.h"

#include <algorithm>

namespace sangu::library {

using namespace html;

namespace {

std::string typed(http::Request const& request, std::string_view field) {
    return std::string{trim(request.form_value(field).value_or(""))};
}

void thread_badge(Out& out, Context const& context, Thread const& thread) {
    std::string_view tone = "info";
    if (thread.state == ThreadState::escalated) tone = "warn";
    if (thread.state == ThreadState::answered) tone = "good";
    if (thread.state == ThreadState::closed) tone = "muted";
    badge(out, context.t("library.thread.state." + std::string{name_of(thread.state)}), tone);
}

void threads_table(Out& out, Context const& context, std::string_view heading, std::vector<ThreadView> const& threads) {
    if (threads.empty()) return;
    out << h2(context.t(heading))
        << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t(heading)),
               table(cls("table dense"),
                     thead(tr(th(scope("col"), context.t("library.entry.title")),
                              th(scope("col"), context.t("library.thread.account_name")),
                              th(scope("col"), context.t("library.thread.state")),
                              th(scope("col"), context.t("library.thread.opened_at")),
                              th(scope("col"), context.t("library.thread.answer_due")))),
                     tbody([&] {
                         for (ThreadView const& one : threads)
                             out << tr(th(scope("row"),
                                          a(href(Url::path("/threads", one.thread.id.text)), one.entry.title),
                                          div(cls("hint"), span(cls("mono"), one.entry.number))),
                                       td(one.thread.account_name), td([&] { thread_badge(out, context, one.thread); }),
                                       td(i18n::format_time(context.language, one.thread.opened_at)),
                                       td(date_text(context, one.thread.answer_due)));
                     })));
}

struct Shown {
    Context& context;
    ThreadView view;
    std::vector<Message> messages;
    std::vector<files::Attachment> files;
    Error const* error = nullptr;
    http::Request const* typed = nullptr;

    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string path() const { return "/threads/" + view.thread.id.text; }
    Problem const* wrong(std::string_view field) const {
        if (!error) return nullptr;
        auto const found = std::ranges::find(error->problems, field, &Problem::field);
        return found == error->problems.end() ? nullptr : &*found;
    }
};

void facts(Out& out, Shown const& page) {
    Thread const& one = page.view.thread;
    out << dl(cls("facts"), [&] {
        out << dt(page.t("library.thread.state")) << dd([&] { thread_badge(out, page.context, one); });
        out << dt(page.t("library.thread.account_name")) << dd(one.account_name);
        out << dt(page.t("library.thread.opened_at")) << dd(i18n::format_time(page.context.language, one.opened_at));
        out << dt(page.t("library.thread.answer_due")) << dd(date_text(page.context, one.answer_due));
        auto const day = [&](std::string_view key, std::optional<Date> date) {
            if (date) out << dt(page.t(key)) << dd(date_text(page.context, *date));
        };
        day("library.thread.answered_on", one.answered_on);
        day("library.thread.escalated_on", one.escalated_on);
        if (!one.officer_name.empty()) out << dt(page.t("library.thread.officer_name")) << dd(one.officer_name);
        day("library.thread.closed_on", one.closed_on);
        if (one.outcome)
            out << dt(page.t("library.entry.outcome"))
                << dd(choice_text(page.context, "outcome", name_of(*one.outcome)));
    });
}

void messages_part(Out& out, Shown const& page) {
    out << h2(page.t("library.messages")) << ol(cls("timeline"), [&] {
        for (Message const& one : page.messages)
            out << li(time(datetime(to_text(one.at)), i18n::format_time(page.context.language, one.at)), " ",
                      strong(one.account_name), [&] {
                          prose(out, one.text);
                          if (one.day)
                              out << p(page.t("library.message.day"), page.t("form.colon"),
                                       date_text(page.context, *one.day));
                      });
    });
    if (page.files.empty()) return;
    out << h2(page.t("library.files")) << ul(cls("files"), [&] {
        for (files::Attachment const& one : page.files)
            out << li(
                a(href(Url::path(page.path(), "files", one.id)), download(true), one.name), " ",
                small(page.context.t("library.file_size", {number_text(page.context, (one.size + 1023) / 1024)})));
    });
}

// What the owner may open to the one who is interested, and take back.
void access_part(Out& out, Shown const& page) {
    if (page.view.side != Side::owning) return;
    Thread const& thread = page.view.thread;
    out << section(cls("card"), h2(page.t("library.access")), [&] {
        if (thread.wish != Wish::nothing) out << p(page.t("library.thread.wish." + std::string{name_of(thread.wish)}));
        out << p(page.t(page.view.granted == Layer::files  ? "library.access.files"
                        : page.view.granted == Layer::body ? "library.access.body"
                                                           : "library.access.none"));
        auto const one = [&](std::string_view layer, std::string_view label) {
            open_form(out, page.context, "/entries/" + page.view.entry.number + "/access", "inline");
            out << input(type("hidden"), name("account"), value(thread.account_id.text))
                << input(type("hidden"), name("layer"), value(layer))
                << input(type("hidden"), name("next"), value(page.path()))
                << button(cls("button"), type("submit"), page.t(label));
            close_form(out);
        };
        if (page.view.granted < Layer::body) one("body", "library.access.give_body");
        if (page.view.granted < Layer::files) one("files", "library.access.give_files");
        if (page.view.granted > Layer::none) one("", "library.access.take");
    });
}

void message_form(Out& out, Shown const& page) {
    Problem const* wrong = page.wrong("text");
    Problem const* wrong_day = page.wrong("day");
    auto const kept = [&](std::string_view field) { return page.typed ? typed(*page.typed, field) : std::string{}; };
    out << h2(page.t("library.message.new"));
    open_form(out, page.context, page.path() + "/messages", "form", true);
    out << div(
        cls(wrong ? "field wrong" : "field"), label(for_("text"), page.t("library.message.text")),
        [&] {
            if (wrong) out << p(cls("field-error"), i18n::format(page.context.language, *wrong));
        },
        textarea(id("text"), name("text"), rows(4), required(true), maxlength(4000), "\n", kept("text")));
    out << div(
        cls(wrong_day ? "field wrong" : "field"),
        label(for_("day"), page.t("library.message.day"), " ", span(cls("optional"), page.t("form.optional"))),
        [&] {
            if (wrong_day) out << p(cls("field-error"), i18n::format(page.context.language, *wrong_day));
        },
        input(type("date"), id("day"), name("day"), value(kept("day"))));
    out << div(cls("field"),
               label(for_("upload"), page.t("library.files.add"), " ", span(cls("optional"), page.t("form.optional"))),
               p(cls("hint"), page.t("library.files.hint")),
               input(type("file"), id("upload"), name("upload"), multiple(true)));
    out << button(cls("button primary"), type("submit"), page.t("library.message.send"));
    close_form(out);
}

void closing_form(Out& out, Shown const& page) {
    if (page.view.side == Side::officer) return;
    out << details(
        cls("card"), open(page.wrong("outcome") != nullptr), summary(page.t("library.thread.action.close")), [&] {
            open_form(out, page.context, page.path() + "/close", "form");
            out << div(cls("field"), label(for_("outcome"), page.t("library.entry.outcome")),
                       select(id("outcome"), name("outcome"), required(true), option(value(""), page.t("form.choose")),
                              each(choices_of(Outcome{}),
                                   [&](Choice const& one) {
                                       return option(value(one.name), choice_text(page.context, "outcome", one.name));
                                   })))
                << button(cls("button"), type("submit"), page.t("library.thread.action.close"));
            close_form(out);
        });
}

http::Reply thread_reply(Context& context, http::Request& request, Error const* error) {
    auto view = thread_view(context, request.parameter("id"));
    if (!view) return refusal(context, request, view.error());
    Shown page{.context = context, .view = *std::move(view), .error = error, .typed = error ? &request : nullptr};
    page.messages = messages_of(context.reader(), page.view.thread.id.text);
    page.files = files::list(context.reader(), thread_files, page.view.thread.id.text);
    Kind const* kind = kind_named(context.services, page.view.entry.kind);
    html::Page frame{.title = page.view.entry.title,
                     .lead = page.view.entry.number,
                     .crumbs = {{std::string{context.t("library.threads")}, "/threads"}}};
    if (kind && page.view.side != Side::none)
        frame.actions =
            markup(a(cls("button"), href(Url::local(path_of(*kind, page.view.entry))), context.t("library.to_entry")));
    if (error) frame.status = http::status_of(error->refusal);
    return render(context, frame, [&](Out& out) {
        if (error) out << div(cls("note bad"), role("alert"), p(i18n::format(context.language, *error)));
        out << div(cls("split"), div([&] {
                       messages_part(out, page);
                       if (page.view.thread.state != ThreadState::closed) message_form(out, page);
                   }),
                   div([&] {
                       out << section(cls("card"), h2(page.t("library.thread")), [&] { facts(out, page); });
                       access_part(out, page);
                       if (page.view.thread.state != ThreadState::closed) closing_form(out, page);
                   }));
    });
}

template <class T> http::Reply answer(Context& context, http::Request& request, Result<T> const& done) {
    if (!done && done.error().refusal == Refusal::not_found) return refusal(context, request, done.error());
    if (!done) return thread_reply(context, request, &done.error());
    return http::see_other("/threads/" + std::string{request.parameter("id")} + "?done=done.saved");
}

} // namespace

http::Reply threads_page(Context& context, http::Request&) {
    ThreadLists const lists = threads_of(context);
    html::Page const page{.title = std::string{context.t("library.threads")},
                          .lead = std::string{context.t("library.threads.lead")},
                          .wide = true};
    return render(context, page, [&](Out& out) {
        if (lists.asking.empty() && lists.owning.empty() && lists.handed.empty())
            return empty_state(out, context.t("library.threads.none"), context.t("library.threads.none_hint"), "/lists",
                               context.t("library.lists"));
        threads_table(out, context, "library.threads.handed", lists.handed);
        threads_table(out, context, "library.threads.owning", lists.owning);
        threads_table(out, context, "library.threads.asking", lists.asking);
    });
}

http::Reply thread_page(Context& context, http::Request& request) { return thread_reply(context, request, nullptr); }

http::Reply interest_post(Context& context, http::Request& request) {
    auto const done =
        express_interest(context, request.parameter("number"), typed(request, "text"), typed(request, "wish"));
    if (!done) return entry_refused(context, request, done.error());
    return http::see_other("/threads/" + done->id.text + "?done=done.saved");
}

http::Reply message_post(Context& context, http::Request& request) {
    return answer(
        context, request,
        send(context, request.parameter("id"), {typed(request, "text"), typed(request, "day")}, request.uploads));
}

http::Reply close_post(Context& context, http::Request& request) {
    return answer(context, request, close_thread(context, request.parameter("id"), typed(request, "outcome")));
}

http::Reply thread_file_reply(Context& context, http::Request& request) {
    auto const view = thread_view(context, request.parameter("id"));
    auto const file = files::find(context.reader(), request.parameter("file"));
    if (!view || !file || file->owner_kind != thread_files || file->owner_id != view->thread.id.text)
        return not_found(context, request);
    return http::download(files::open(context.services.database, file->sha256), file->content_type, file->name);
}

} // namespace sangu::library
