#include "base/text.h"
#include "kernel/resource/pages.h"

#include <algorithm>

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;
using entity::FieldMeta;
using namespace html;

namespace {

// A value that stands in a new object only because a date and a number are always something: nobody meant 1970 or the
// year 0.
bool is_blank(FieldMeta const& field, Value const& value) {
    if (field.type->kind == entity::Kind::date) return value == Value{to_text(Date{})};
    auto const* number = std::get_if<std::int64_t>(&value);
    return number && field.type->kind == entity::Kind::integer && *number < field.min;
}

// A form as it is shown: what was typed wins over what is stored.
struct FormView {
    Context& context;
    Resource const& resource;
    AnyObject const& object;
    entity::FormData const& typed;
    Error const* error = nullptr;
    AnyObject const* stored_meanwhile = nullptr; // set when somebody else was faster
    std::string target, cancel;
    bool fresh = false; // nothing is stored yet

    std::string text_of(FieldMeta const& field) const {
        auto const entered = std::ranges::find(typed, field.name, &entity::FormData::value_type::first);
        if (entered != typed.end()) return entered->second;
        Value const value = field.load(object.get());
        return fresh && is_blank(field, value) ? std::string{} : entity::to_plain_text(field, value);
    }
};

bool is_editable(FieldMeta const& field) { return !field.read_only && !field.hidden && !field.version && !field.key; }

void form_of(Out& out, FormView const& view) {
    EntityMeta const& meta = *view.resource.meta;
    Problems const none;
    Problems const& problems = view.error ? view.error->problems : none;
    if (view.stored_meanwhile)
        stale_notice(out, view.context, meta, view.stored_meanwhile->get(),
                     [&](FieldMeta const& field) { return view.text_of(field); });
    else if (view.error)
        error_summary(out, view.context, *view.error, meta.name);
    begin_form(out, view.context, view.target);
    AnyObject const& current = view.stored_meanwhile ? *view.stored_meanwhile : view.object;
    for (FieldMeta const& field : meta.fields) {
        if (field.version)
            out << input(type("hidden"), name(field.name),
                         value(entity::to_plain_text(field, field.load(current.get()))));
        if (!is_editable(field)) continue;
        FieldView part;
        part.options = reference_options(view.context, view.resource, field);
        form_field(out, view.context, meta, field, view.text_of(field), problems, part);
    }
    end_form(out, view.context.t("resource.save"), view.cancel, view.context.t("resource.cancel"));
}

http::Reply form_reply(FormView const& view, std::string title, int status) {
    html::Page page{.title = std::move(title),
                    .crumbs = {{std::string{view.context.t(plural_key(view.resource))}, base_path(view.resource)}}};
    page.status = status;
    return render(view.context, page, [&](Out& out) { form_of(out, view); });
}

int status_for(Error const& error) { return http::status_of(error.refusal); }

std::string edit_title(Context& context, Resource const& resource, AnyObject const& object) {
    return context.t("resource.edit_of", {title_of(context, resource, object, labels_of(context, resource, {object}))});
}

// The version the form was opened with; nothing when it is missing or the entity has none.
std::optional<std::int64_t> typed_version(EntityMeta const& meta, http::Request const& request) {
    for (FieldMeta const& field : meta.fields)
        if (field.version)
            if (auto const text = request.form_value(field.name)) return parse_integer(*text);
    return {};
}

void set_version(EntityMeta const& meta, AnyObject& object, std::int64_t version) {
    for (FieldMeta const& field : meta.fields)
        if (field.version) field.store(object.get(), Value{version});
}

} // namespace

void stale_notice(Out& out, Context const& context, EntityMeta const& meta, void const* stored,
                  FunctionRef<std::string(FieldMeta const&)> yours) {
    out << div(cls("note warn"), role("alert"), h2(context.t("resource.stale_title")),
               p(context.t("resource.stale_text")), [&](Out& inner) {
                   inner << div(cls("table-wrap"),
                                table(cls("table"),
                                      thead(tr(th(scope("col"), context.t("resource.field")),
                                               th(scope("col"), context.t("resource.yours")),
                                               th(scope("col"), context.t("resource.theirs")))),
                                      tbody([&](Out& rows) {
                                          for (FieldMeta const& field : meta.fields) {
                                              if (!is_editable(field)) continue;
                                              std::string const theirs =
                                                  entity::to_plain_text(field, field.load(stored));
                                              std::string const typed = yours(field);
                                              if (theirs != typed)
                                                  rows << tr(th(scope("row"), context.t(field_key(meta, field))),
                                                             td(typed), td(theirs));
                                          }
                                      })));
               });
}

http::Reply new_page(Context& context, Resource const& resource, http::Request& request) {
    if (auto const allowed = may_write_somewhere(context, resource); !allowed)
        return refusal(context, request, Error{Refusal::forbidden, "error.forbidden", {}, {}});
    AnyObject const object{*resource.meta};
    entity::FormData const typed{request.query.begin(), request.query.end()};
    FormView const view{.context = context,
                        .resource = resource,
                        .object = object,
                        .typed = typed,
                        .target = base_path(resource),
                        .cancel = base_path(resource),
                        .fresh = true};
    return form_reply(view, std::string{context.t(std::string{resource.meta->name} + ".new")}, 200);
}

http::Reply create_post(Context& context, Resource const& resource, http::Request& request) {
    AnyObject object{*resource.meta};
    Result<std::string> stored = refuse(entity::from_form(*resource.meta, object.get(), request.form));
    if (stored.error().problems.empty()) stored = create(context, resource, object);
    if (stored) return http::see_other(object_path(resource, *stored) + "?done=done.created");
    FormView const view{
        context, resource, object, request.form, &stored.error(), nullptr, base_path(resource), base_path(resource)};
    return form_reply(view, std::string{context.t(std::string{resource.meta->name} + ".new")},
                      status_for(stored.error()));
}

http::Reply edit_page(Context& context, Resource const& resource, http::Request& request) {
    auto const object = load(context, resource, request.parameter("id"));
    if (!object) return refusal(context, request, object.error());
    if (auto const allowed = context.require(resource.write, scope_of(resource, object->get())); !allowed)
        return refusal(context, request, allowed.error());
    std::string const path = base_path(resource) + "/" + object->id();
    FormView const view{context, resource, *object, {}, nullptr, nullptr, path, object_path(resource, object->id())};
    return form_reply(view, edit_title(context, resource, *object), 200);
}

http::Reply edit_post(Context& context, Resource const& resource, http::Request& request) {
    EntityMeta const& meta = *resource.meta;
    auto const stored = load(context, resource, request.parameter("id"));
    if (!stored) return refusal(context, request, stored.error());
    AnyObject before = *stored;
    if (auto const version = typed_version(meta, request)) set_version(meta, before, *version);
    AnyObject after = before;
    Result<void> done{};
    if (auto problems = entity::from_form(meta, after.get(), request.form); !problems.empty())
        done = refuse(std::move(problems));
    else
        done = save(context, resource, before, after);
    std::string const path = base_path(resource) + "/" + stored->id();
    if (done) return http::see_other(object_path(resource, stored->id()) + "?done=done.saved");
    bool const stale = done.error().refusal == Refusal::stale;
    context.refresh();
    auto const meanwhile = stale ? load(context, resource, stored->id()) : Result<AnyObject>{*stored};
    FormView const view{context,       resource,
                        after,         request.form,
                        &done.error(), stale && meanwhile ? &*meanwhile : nullptr,
                        path,          object_path(resource, stored->id())};
    return form_reply(view, edit_title(context, resource, *stored), status_for(done.error()));
}

} // namespace sangu::resource
