// What people and officers have to do: their own entries, and the queue of those that wait for review.

#include "base/text.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"

#include <algorithm>

namespace sangu::library {

using namespace html;

namespace {

constexpr int mine_max = 200, queue_max = 100;

std::string kind_text(Context const& context, std::string_view kind_name) {
    Kind const* kind = kind_named(context.services, kind_name);
    return kind ? std::string{context.t(kind->message(".one"))} : std::string{kind_name};
}

std::string path_of_entry(Context const& context, Entry const& entry) {
    Kind const* kind = kind_named(context.services, entry.kind);
    return kind ? path_of(*kind, entry) : "/my/entries";
}

bool may_confirm(Entry const& entry) {
    return entry.state == EntryState::expired || entry.state == EntryState::withdrawn ||
           (entry.state == EntryState::published && entry.freshness != Freshness::fresh);
}

void my_row(Out& out, Context const& context, Entry const& entry) {
    out << tr(th(scope("row"), a(href(Url::local(path_of_entry(context, entry))), entry.title),
                 div(cls("hint"), span(cls("mono"), entry.number), " · ", kind_text(context, entry.kind))),
              td([&] { state_badge(out, context, entry); }), td([&] { freshness_badge(out, context, entry); }),
              td(cls("num"), context.t("library.percent", {number_text(context, entry.completeness)})),
              td(cls("num"), number_text(context, entry.interests)), td([&] {
                  if (may_confirm(entry)) {
                      open_form(out, context, "/entries/" + entry.number + "/actions/confirm", "inline");
                      out << input(type("hidden"), name("next"), value("mine"))
                          << button(cls("button small primary"), type("submit"),
                                    context.t(entry.state == EntryState::published ? "library.confirm_one"
                                                                                   : "library.restore_one"));
                      close_form(out);
                  } else if (is_writable(entry.state))
                      out << a(cls("button small"), href(Url::local(path_of_entry(context, entry) + "/edit")),
                               context.t("library.edit"));
              }));
}

std::string new_buttons(Context const& context) {
    Out out{256};
    for (Kind const* kind : kinds(context.services))
        out << a(cls("button"), href(Url::local("/" + std::string{kind->path} + "/new")),
                 context.t(kind->message(".new")));
    return out.take();
}

void queue_row(Out& out, Context const& context, Entry const& entry,
               std::map<std::string, std::string, std::less<>> const& owners,
               std::span<registry::PlaceCard const> places) {
    auto const* place = registry::find_place(places, entry.place);
    out << tr(td(input(type("checkbox"), name("entry"), value(entry.number), form_("review"),
                       aria_label(context.t("library.select", {entry.number})))),
              th(scope("row"), a(href(Url::local(path_of_entry(context, entry))), entry.title),
                 div(cls("hint"), span(cls("mono"), entry.number))),
              td(kind_text(context, entry.kind)), td(owner_text(context, owners, entry)),
              td(place ? place->name(context.language) : entry.place),
              td(cls("num"), context.t("library.percent", {number_text(context, entry.completeness)})),
              td(entry.submitted_at ? i18n::format_time(context.language, *entry.submitted_at) : std::string{}));
}

void undo_note(Out& out, Context& context, http::Request const& request) {
    std::string const bulk{request.query_value("bulk").value_or("")};
    if (!is_id(bulk)) return;
    out << div(cls("note info"), p(context.t("library.decided")), [&] {
        open_form(out, context, "/library/review/undo", "inline");
        out << input(type("hidden"), name("bulk"), value(bulk))
            << button(cls("button"), type("submit"), context.t("library.undo"));
        close_form(out);
    });
}

void decision_form(Out& out, Context const& context, Error const* error, std::string const& comment) {
    out.raw("<form id=\"review\" class=\"form\" method=\"post\" action=\"/library/review\">");
    out << input(type("hidden"), name("csrf"), value(context.csrf_token))
        << input(type("hidden"), name("once"), value(new_id()));
    bool const wrong =
        error && std::ranges::any_of(error->problems, [](auto const& one) { return one.field == "comment"; });
    out << div(
        cls(wrong ? "field wrong" : "field"), label(for_("comment"), context.t("library.review.reason")),
        p(cls("hint"), context.t("library.review.reason_hint")),
        [&] {
            if (wrong) out << p(cls("field-error"), context.t("error.comment_required"));
        },
        textarea(id("comment"), name("comment"), rows(2), maxlength(2000), "\n", comment));
    out << div(cls("form-actions"),
               button(cls("button primary"), type("submit"), name("action"), value("publish"),
                      context.t("library.entry.action.publish")),
               button(cls("button"), type("submit"), name("action"), value("return"),
                      context.t("library.entry.action.return")));
    close_form(out);
}

http::Reply queue_reply(Context& context, http::Request& request, Error const* error) {
    auto const scopes = context.services.permissions.scopes_of(context.actor, review_permission);
    if (scopes.empty()) return refusal(context, request, Error{Refusal::forbidden, "error.forbidden", {}, {}});
    auto const waiting = waiting_entries(context.reader(), scopes, queue_max);
    auto const owners = owner_names(context, waiting);
    auto const places = registry::places(context.reader());
    html::Page page{.title = std::string{context.t("library.review")},
                    .lead = std::string{context.t("library.review.lead")},
                    .wide = true};
    if (error) page.status = http::status_of(error->refusal);
    return render(context, page, [&](Out& out) {
        if (error) out << div(cls("note bad"), role("alert"), p(i18n::format(context.language, *error)));
        undo_note(out, context, request);
        if (waiting.empty())
            return empty_state(out, context.t("library.review.none"), context.t("library.review.none_hint"));
        out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("library.review")),
                   table(cls("table dense"),
                         thead(tr(td(input(type("checkbox"), hidden(true), data<"check-all">("entry"),
                                           aria_label(context.t("library.select_all")))),
                                  th(scope("col"), context.t("library.entry.title")),
                                  th(scope("col"), context.t("library.entry.kind")),
                                  th(scope("col"), context.t("library.owner")),
                                  th(scope("col"), context.t("library.entry.place")),
                                  th(scope("col"), cls("num"), context.t("library.entry.completeness")),
                                  th(scope("col"), context.t("library.entry.submitted_at")))),
                         tbody([&] {
                             for (Entry const& one : waiting) queue_row(out, context, one, owners, places);
                         })));
        decision_form(out, context, error, std::string{request.form_value("comment").value_or("")});
    });
}

} // namespace

