#include "modules/rights/pages.h"

#include <algorithm>

namespace sangu::rights {

using namespace html;

std::string_view tone_of(EncumbranceState state) {
    using enum EncumbranceState;
    switch (state) {
    case free: return "good";
    case ordinary_licence:
    case sole_licence:
    case exclusive_licence: return "info";
    case listing:
    case pledge: return "warn";
    case dispute: return "bad";
    case lapsed: return "muted";
    }
    return "muted";
}

std::string_view tone_of(LegalStatus status) {
    if (status == LegalStatus::granted) return "good";
    return has_ended(status) ? "muted" : "info";
}

void state_badge(Out& out, Context const& context, EncumbranceState state) {
    badge(out, context.t("rights.right.encumbrance." + std::string{name_of(state)}), tone_of(state));
}

void status_badge(Out& out, Context const& context, LegalStatus status) {
    badge(out, context.t("rights.right.legal_status." + std::string{name_of(status)}), tone_of(status));
}

void unconfirmed_mark(Out& out, Context const& context) {
    out << " "
        << span(cls("badge warn"), title_(context.t("rights.unconfirmed_hint")), context.t("rights.unconfirmed"));
}

std::string date_text(Context const& context, Date date) { return i18n::format_date(context.language, date); }

std::string number_text(Context const& context, std::int64_t number) {
    return i18n::format_number(context.language, static_cast<double>(number), 0);
}

std::string money_text(Context const& context, Money amount) {
    return context.t("rights.yuan", {i18n::format_number(context.language, static_cast<double>(amount.fen) / 100, 2)});
}

std::string main_number(Right const& right) {
    for (auto const* number : {&right.grant_number, &right.application_number, &right.publication_number})
        if (*number) return **number;
    return {};
}

void open_form(Out& out, Context const& context, std::string_view path, std::string_view form_class) {
    out.raw("<form method=\"post\" novalidate class=\"");
    out.text(form_class);
    out.raw("\" action=\"");
    out.text(Url::local(path).text);
    out.raw("\">");
    out << input(type("hidden"), name("csrf"), value(context.csrf_token))
        << input(type("hidden"), name("once"), value(new_id()));
}

void text_field(Out& out, Context const& context, FieldText const& view, Problems const& problems) {
    auto const problem = std::ranges::find(problems, view.field, &Problem::field);
    bool const wrong = problem != problems.end();
    std::string const own{view.field}, hint_id = own + "-hint", error_id = own + "-error";
    std::string described = view.hint.empty() ? "" : hint_id;
    if (wrong) described += (described.empty() ? "" : " ") + error_id;
    auto const by = described.empty() ? std::nullopt : std::optional{described};
    out << div(cls(wrong ? "field wrong" : "field"),
               label(for_(own), view.label, " ",
                     when(!view.required, [&] { return span(cls("optional"), context.t("form.optional")); })),
               [&] {
                   if (!view.hint.empty()) out << p(cls("hint"), id(hint_id), view.hint);
                   if (wrong) out << p(cls("field-error"), id(error_id), i18n::format(context.language, *problem));
                   if (view.type == "area")
                       out << textarea(id(own), name(own), rows(4), required(view.required), aria_invalid(wrong),
                                       aria_describedby(by), "\n", view.value);
                   else
                       out << input(id(own), name(own), type(view.type), value(view.value), required(view.required),
                                    aria_invalid(wrong), aria_describedby(by));
               });
}

} // namespace sangu::rights
