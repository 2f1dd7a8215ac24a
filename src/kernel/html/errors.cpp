#include "kernel/html/page.h"

namespace sangu::html {

namespace {

struct ErrorTexts {
    std::string_view title, next;
};

ErrorTexts texts_of(Refusal refusal) {
    switch (refusal) {
    case Refusal::unauthenticated: return {"page.error.unauthenticated", "page.error.unauthenticated.next"};
    case Refusal::forbidden: return {"page.error.forbidden", "page.error.forbidden.next"};
    case Refusal::not_found: return {"page.error.not_found", "page.error.not_found.next"};
    case Refusal::conflict: return {"page.error.conflict", "page.error.conflict.next"};
    case Refusal::stale: return {"page.error.stale", "page.error.stale.next"};
    case Refusal::too_large: return {"page.error.too_large", "page.error.too_large.next"};
    case Refusal::too_many: return {"page.error.too_many", "page.error.too_many.next"};
    case Refusal::unavailable: return {"page.error.unavailable", "page.error.unavailable.next"};
    case Refusal::invalid: break;
    }
    return {"page.error.invalid", "page.error.invalid.next"};
}

} // namespace

http::Reply error_page(Context const& context, Error const& error) {
    auto const texts = texts_of(error.refusal);
    Page const page{.title = std::string{context.t(texts.title)}, .status = http::status_of(error.refusal)};
    return render(context, page, [&](Out& out) {
        out << p(cls("lead"), i18n::format(context.language, error));
        if (!error.problems.empty())
            out << ul(
                each(error.problems, [&](Problem const& one) { return li(i18n::format(context.language, one)); }));
        out << p(context.t(texts.next));
        auto const sign_in = [&] {
            return a(cls("button primary"), href(Url{"/sign-in"}.query("next", context.path)),
                     context.t("page.sign_in"));
        };
        out << p(cls("page-actions"), when(error.refusal == Refusal::unauthenticated, sign_in),
                 a(cls("button"), href("/"), context.t("page.home")));
        if (!context.request_id.empty())
            out << p(cls("hint"), context.t("page.error.number"), " ", code(context.request_id));
    });
}

void error_summary(Out& out, Context const& context, Error const& error, std::string_view entity_name) {
    error_summary(out, context, error, [&](std::string_view field) {
        return std::string{context.t(std::string{entity_name} + "." + std::string{field})};
    });
}

void error_summary(Out& out, Context const& context, Error const& error,
                   FunctionRef<std::string(std::string_view field)> label_of) {
    auto const one = [&](Problem const& problem) {
        std::string const text = i18n::format(context.language, problem);
        return li([&, text](Out& inner) {
            if (problem.field.empty())
                inner << text;
            else
                inner << a(href(Url::fragment(problem.field)), label_of(problem.field), context.t("form.colon"), text);
        });
    };
    out << div(cls("note bad error-summary"), role("alert"), tabindex(-1), data<"focus">("1"),
               h2(context.t("form.wrong")),
               p(i18n::format(context.language, Error{error.refusal, error.key, error.arguments, {}})),
               when(!error.problems.empty(), ul(each(error.problems, one))));
}

} // namespace sangu::html
