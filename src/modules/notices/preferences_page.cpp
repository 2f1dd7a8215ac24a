#include "kernel/html/page.h"
#include "kernel/mail/address.h"
#include "kernel/mail/mail.h"
#include "kernel/module.h"
#include "modules/notices/by_mail.h"
#include "modules/notices/deliver.h"
#include "modules/notices/pages.h"
#include "modules/notices/store.h"

namespace sangu::notices {

using namespace html;

namespace {

// By mail or not: needs a server that sends mail and a confirmed address.
void rhythm_part(Out& out, Context& context) {
    bool const enabled = mail::is_enabled(context.services.settings);
    auto const address = mail::address_of(context.reader(), context.actor.account_id);
    Rhythm const chosen = rhythm_of(context.reader(), context.actor.account_id);
    out << fieldset(cls("field"), legend(context.t("notices.mail.title")), [&](Out& inner) {
        if (!enabled) {
            inner << p(cls("hint"), context.t("notices.mail.off"));
            return;
        }
        if (address)
            inner << p(cls("hint"), context.t("notices.mail.to", {*address}));
        else
            inner << p(cls("hint"), context.t("notices.mail.no_address"), " ",
                       a(href("/account#mail"), context.t("page.account")));
        for (Rhythm const one : {Rhythm::none, Rhythm::daily, Rhythm::at_once}) {
            std::string const name_text{name_of(one)};
            inner << label(cls("choice"), for_("rhythm-" + name_text),
                           input(type("radio"), id("rhythm-" + name_text), name("rhythm"), value(name_text),
                                 checked(one == chosen)),
                           span(context.t("notices.mail.rhythm." + name_text)));
        }
    });
}

void topics_part(Out& out, Context& context, std::vector<std::string_view> const& topics) {
    auto const unwanted = unwanted_topics(context.reader(), context.actor.account_id);
    out << fieldset(cls("field"), legend(context.t("notices.topics")), [&](Out& inner) {
        for (std::string_view const topic : topics)
            inner << label(
                cls("choice"), for_(topic),
                input(type("checkbox"), id(topic), name("topic"), value(topic), checked(!unwanted.contains(topic))),
                span(context.t(topic)));
    });
}

http::Reply gone(Context& context, http::Request& request) {
    return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
}

bool stop(Context& context, std::string_view word) {
    bool known = false;
    context.services.database.write(
        [&](db::Transaction& transaction) { known = unsubscribe(transaction, word); });
    return known;
}

} // namespace

http::Reply preferences_page(Context& context, http::Request&) {
    auto const topics = topics_of(context.services.modules);
    Page const page{.title = std::string{context.t("notices.preferences")},
                    .lead = std::string{context.t("notices.preferences_lead")},
                    .crumbs = {{std::string{context.t("notices.title")}, "/inbox"}}};
    return render(context, page, [&](Out& out) {
        if (topics.empty()) return empty_state(out, context.t("notices.none"), context.t("notices.none_hint"));
        begin_form(out, context, "/inbox/preferences");
        rhythm_part(out, context);
        topics_part(out, context, topics);
        end_form(out, context.t("notices.save"), "/inbox", context.t("notices.back"));
    });
}

http::Reply preferences_post(Context& context, http::Request& request) {
    std::set<std::string, std::less<>> wanted;
    for (auto const& [field, text] : request.form)
        if (field == "topic") wanted.insert(text);
    auto const rhythm = rhythm_named(request.form_value("rhythm").value_or(""));
    context.services.database.write([&](db::Transaction& transaction) {
        for (std::string_view const topic : topics_of(context.services.modules))
            set_wanted(transaction, context.actor.account_id, topic, wanted.contains(topic));
        if (rhythm && *rhythm != rhythm_of(transaction, context.actor.account_id))
            set_rhythm(transaction, context.actor.account_id, *rhythm);
    });
    return http::see_other("/inbox/preferences?done=done.saved");
}

http::Reply unsubscribe_page(Context& context, http::Request& request) {
    std::string const word{request.parameter("word")};
    if (!is_unsubscribe_word(context.reader(), word)) return gone(context, request);
    Page const page{.title = std::string{context.t("notices.mail.stop_title")},
                    .lead = std::string{context.t("notices.mail.stop_lead")}};
    return render(context, page, [&](Out& out) {
        begin_form(out, context, "/inbox/unsubscribe/" + word);
        end_form(out, context.t("notices.mail.stop"));
    });
}

http::Reply unsubscribe_post(Context& context, http::Request& request) {
    if (!stop(context, request.parameter("word"))) return gone(context, request);
    Page const page{.title = std::string{context.t("notices.mail.stopped_title")}};
    return render(context, page, [&](Out& out) {
        out << p(context.t("notices.mail.stopped"), " ",
                 a(href("/inbox/preferences"), context.t("notices.preferences")));
    });
}

http::Reply one_click_unsubscribe(Context& context, http::Request& request) {
    if (!stop(context, request.parameter("word"))) return gone(context, request);
    return http::text_reply(200, "ok\n");
}

} // namespace sangu::notices
