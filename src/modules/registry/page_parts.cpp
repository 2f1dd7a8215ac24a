#include "modules/registry/page_parts.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::registry {

using namespace html;

namespace {

constexpr int choices_max = 10;

} // namespace

std::string typed(http::Request const& request, std::string_view field) {
    return std::string{trim(request.form_value(field).value_or(""))};
}

std::string typed_or(http::Request const* refused, std::string_view field, std::string stored) {
    auto const value = refused ? refused->form_value(field) : std::nullopt;
    return value ? std::string{*value} : stored;
}

std::string period_text(Context const& context, std::optional<Date> since, std::optional<Date> until) {
    auto const day = [&](Date one) { return i18n::format_date(context.language, one); };
    if (!since && !until) return {};
    std::string const from = since ? day(*since) : std::string{};
    return from + " – " + (until ? day(*until) : std::string{context.t("registry.until_now")});
}

void organisation_link(Out& out, std::string_view id, std::string_view name) {
    out << a(href(Url::path("/organisations", id)), name);
}

Result<OrganisationCard> picked_organisation(db::Session& session, std::string_view field, std::string_view text) {
    auto const refused = [&](std::string_view key) {
        return refuse(Problems{{std::string{field}, std::string{key}, {}}});
    };
    if (trim(text).empty()) return refused("error.required");
    if (is_id(text)) {
        std::string const ids[] = {std::string{text}};
        auto const found = organisations(session, ids);
        if (!found.empty()) return found.front();
    }
    if (auto const found = find_organisation(session, trim(text))) return *found;
    auto const like = organisations_like(session, trim(text), 2);
    if (like.size() == 1) return like.front();
    return refused(like.empty() ? "registry.pick.none" : "registry.pick.several");
}

void organisation_picker(Out& out, Context& context, std::string_view field, std::string_view label_key,
                         std::string const& text, Problems const& problems) {
    auto const problem = std::ranges::find(problems, field, &Problem::field);
    bool const wrong = problem != problems.end();
    std::string const error_id = std::string{field} + "-error", hint_id = std::string{field} + "-hint";
    auto const choices =
        wrong ? organisations_like(context.reader(), trim(text), choices_max) : std::vector<OrganisationCard>{};
    out << div(
        cls(wrong ? "field wrong" : "field"), label(for_(field), context.t(label_key)),
        p(cls("hint"), id(hint_id), context.t("registry.pick.hint")),
        when(wrong, [&] { return p(cls("field-error"), id(error_id), i18n::format(context.language, *problem)); }),
        each(choices,
             [&](OrganisationCard const& one) {
                 std::string const own = std::string{field} + "-" + one.id.text;
                 return label(cls("choice"), for_(own), input(type("radio"), id(own), name(field), value(one.id.text)),
                              span(one.shown(context.language)));
             }),
        input(id(field), name(field), value(text), maxlength(120), autocomplete("organization"), aria_invalid(wrong),
              aria_describedby(wrong ? hint_id + " " + error_id : hint_id)));
}

} // namespace sangu::registry
