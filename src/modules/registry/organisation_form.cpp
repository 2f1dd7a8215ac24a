#include "base/text.h"
#include "kernel/resource/pages.h"
#include "modules/reference/reference.h"
#include "modules/registry/duplicates.h"
#include "modules/registry/merge.h"
#include "modules/registry/organisation_service.h"
#include "modules/registry/page_parts.h"
#include "modules/registry/pages.h"

#include <algorithm>

namespace sangu::registry {

using namespace html;

namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

struct Form {
    Context& context;
    Organisation organisation;
    http::Request const* request = nullptr; // the refused form
    Error const* error = nullptr;
    Organisation const* stored_meanwhile = nullptr;
    std::vector<Similar> similar = {}; // shown before a new one is stored
    std::string target, cancel, title;

    Problems problems() const { return error ? error->problems : Problems{}; }
    std::string text_of(std::string_view name) const {
        entity::FieldMeta const& field = *Organisation::meta.find(name);
        return typed_or(request, name, entity::to_plain_text(field, field.load(&organisation)));
    }
};

std::string_view industry_table(std::string_view edition) {
    return edition == "2011" ? reference::industries_2011 : reference::industries_2017;
}

Options place_options(Context& context) {
    Options options;
    for (PlaceCard const& place : places(context.reader()))
        options.emplace_back(place.id.text, place.name(context.language));
    return options;
}

// A short table as a select; groups are not offered themselves.
Options terms_of(Context const& context, std::string_view table) {
    Options options;
    reference::Table const& all = *reference::find_table(table);
    for (reference::Term const& term : all.terms)
        if (all.children(term.code).empty()) options.emplace_back(std::string{term.code}, term.name(context.language));
    return options;
}

void part(Out& out, Form const& form, std::string_view name, Options options = {}, std::string_view hint = {}) {
    FieldView view;
    view.options = std::move(options);
    view.hint_key = hint;
    form_field(out, form.context, Organisation::meta, *Organisation::meta.find(name), form.text_of(name),
               form.problems(), view);
}

void pick_part(Out& out, Form const& form, std::string_view name, std::string_view table) {
    std::string const label = "registry.organisation." + std::string{name};
    reference::picker(out, form.context,
                      {.table = table, .field = name, .label_key = label, .typed = form.text_of(name)},
                      form.problems());
}

void what_it_is(Out& out, Form const& form) {
    out << h2(form.context.t("registry.form.identity"));
    part(out, form, "name");
    part(out, form, "name_en");
    part(out, form, "kind");
    part(out, form, "uscc", {}, "registry.form.uscc_hint");
    part(out, form, "founded_on");
    part(out, form, "former_names", {}, "registry.form.former_hint");
}

void what_it_does(Out& out, Form const& form) {
    out << h2(form.context.t("registry.form.activity"));
    part(out, form, "industry_edition");
    pick_part(out, form, "industry", industry_table(form.text_of("industry_edition")));
    part(out, form, "strategic_industry", terms_of(form.context, reference::strategic_industries));
    part(out, form, "high_tech_field", terms_of(form.context, reference::high_tech_fields));
    part(out, form, "cluster", terms_of(form.context, reference::clusters));
    part(out, form, "introduction");
}

void where_it_is(Out& out, Form const& form) {
    out << h2(form.context.t("registry.form.place"));
    part(out, form, "place_id", place_options(form.context));
    pick_part(out, form, "division_code", reference::divisions);
    part(out, form, "address", {}, "registry.form.address_hint");
    part(out, form, "email", {}, "registry.form.email_hint");
    part(out, form, "website");
}

// What looks like the same organisation, with a way on for whoever knows better.
void similar_part(Out& out, Form const& form) {
    Context const& context = form.context;
    out << div(
        cls("note warn"), role("alert"), h2(context.t("registry.similar.title")), p(context.t("registry.similar.text")),
        ul(each(form.similar,
                [&](Similar const& one) {
                    return li([&](Out& item) {
                        organisation_link(item, one.card.id.text, one.card.shown(context.language));
                        item << " " << span(cls("muted mono"), one.card.uscc) << " " << span(cls("muted"), one.address)
                             << " ";
                        badge(item, context.t("registry.duplicate.reason." + std::string{name_of(one.reason)}), "info");
                    });
                })),
        label(cls("choice"), for_("distinct"), input(type("checkbox"), id("distinct"), name("distinct"), value("true")),
              span(context.t("registry.similar.distinct"))));
}

http::Reply show(Form const& form) {
    Page page{.title = form.title,
              .crumbs = {{std::string{form.context.t("registry.organisation.plural")}, "/organisations"}}};
    if (form.error) page.status = http::status_of(form.error->refusal);
    if (!form.similar.empty()) page.status = 409;
    return render(form.context, page, [&](Out& out) {
        if (form.stored_meanwhile)
            resource::stale_notice(out, form.context, Organisation::meta, form.stored_meanwhile,
                                   [&](entity::FieldMeta const& field) { return form.text_of(field.name); });
        else if (form.error)
            error_summary(out, form.context, *form.error, Organisation::meta.name);
        begin_form(out, form.context, form.target);
        if (!form.similar.empty()) similar_part(out, form);
        Organisation const& current = form.stored_meanwhile ? *form.stored_meanwhile : form.organisation;
        out << input(type("hidden"), name("version"), value(current.version));
        what_it_is(out, form);
        what_it_does(out, form);
        where_it_is(out, form);
        end_form(out, form.context.t("registry.save"), form.cancel, form.context.t("resource.cancel"));
    });
}

// Reads the form into `organisation`: codes from the pickers, the credit code in capitals.
Problems take(Organisation& organisation, http::Request const& request) {
    http::Pairs fields = request.form;
    Problems problems;
    auto const picked = [&](std::string_view field, std::string_view table) {
        if (!request.form_value(field)) return;
        auto const code = reference::picked_code(table, field, typed(request, field));
        if (!code) problems.push_back(code.error().problems.front());
        std::erase_if(fields, [&](auto const& pair) { return pair.first == field; });
        fields.emplace_back(field, code ? *code : "");
    };
    picked("division_code", reference::divisions);
    picked("industry", industry_table(typed(request, "industry_edition")));
    for (auto& [name, text] : fields)
        if (name == "uscc")
            std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    for (Problem& problem : entity::from_form(organisation, fields)) problems.push_back(std::move(problem));
    return problems;
}

Result<Organisation> editable(Context& context, http::Request const& request) {
    std::string const id{request.parameter("id")};
    auto const found = is_id(id) ? entity::find(context.reader(), Id<Organisation>{id}) : std::nullopt;
    if (!found) return refuse(Refusal::not_found, "error.not_found");
    if (!may_edit(context, *found)) return refuse(Refusal::forbidden, "error.forbidden");
    return *found;
}

Form edit_form(Context& context, Organisation organisation) {
    std::string const path = "/organisations/" + organisation.id.text;
    return {.context = context,
            .organisation = std::move(organisation),
            .target = path,
            .cancel = path,
            .title = std::string{context.t("resource.edit")}};
}

Form new_form(Context& context) {
    return {.context = context,
            .target = "/organisations",
            .cancel = "/organisations",
            .title = std::string{context.t("registry.organisation.new")}};
}

// The entry was merged into another while somebody wrote: what was typed stands beside what is stored there.
http::Reply edit_merged(Context& context, http::Request& request, std::string const& target) {
    auto const stored = entity::find(context.reader(), Id<Organisation>{target});
    if (!stored || !may_edit(context, *stored))
        return refusal(context, request, Error{Refusal::not_found, "registry.merge.gone", {}, {}});
    Error const error{Refusal::stale, "registry.merge.while_editing", {}, {}};
    Form form = edit_form(context, *stored);
    form.request = &request;
    form.error = &error;
    form.stored_meanwhile = &*stored;
    return show(form);
}

} // namespace

