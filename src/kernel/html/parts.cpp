#include "kernel/html/page.h"

#include <algorithm>

namespace sangu::html {

void badge(Out& out, std::string_view text, std::string_view tone) {
    constexpr std::string_view tones[] = {"good", "warn", "bad", "info", "muted"};
    SANGU_ASSERT(std::ranges::find(tones, tone) != std::end(tones));
    out << span(cls(std::string{"badge "} += tone), text);
}

void empty_state(Out& out, std::string_view heading, std::string_view text, std::string_view action_path,
                 std::string_view action_label) {
    out << div(cls("empty"), p(cls("empty-title"), heading), p(text), when(!action_path.empty(), [&] {
                   return a(cls("button primary"), href(Url::local(action_path)), action_label);
               }));
}

void flow_buttons(Out& out, Context const& context, flow::Flow const& flow, std::vector<flow::Offer> const& offers,
                  std::string_view object_path) {
    if (offers.empty()) return;
    auto const key = [&](std::string_view action) { return std::string{flow.name} + ".action." + std::string{action}; };
    auto const refused = [&](flow::Offer const& offer, std::string_view label_text) {
        std::string const reason_id = "why-" + std::string{offer.action};
        out << div(cls("flow-step"),
                   button(cls("button"), type("button"), disabled(true), aria_describedby(reason_id), label_text),
                   ul(cls("hint"), id(reason_id),
                      each(offer.refused_because, [&](std::string const& reason) { return li(context.t(reason)); })));
    };
    auto const step = [&](flow::Offer const& offer, std::string_view label_text, bool primary) {
        std::string const field = "comment-" + std::string{offer.action};
        begin_form(out, context, std::string{object_path} + "/actions/" + std::string{offer.action});
        if (offer.comment_required)
            out << div(cls("field"), label(for_(field), context.t("form.comment")),
                       textarea(id(field), name("comment"), rows(3), required(true), maxlength(2000)));
        out << button(cls(primary ? "button primary" : "button"), type("submit"), label_text);
        out.raw("</form>");
    };
    out << div(cls("flow"), role("group"), aria_label(context.t("page.steps")), [&] {
        bool primary = true;
        for (flow::Offer const& offer : offers) {
            auto const label_text = context.t(key(offer.action));
            if (!offer.refused_because.empty())
                refused(offer, label_text);
            else if (offer.comment_required)
                out << details(cls("flow-step"), summary(cls("button"), label_text),
                               [&] { step(offer, label_text, true); });
            else {
                step(offer, label_text, primary);
                primary = false;
            }
        }
    });
}

} // namespace sangu::html
