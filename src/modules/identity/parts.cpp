#include "modules/identity/parts.h"

#include "base/text.h"

#include <algorithm>

namespace sangu::identity {

using namespace html;

void text_field(Out& out, Context const& context, TextField const& field, Problems const& problems) {
    auto const problem = std::ranges::find(problems, field.name, &Problem::field);
    bool const wrong = problem != problems.end();
    std::string const hint_id = std::string{field.name} + "-hint", error_id = std::string{field.name} + "-error";
    std::string described = field.hint.empty() ? "" : hint_id;
    if (wrong) described += (described.empty() ? "" : " ") + error_id;
    std::string const label_key = "identity.form." + std::string{field.name};
    out << div(
        cls(wrong ? "field wrong" : "field"),
        label(for_(field.name), context.t(label_key), " ",
              when(!field.required, [&] { return span(cls("optional"), context.t("form.optional")); })),
        when(!field.hint.empty(), [&] { return p(cls("hint"), id(hint_id), context.t(field.hint)); }),
        when(wrong, [&] { return p(cls("field-error"), id(error_id), i18n::format(context.language, *problem)); }),
        input(id(field.name), name(field.name), type(field.type), value(field.value), required(field.required),
              maxlength(field.length_max), autocomplete(field.autocomplete), aria_invalid(wrong),
              aria_describedby(described.empty() ? std::optional<std::string>{} : std::optional{described})));
}

std::vector<http::Route> for_people(std::vector<http::Route> routes) {
    for (http::Route& route : routes)
        route.handler = [handler = std::move(route.handler)](Context& context, http::Request& request) {
            if (context.actor.kind == auth::ActorKind::person) return handler(context, request);
            return refusal(context, request, Error{Refusal::forbidden, "error.forbidden", {}, {}});
        };
    return routes;
}

std::string text_of(http::Request const& request, std::string_view field) {
    return std::string{request.form_value(field).value_or("")};
}

bool is_local_path(std::string_view path) {
    if (path.empty() || path.size() > 500 || path[0] != '/' || !is_valid_utf8(path)) return false;
    if (path.size() > 1 && (path[1] == '/' || path[1] == '\\')) return false;
    return std::ranges::none_of(path,
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == 0x7f; });
}

std::string next_of(http::Request const& request) {
    auto const asked = request.form_value("next") ? request.form_value("next") : request.query_value("next");
    return asked && is_local_path(*asked) && !asked->starts_with("/sign-") ? std::string{*asked} : "/";
}

} // namespace sangu::identity
