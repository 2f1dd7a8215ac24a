#include "modules/identity/pages.h"
#include "modules/identity/parts.h"
#include "modules/identity/service.h"

#include <algorithm>

namespace sangu::identity {

using namespace html;

namespace {

void matrix(Out& out, Context const& context) {
    auto const roles = context.services.permissions.roles();
    std::vector<std::string_view> columns{"public", "signed_in"};
    columns.insert(columns.end(), roles.begin(), roles.end());
    auto const cells = [&](auth::Permission const& permission) {
        return each(columns, [&](std::string_view role_text) {
            bool const has = std::ranges::find(permission.roles, role_text) != permission.roles.end();
            return td(when(has, [&] { return span(cls("badge good"), context.t("identity.permissions.has")); }));
        });
    };
    auto const row = [&](auth::Permission const& permission) {
        std::string const key = "permission." + std::string{permission.name};
        std::string shown{i18n::has_message(context.language, key) ? context.t(key) : permission.name};
        return tr(th(scope("row"), std::move(shown), " ", small(code(permission.name))), cells(permission));
    };
    out << div(
        cls("table-wrap"), role("region"), tabindex(0), aria_label(context.t("identity.permissions.title")),
        table(cls("table dense"),
              thead(tr(th(scope("col"), context.t("identity.permissions.permission")),
                       each(columns, [&](std::string_view one) { return th(scope("col"), role_name(context, one)); }))),
              tbody(each(context.services.permissions.all(), row))));
}

http::Reply permissions_page(Context& context, http::Request&) {
    Page const page{.title = std::string{context.t("identity.permissions.title")},
                    .lead = std::string{context.t("identity.permissions.lead")},
                    .wide = true};
    return render(context, page, [&](Out& out) { matrix(out, context); });
}

} // namespace

std::vector<http::Route> permission_routes() {
    return {{http::Method::get, "/permissions", "identity.permission.read", permissions_page}};
}

} // namespace sangu::identity