http::Reply new_organisation_page(Context& context, http::Request&) { return show(new_form(context)); }

http::Reply new_organisation_post(Context& context, http::Request& request) {
    Organisation organisation;
    Problems problems = take(organisation, request);
    Form form = new_form(context);
    form.request = &request;
    if (problems.empty() && typed(request, "distinct") != "true") {
        form.similar = find_similar(context.reader(), organisation, 5);
        if (!form.similar.empty()) return show(form);
    }
    auto const done = problems.empty() ? create_organisation(context, organisation)
                                       : Result<std::string>{refuse(std::move(problems))};
    if (done) return http::see_other("/organisations/" + *done + "?done=done.created");
    form.error = &done.error();
    return show(form);
}

http::Reply edit_organisation_page(Context& context, http::Request& request) {
    auto found = editable(context, request);
    if (!found) {
        auto const target = merged_into(context.reader(), request.parameter("id"));
        if (!target.empty()) return http::see_other("/organisations/" + target + "/edit");
        return refusal(context, request, found.error());
    }
    return show(edit_form(context, std::move(*found)));
}

http::Reply edit_organisation_post(Context& context, http::Request& request) {
    auto const stored = editable(context, request);
    if (!stored) {
        auto const target = merged_into(context.reader(), request.parameter("id"));
        if (!target.empty()) return edit_merged(context, request, target);
        return refusal(context, request, stored.error());
    }
    Organisation before = *stored;
    before.version = parse_integer(typed(request, "version")).value_or(before.version);
    Organisation after = before;
    Problems problems = take(after, request);
    auto const done =
        problems.empty() ? save_organisation(context, before, after) : Result<void>{refuse(std::move(problems))};
    if (done) return http::see_other("/organisations/" + stored->id.text + "?done=done.saved");
    Form form = edit_form(context, std::move(after));
    form.request = &request;
    form.error = &done.error();
    context.refresh();
    auto const meanwhile = entity::find(context.reader(), stored->id);
    if (done.error().refusal == Refusal::stale && meanwhile) form.stored_meanwhile = &*meanwhile;
    return show(form);
}

} // namespace sangu::registry
