#include "base/text.h"
#include "modules/rights/right_view.h"

#include <algorithm>

namespace sangu::rights {

using namespace html;

namespace {

struct Form {
    Context& context;
    Right right;
    http::Pairs typed = {};
    std::optional<Error> error = {};
    std::vector<Obstacle> obstacles = {};

    std::string text(std::string_view field, std::string_view otherwise = {}) const {
        for (auto const& [name, value] : typed)
            if (name == field) return value;
        return std::string{otherwise};
    }
};

void obstacles_part(Out& out, Form const& form_of) {
    if (form_of.obstacles.empty()) return;
    Context const& context = form_of.context;
    out << div(cls("note bad"), role("alert"), h2(context.t("rights.error.not_free")), ul([&] {
                   for (Obstacle const& one : form_of.obstacles) out << li([&] { obstacle_text(out, context, one); });
               }),
               p(context.t("rights.error.not_free_next")));
}

void consent_box(Out& out, Form const& form_of, std::string_view field) {
    std::string const key = "rights.form." + std::string{field};
    out << label(cls("choice"), for_(field),
                 input(type("checkbox"), id(field), name(field), value("true"), checked(form_of.text(field) == "true")),
                 span(form_of.context.t(key)));
}

http::Reply form_page(Form const& form_of) {
    Context& context = form_of.context;
    Problems const problems = form_of.error ? form_of.error->problems : Problems{};
    std::string const path = "/rights/" + form_of.right.id.text;
    html::Page const page{
        .title = std::string{context.t("rights.encumbrance.new")},
        .lead = form_of.right.title,
        .crumbs = {{std::string{context.t("rights.right.plural")}, "/rights"}, {form_of.right.title, path}},
        .status = form_of.error ? http::status_of(form_of.error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        if (form_of.obstacles.empty() && form_of.error)
            error_summary(out, context, *form_of.error, Encumbrance::meta.name);
        obstacles_part(out, form_of);
        begin_form(out, context, path + "/encumbrances");
        auto const field = [&](std::string_view name, std::string_view otherwise = {}, std::string_view hint = {}) {
            form_field(out, context, Encumbrance::meta, *Encumbrance::meta.find(name), form_of.text(name, otherwise),
                       problems, {.label_key = {}, .hint_key = hint, .options = {}});
        };
        field("kind", "ordinary_licence");
        field("holder_name", "", "rights.form.holder_hint");
        field("reason", "", "rights.form.reason_hint");
        field("since", to_text(context.today()));
        field("until");
        out << fieldset(cls("field"), legend(context.t("rights.form.consents")),
                        p(cls("hint"), context.t("rights.form.consents_hint")), [&] {
                            consent_box(out, form_of, "co_owners_consent");
                            consent_box(out, form_of, "holders_consent");
                        });
        field("consent", "", "rights.form.consent_hint");
        end_form(out, context.t("resource.save"), path, context.t("resource.cancel"));
    });
}

Result<EncumbranceRequest> read(http::Request const& request, std::string_view right_id) {
    Encumbrance typed;
    Problems problems = entity::from_form(Encumbrance::meta, &typed, request.form);
    if (!problems.empty()) return refuse(std::move(problems));
    auto const said = [&](std::string_view field) { return request.form_value(field) == "true"; };
    return EncumbranceRequest{.right_id = std::string{right_id},
                              .kind = typed.kind,
                              .holder_id = {},
                              .holder_name = typed.holder_name,
                              .reason = typed.reason,
                              .source = {},
                              .source_id = {},
                              .since = typed.since,
                              .until = typed.until,
                              .co_owners_consent = said("co_owners_consent"),
                              .holders_consent = said("holders_consent"),
                              .consent = typed.consent.value_or("")};
}

Result<Right> editable_right(Context& context, http::Request const& request) {
    Right right = TRY(visible_right(context, request.parameter("id")));
    if (!may_edit(context, right)) return refuse(Refusal::forbidden, "error.forbidden");
    return right;
}

} // namespace

http::Reply encumbrance_page(Context& context, http::Request& request) {
    auto const right = editable_right(context, request);
    if (!right) return refusal(context, request, right.error());
    return form_page({.context = context, .right = *right});
}

http::Reply encumbrance_post(Context& context, http::Request& request) {
    auto const right = editable_right(context, request);
    if (!right) return refusal(context, request, right.error());
    auto const typed = read(request, right->id.text);
    auto const done =
        typed ? enter_encumbrance(context, *typed) : Result<std::string>{tl::make_unexpected(typed.error())};
    if (done) return http::see_other("/rights/" + right->id.text + "?done=done.saved#encumbrances");
    Form form_of{.context = context, .right = *right, .typed = request.form, .error = done.error()};
    if (typed && done.error().key == "rights.error.not_free")
        form_of.obstacles = obstacles(context, context.reader(), *typed);
    return form_page(form_of);
}

http::Reply release_post(Context& context, http::Request& request) {
    auto const done =
        release_entered(context, request.parameter("encumbrance"), request.form_value("reason").value_or(""));
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/rights/" + std::string{request.parameter("id")} + "?done=done.saved#encumbrances");
}

} // namespace sangu::rights
