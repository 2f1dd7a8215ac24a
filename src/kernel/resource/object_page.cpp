#include "kernel/config/settings.h"
#include "kernel/html/linked_data.h"
#include "kernel/resource/pages.h"

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;
using entity::FieldMeta;
using namespace html;

namespace {

void facts(Out& out, Context const& context, Resource const& resource, AnyObject const& object, Labels const& labels) {
    EntityMeta const& meta = *resource.meta;
    out << dl(cls("facts"), [&](Out& inner) {
        for (FieldMeta const& field : meta.fields) {
            if (field.hidden || field.version || field.key) continue;
            std::string text = shown(context, resource, field, object, labels);
            inner << dt(context.t(field_key(meta, field)));
            if (text.empty())
                inner << dd(cls("muted"), context.t("word.not_given"));
            else if (field.format == "url")
                inner << dd(a(href(Url::external(text)), rel("noopener nofollow"), text));
            else
                inner << dd(cls(field.multiline ? "lines" : ""), text);
        }
    });
}

// What schema.org has words for, as far as the object says it; only what this reader sees anyway.
LinkedMembers linked_members(Context const& context, Resource const& resource, AnyObject const& object,
                             std::string const& title, std::string const& path) {
    EntityMeta const& meta = *resource.meta;
    auto const text = [&](std::string_view name) {
        FieldMeta const* field = meta.find(name);
        if (!field || field->hidden || field->personal) return std::string{};
        return entity::to_plain_text(*field, field->load(object.get()));
    };
    std::string description = text("introduction");
    return {{"@id", context.services.settings.public_url + path},
            {"name", title},
            {"alternateName", text("name_en")},
            {"description", std::move(description)},
            {"url", text("website")}};
}

} // namespace

http::Reply object_page(Context& context, Resource const& resource, http::Request& request) {
    auto const object = load(context, resource, request.parameter("id"));
    if (!object) return refusal(context, request, object.error());
    auto const labels = labels_of(context, resource, {*object});
    auto const offers = offers_for(context, resource, object->get());
    std::string const path = base_path(resource) + "/" + object->id();
    bool const editable = !resource.write.empty() && context.may(resource.write, scope_of(resource, object->get()));
    html::Page const page{
        .title = title_of(context, resource, *object, labels),
        .crumbs = {{std::string{context.t(plural_key(resource))}, base_path(resource)}},
        .actions =
            editable ? markup(a(cls("button"), href(Url::local(path + "/edit")), context.t("resource.edit"))) : "",
    };
    auto reply = render(context, page, [&](Out& out) {
        write_linked_data(out, linked_data("Thing", linked_members(context, resource, *object, page.title, path)));
        facts(out, context, resource, *object, labels);
        if (!offers.empty()) flow_buttons(out, context, *resource.flow, offers, path);
        if (context.actor.signed_in()) history_part(out, context, *resource.meta, object->id());
    });
    reply.header("Link", "<" + context.services.settings.public_url + path + ">; rel=\"canonical\"");
    return reply;
}

http::Reply action_post(Context& context, Resource const& resource, http::Request& request) {
    std::string const id{request.parameter("id")};
    auto const done = act(context, resource, id, request.parameter("action"),
                          std::string{request.form_value("comment").value_or("")});
    if (!done) return refusal(context, request, done.error());
    return http::see_other(base_path(resource) + "/" + id + "?done=done.saved");
}

} // namespace sangu::resource