http::Reply my_entries_page(Context& context, http::Request&) {
    Me const me = me_of(context);
    auto const mine = entries_of(context.reader(), me, mine_max);
    html::Page const page{.title = std::string{context.t("library.mine")},
                          .lead = std::string{context.t("library.mine.lead")},
                          .actions = new_buttons(context),
                          .wide = true};
    return render(context, page, [&](Out& out) {
        if (mine.empty()) return empty_state(out, context.t("library.mine.none"), context.t("library.mine.none_hint"));
        if (std::ranges::any_of(mine, may_confirm)) {
            open_form(out, context, "/my/entries/confirm", "note warn");
            out << p(context.t("library.mine.to_confirm"))
                << button(cls("button primary"), type("submit"), context.t("library.confirm_all"));
            close_form(out);
        }
        out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(context.t("library.mine")),
                   table(cls("table dense"),
                         thead(tr(th(scope("col"), context.t("library.entry.title")),
                                  th(scope("col"), context.t("library.entry.state")),
                                  th(scope("col"), context.t("library.entry.freshness")),
                                  th(scope("col"), cls("num"), context.t("library.entry.completeness")),
                                  th(scope("col"), cls("num"), context.t("library.entry.interests")),
                                  th(scope("col"), context.t("library.next_step")))),
                         tbody([&] {
                             for (Entry const& one : mine) my_row(out, context, one);
                         })));
    });
}

http::Reply confirm_all_post(Context& context, http::Request&) {
    auto const done = confirm_all(context);
    if (!done) return error_page(context, done.error());
    return http::see_other("/my/entries?done=done.saved");
}

http::Reply review_page(Context& context, http::Request& request) { return queue_reply(context, request, nullptr); }

http::Reply review_post(Context& context, http::Request& request) {
    std::vector<std::string> numbers;
    for (auto const& [field, text] : request.form)
        if (field == "entry" && std::ranges::find(numbers, text) == numbers.end()) numbers.push_back(text);
    auto const done = review(context, numbers, request.form_value("action").value_or(""),
                             std::string{trim(request.form_value("comment").value_or(""))});
    if (!done) return queue_reply(context, request, &done.error());
    return http::see_other("/library/review?done=done.saved&bulk=" + *done);
}

http::Reply undo_post(Context& context, http::Request& request) {
    auto const done = undo_review(context, request.form_value("bulk").value_or(""));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/library/review?done=done.undone");
}

} // namespace sangu::library
