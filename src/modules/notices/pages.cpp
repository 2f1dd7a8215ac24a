#include "modules/notices/pages.h"

#include "base/text.h"
#include "kernel/html/page.h"
#include "modules/notices/store.h"

namespace sangu::notices {

using namespace html;

namespace {

constexpr int read_rows = 50;

// A small form of one button; marking is no act that the audit log records.
void one_button(Out& out, Context const& context, std::string const& address, std::string_view classes,
                std::string_view label_text, std::string_view field = {}, std::string const& field_value = {}) {
    out << form(method("post"), action(Url::local(address)),
                input(type("hidden"), name("csrf"), value(context.csrf_token)),
                when(!field.empty(), [&] { return input(type("hidden"), name(field), value(field_value)); }),
                button(cls(classes), type("submit"), label_text));
}

void unread_part(Out& out, Context const& context, std::vector<Entry> const& entries) {
    if (entries.empty()) return empty_state(out, context.t("notices.none"), context.t("notices.none_hint"));
    out << h2(context.t("notices.unread"));
    out << div(cls("mb-3"), [&](Out& row) {
        one_button(row, context, "/inbox/read", "button small", context.t("notices.read_all"), "until",
                   std::to_string(entries.front().event));
    });
    auto const card = [&](Entry const& one) {
        std::string const address = "/inbox/" + std::to_string(one.event);
        return li(cls("card"), p(strong(one.text(context.language))),
                  p(cls("hint"), context.t(one.topic), " · ",
                    time(datetime(to_text(one.at)), i18n::format_time(context.language, one.at))),
                  div(cls("button-row"), [&, address](Out& row) {
                      one_button(row, context, address + "/open", "button small primary", context.t("notices.open"));
                      one_button(row, context, address + "/read", "button small quiet", context.t("notices.read"));
                  }));
    };
    out << ul(cls("card-list"), each(entries, card));
}

void read_part(Out& out, Context const& context, std::vector<Entry> const& entries) {
    if (entries.empty()) return;
    out << h2(context.t("notices.earlier"));
    out << ol(cls("timeline"), each(entries, [&](Entry const& one) {
                  return li(time(datetime(to_text(one.at)), i18n::format_time(context.language, one.at)), " ",
                            a(href(Url::local(one.path)), one.text(context.language)));
              }));
    if (entries.size() == read_rows)
        out << nav(cls("pager"), aria_label(context.t("notices.earlier")),
                   a(cls("button"), rel("next"),
                     href(Url{"/inbox"}.query("before", std::to_string(entries.back().event))),
                     context.t("notices.more")));
}

std::int64_t number(std::string_view text, std::int64_t otherwise) { return parse_integer(text).value_or(otherwise); }

std::string preferences_link(Context const& context) {
    Out out{256};
    out << a(cls("button"), href("/inbox/preferences"), context.t("notices.preferences"));
    return out.take();
}

} // namespace

http::Reply inbox_page(Context& context, http::Request& request) {
    auto const before = request.query_value("before");
    auto const news = before ? std::vector<Entry>{} : unread(context.reader(), context.actor.account_id);
    auto const earlier =
        read_before(context.reader(), context.actor.account_id, number(before.value_or(""), INT64_MAX), read_rows);
    Page const page{.title = std::string{context.t("notices.title")},
                    .lead = std::string{context.t("notices.lead")},
                    .actions = preferences_link(context)};
    return render(context, page, [&](Out& out) {
        if (!before) unread_part(out, context, news);
        read_part(out, context, earlier);
    });
}

http::Reply open_post(Context& context, http::Request& request) {
    auto const entry = find(context.reader(), context.actor.account_id, number(request.parameter("event"), 0));
    if (!entry) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    context.services.database.write([&](db::Transaction& transaction) {
        mark_read(transaction, context.actor.account_id, entry->event, context.now());
    });
    return http::see_other(entry->path);
}

http::Reply read_post(Context& context, http::Request& request) {
    context.services.database.write([&](db::Transaction& transaction) {
        mark_read(transaction, context.actor.account_id, number(request.parameter("event"), 0), context.now());
    });
    return http::see_other("/inbox");
}

http::Reply read_all_post(Context& context, http::Request& request) {
    context.services.database.write([&](db::Transaction& transaction) {
        mark_all_read(transaction, context.actor.account_id, number(request.form_value("until").value_or(""), 0),
                      context.now());
    });
    return http::see_other("/inbox");
}

} // namespace sangu::notices
