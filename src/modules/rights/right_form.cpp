#include "base/text.h"
#include "modules/rights/input.h"
#include "modules/rights/pages.h"

#include <algorithm>

namespace sangu::rights {

using namespace html;

namespace {

// One rendering of the form: what was typed wins over what is stored.
struct Form {
    Context& context;
    std::string action, cancel;
    Right stored;
    TypedParts parts;
    http::Pairs typed = {};
    std::optional<Error> error = {};
    std::optional<RightRecord> newer = {}; // what somebody else saved meanwhile

    std::string text(std::string_view field) const {
        for (auto const& [name, value] : typed)
            if (name == field) return value;
        entity::FieldMeta const* meta = Right::meta.find(field);
        return entity::to_plain_text(*meta, meta->load(&stored));
    }
    Problems problems() const { return error ? error->problems : Problems{}; }
};

Problem const* problem_of(Problems const& problems, std::string_view field) {
    auto const found = std::ranges::find(problems, field, &Problem::field);
    return found == problems.end() ? nullptr : &*found;
}

void holder_rows(Out& out, Form const& form_of, Problems const& problems) {
    Context const& context = form_of.context;
    auto rows = form_of.parts.holders;
    std::size_t const shown = std::max<std::size_t>(rows.size() + 2, 4);
    rows.resize(shown);
    out << fieldset(cls("field"), id("holder_name"), tabindex(-1), legend(context.t("rights.form.holders")),
                    p(cls("hint"), context.t("rights.form.holders_hint")), [&] {
                        for (std::string_view const field : {"holder_name", "share"})
                            if (auto const* wrong = problem_of(problems, field))
                                out << p(cls("field-error"), id(field == "share" ? "share" : "holder-error"),
                                         i18n::format(context.language, *wrong));
                        out << div(cls("table-wrap"),
                                   table(cls("table dense"),
                                         thead(tr(th(scope("col"), context.t("rights.right.holder_name")),
                                                  th(scope("col"), context.t("rights.right.share")))),
                                         tbody([&] {
                                             for (std::size_t i = 0; i < rows.size(); ++i) {
                                                 std::string const n = std::to_string(i + 1);
                                                 out << tr(
                                                     td(input(type("text"), name("holder_name"), value(rows[i].first),
                                                              maxlength(200), list("own-organisations"),
                                                              aria_label(context.t("rights.form.holder_n", {n})))),
                                                     td(input(type("text"), name("holder_share"), value(rows[i].second),
                                                              inputmode("decimal"), size(8),
                                                              aria_label(context.t("rights.form.share_n", {n})))));
                                             }
                                         })));
                    });
}

void newer_part(Out& out, Form const& form_of) {
    if (!form_of.newer) return;
    Context const& context = form_of.context;
    out << div(cls("note warn"), role("alert"), h2(context.t("resource.stale_title")),
               p(context.t("resource.stale_text")), ul(cls("before-after"), [&] {
                   for (entity::FieldMeta const& field : Right::meta.fields) {
                       if (field.read_only || field.version || field.key) continue;
                       std::string const theirs = entity::to_plain_text(field, field.load(&form_of.newer->right));
                       std::string const yours = form_of.text(field.name);
                       if (theirs != yours)
                           out << li(context.t("rights.right." + std::string{field.name}), ": ", del(theirs), " → ",
                                     ins(yours));
                   }
                   std::string const theirs = holders_text(form_of.newer->holders);
                   std::string yours;
                   for (auto const& [name, share] : form_of.parts.holders)
                       yours += (yours.empty() ? "" : "；") + name + " " + share + "%";
                   if (theirs != yours)
                       out << li(context.t("rights.right.holders"), ": ", del(theirs), " → ", ins(yours));
               }));
}

void own_names(Out& out, Form const& form_of) {
    out << datalist(id("own-organisations"), [&] {
        for (registry::OrganisationCard const& card : own_organisations(form_of.context))
            out << option(value(card.name));
    });
}

http::Reply form_page(Form const& form_of, std::string_view title_key) {
    Context& context = form_of.context;
    Problems const problems = form_of.problems();
    html::Page const page{.title = std::string{context.t(title_key)},
                          .crumbs = {{std::string{context.t("rights.right.plural")}, "/rights"}},
                          .status = form_of.error ? http::status_of(form_of.error->refusal) : 200};
    return render(context, page, [&](Out& out) {
        if (form_of.newer)
            newer_part(out, form_of);
        else if (form_of.error)
            error_summary(out, context, *form_of.error, Right::meta.name);
        begin_form(out, context, form_of.action);
        auto const field = [&](std::string_view field_name, std::string_view hint = {}) {
            form_field(out, context, Right::meta, *Right::meta.find(field_name), form_of.text(field_name), problems,
                       {.label_key = {}, .hint_key = hint, .options = {}});
        };
        out << h2(context.t("rights.form.what"));
        field("kind");
        field("title");
        field("title_en");
        field("country", "rights.form.country_hint");
        field("main_class", "rights.form.class_hint");
        text_field(out, context,
                   {.field = "classes",
                    .label = std::string{context.t("rights.right.classes")},
                    .hint = context.t("rights.form.classes_hint"),
                    .value = form_of.parts.classes,
                    .type = "area"},
                   problems);
        field("summary");
        out << h2(context.t("rights.form.numbers"));
        field("application_number", "rights.form.application_hint");
        field("application_date");
        field("publication_number");
        field("publication_date");
        field("grant_number", "rights.form.grant_hint");
        field("grant_date");
        field("legal_status");
        field("docket", "rights.form.docket_hint");
        field("family", "rights.form.family_hint");
        out << h2(context.t("rights.form.who"));
        holder_rows(out, form_of, problems);
        own_names(out, form_of);
        text_field(out, context,
                   {.field = "inventors",
                    .label = std::string{context.t("rights.right.inventors")},
                    .hint = context.t("rights.form.inventors_hint"),
                    .value = form_of.parts.inventors,
                    .type = "area"},
                   problems);
        out << h2(context.t("rights.form.term"));
        field("variant", "rights.form.variant_hint");
        field("declared_expiry", "rights.form.expiry_hint");
        field("fee_year_paid", "rights.form.fee_year_hint");
        field("disclosure", "rights.form.disclosure_hint");
        field("source", "rights.form.source_hint");
        out << input(type("hidden"), name("version"), value(form_of.stored.version));
        end_form(out, context.t("resource.save"), form_of.cancel, context.t("resource.cancel"));
    });
}

http::Reply refused(Context& context, http::Request const& request, Form form_of, Error error, std::string_view title) {
    if (error.refusal == Refusal::forbidden || error.refusal == Refusal::not_found ||
        error.refusal == Refusal::unauthenticated)
        return refusal(context, request, error);
    form_of.typed = request.form;
    std::erase_if(form_of.typed, [](auto const& one) { return one.first == "version"; });
    form_of.parts = parts_in(request.form);
    form_of.error = std::move(error);
    return form_page(form_of, title);
}

} // namespace

http::Reply new_right_page(Context& context, http::Request&) {
    Form form_of{.context = context, .action = "/rights", .cancel = "/rights", .stored = {}, .parts = {}};
    if (auto const own = own_organisations(context); !own.empty())
        form_of.parts.holders.emplace_back(own.front().name, "100");
    return form_page(form_of, "rights.right.new");
}

http::Reply new_right_post(Context& context, http::Request& request) {
    RightRecord record;
    Problems problems = read_form(request.form, record);
    auto const done =
        problems.empty() ? create_right(context, record) : Result<std::string>{refuse(std::move(problems))};
    if (done) return http::see_other("/rights/" + *done + "?done=done.created");
    return refused(context, request,
                   {.context = context, .action = "/rights", .cancel = "/rights", .stored = record.right, .parts = {}},
                   done.error(), "rights.right.new");
}

http::Reply edit_right_page(Context& context, http::Request& request) {
    auto const right = visible_right(context, request.parameter("id"));
    if (!right) return refusal(context, request, right.error());
    if (!may_edit(context, *right))
        return refusal(context, request, Error{Refusal::forbidden, "error.forbidden", {}, {}});
    std::string const path = "/rights/" + right->id.text;
    return form_page({.context = context,
                      .action = path,
                      .cancel = path,
                      .stored = *right,
                      .parts = parts_in(parts_of(context.reader(), *right))},
                     "resource.edit");
}

http::Reply edit_right_post(Context& context, http::Request& request) {
    auto const right = visible_right(context, request.parameter("id"));
    if (!right) return refusal(context, request, right.error());
    RightRecord record = parts_of(context.reader(), *right);
    Problems problems = read_form(request.form, record);
    std::int64_t const version = parse_integer(request.form_value("version").value_or("")).value_or(-1);
    auto const done = problems.empty() ? edit_right(context, right->id.text, version, record)
                                       : Result<void>{refuse(std::move(problems))};
    std::string const path = "/rights/" + right->id.text;
    if (done) return http::see_other(path + "?done=done.saved");
    Form form_of{.context = context, .action = path, .cancel = path, .stored = record.right, .parts = {}};
    form_of.stored.version = version;
    if (done.error().refusal == Refusal::stale)
        if (auto const now = right_with(context.reader(), right->id.text)) {
            form_of.newer = parts_of(context.reader(), *now); // saving once more overwrites knowingly
            form_of.stored.version = now->version;
        }
    return refused(context, request, std::move(form_of), done.error(), "resource.edit");
}

} // namespace sangu::rights
