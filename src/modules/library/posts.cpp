// Form posts about one entry, its files and its history.

#include "base/text.h"
#include "kernel/files/files.h"
#include "kernel/json/json.h"
#include "kernel/resource/pages.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"

namespace sangu::library {

namespace {

std::string typed(http::Request const& request, std::string_view field) {
    return std::string{trim(request.form_value(field).value_or(""))};
}

std::string address_of(Context& context, Entry const& entry) {
    Kind const* kind = kind_named(context.services, entry.kind);
    return kind ? path_of(*kind, entry) : "/my/entries";
}

http::Reply back(Context& context, http::Request const& request, std::string_view done) {
    auto const view = view_of(context, request.parameter("number"));
    if (!view) return http::see_other("/my/entries?done=" + std::string{done});
    return http::see_other(address_of(context, view->entry()) + "?done=" + std::string{done});
}

} // namespace

http::Reply step_post(Context& context, http::Request& request) {
    auto const done = step(context, request.parameter("number"), request.parameter("action"),
                           {.comment = typed(request, "comment"), .outcome = typed(request, "outcome")});
    if (!done) return entry_refused(context, request, done.error());
    if (typed(request, "next") == "mine") return http::see_other("/my/entries?done=done.saved");
    return back(context, request, "done.saved");
}

http::Reply undertaking_post(Context& context, http::Request& request) {
    auto const done = sign_undertaking(context, request.parameter("number"), typed(request, "signed_name"),
                                       typed(request, "agreed") == "true");
    if (!done) return entry_refused(context, request, done.error());
    return back(context, request, "done.saved");
}

http::Reply access_post(Context& context, http::Request& request) {
    auto const done =
        give_access(context, request.parameter("number"), typed(request, "account"), typed(request, "layer"));
    if (!done) return entry_refused(context, request, done.error());
    std::string const next = typed(request, "next");
    return next.starts_with("/threads/") ? http::see_other(next + "?done=done.saved")
                                         : back(context, request, "done.saved");
}

http::Reply file_reply(Context& context, http::Request& request) {
    auto const view = view_of(context, request.parameter("number"));
    if (!view || !view->sees(Layer::files)) return not_found(context, request);
    auto const file = files::find(context.reader(), request.parameter("file"));
    if (!file || file->owner_kind != entry_files || file->owner_id != view->entry().id.text)
        return not_found(context, request);
    return http::download(files::open(context.services.database, file->sha256), file->content_type, file->name);
}

http::Reply remove_file_post(Context& context, http::Request& request) {
    auto const done = remove_file(context, request.parameter("number"), request.parameter("file"));
    if (!done) return entry_refused(context, request, done.error());
    return back(context, request, "done.saved");
}

http::Reply history_page(Context& context, http::Request& request) {
    auto const view = view_of(context, request.parameter("number"));
    if (!view) return html::refusal(context, request, view.error());
    Entry const& entry = view->entry();
    Kind const* kind = kind_named(context.services, entry.kind);
    if (!kind || (!view->viewer.owner && !view->viewer.officer)) return not_found(context, request);
    html::Page const page{.title = std::string{context.t("library.history")},
                          .lead = entry.number + " · " + entry.title,
                          .crumbs = {{std::string{context.t(kind->message(".plural"))}, "/" + std::string{kind->path}},
                                     {entry.title, path_of(*kind, entry)}}};
    return html::render(context, page, [&](html::Out& out) {
        resource::history_part(out, context, Entry::meta, entry.id.text);
        resource::history_part(out, context, *kind->content, entry.id.text);
    });
}

http::Reply api_step(Context& context, http::Request& request) {
    auto const body = json::Document::parse(request.body.empty() ? std::string_view{"{}"} : request.body);
    if (!body) return html::refusal(context, request, body.error());
    auto const done = step(context, request.parameter("number"), request.parameter("action"),
                           {.comment = std::string{body->root().text_of("comment")},
                            .outcome = std::string{body->root().text_of("outcome")}});
    if (!done) return html::refusal(context, request, done.error());
    std::string text;
    json::Writer{text}
        .begin_object()
        .member("number", done->number)
        .member("state", name_of(done->state))
        .member("version", done->version)
        .end_object();
    return http::json_reply(std::move(text));
}

} // namespace sangu::library
