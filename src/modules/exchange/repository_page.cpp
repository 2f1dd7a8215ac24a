#include "kernel/html/page.h"
#include "kernel/resource/pages.h"
#include "modules/exchange/entities.h"
#include "modules/exchange/pages.h"

namespace sangu::exchange {

using namespace html;

http::Reply repository_page(Context& context, http::Request& request) {
    auto const one = entity::find(context.reader(), Id<Repository>{std::string{request.parameter("id")}});
    if (!one) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    std::string const path = "/repositories/" + one->id.text;
    html::Page const page{
        .title = one->name,
        .crumbs = {{std::string{context.t("exchange.repository.plural")}, "/repositories"}},
        .actions = context.may("exchange.repository.edit")
                       ? markup(a(cls("button"), href(Url::local(path + "/edit")), context.t("resource.edit")))
                       : ""};
    return render(context, page, [&](Out& out) {
        if (one->last_error)
            out << div(cls("note bad"), role("alert"), h2(context.t("exchange.harvest_failed")), p(*one->last_error));
        out << dl(cls("facts"), [&](Out& inner) {
            for (entity::FieldMeta const& field : Repository::meta.fields) {
                if (field.hidden || field.version || field.key || field.name == "last_error") continue;
                std::string const text =
                    resource::shown(context, Repository::meta, field, field.load(&*one), resource::Labels{});
                inner << dt(context.t(resource::field_key(Repository::meta, field)))
                      << dd(text.empty() ? std::string{context.t("word.not_given")} : text);
            }
        });
        if (context.may("exchange.manage")) {
            begin_form(out, context, path + "/harvest");
            out << button(cls("button primary"), type("submit"), context.t("exchange.harvest_now"));
            out.raw("</form>");
            out << p(a(href(Url{"/harvested"}.query("repository_id", one->id.text)),
                       context.t("exchange.harvested.plural")));
        }
        resource::history_part(out, context, Repository::meta, one->id.text);
    });
}

} // namespace sangu::exchange
