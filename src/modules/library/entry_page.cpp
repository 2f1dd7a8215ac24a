// The page of one entry: what it is, who stands behind it, how fresh it is, what can be done now. What is shown depends
// on the reader's layer alone.

#include "modules/library/entry_parts.h"
#include "modules/library/pages.h"
#include "modules/library/parts.h"

namespace sangu::library {

using namespace html;

namespace {

Detail load(Context& context, Kind const& kind, View view) {
    Detail page{context, kind, std::move(view), empty_filling(kind), {}, {}, {}};
    db::Session& session = context.reader();
    page.filling = load_filling(session, kind, page.entry().id.text);
    page.places = registry::places(session);
    for (auto const& own : page.view.me.organisations)
        page.owners.emplace(own.id.text, own_words(context, std::string{own.shown(context.language)}));
    if (page.entry().organisation_id && !page.owners.contains(page.entry().organisation_id->text))
        page.owners = owner_names(context, {&page.entry(), 1});
    if (page.view.sees(Layer::files) && page.entry().files > 0)
        page.files = files::list(session, entry_files, page.entry().id.text);
    if (kind.track_record) page.record = track_record(session, page.entry().id.text);
    return page;
}

http::Reply reply_for(Detail const& page) {
    Entry const& entry = page.entry();
    html::Page frame{
        .title = own_words(page.context, entry.title),
        .lead = entry.number + " · " + owner_text(page.context, page.owners, entry),
        .crumbs = {{std::string{page.t(page.kind.message(".plural"))}, "/" + std::string{page.kind.path}}}};
    if (page.error) frame.status = http::status_of(page.error->refusal);
    return render(page.context, frame, [&](Out& out) {
        if (page.error) problem_summary(out, page.context, page.kind, *page.error);
        notes(out, page);
        out << div(cls("split"), div([&] {
                       sections_part(out, page);
                       files_part(out, page);
                       record_part(out, page);
                       beyond_part(out, page);
                       neighbours_part(out, page);
                   }),
                   div([&] {
                       steps_part(out, page);
                       interest_part(out, page);
                       ways_on(out, page);
                       who_part(out, page);
                   }));
        if (has_public_page(entry.state))
            linked_data(out, structured_data(page.context, page.kind, entry, page.view.layer,
                                             owner_text(page.context, page.owners, entry)));
    });
}

http::Reply show(Context& context, Kind const& kind, http::Request& request, Error const* error) {
    auto view = view_of(context, request.parameter("number"));
    if (!view) return refusal(context, request, view.error());
    if (view->entry().kind != kind.name) return not_found(context, request);
    Detail page = load(context, kind, *std::move(view));
    page.error = error;
    return reply_for(page);
}

} // namespace

http::Reply entry_page(Context& context, Kind const& kind, http::Request& request) {
    return show(context, kind, request, nullptr);
}

http::Reply entry_refused(Context& context, http::Request& request, Error const& error) {
    auto const seen = find_seen(context.reader(), request.parameter("number"), "");
    Kind const* kind = seen ? kind_named(context.services, seen->entry.kind) : nullptr;
    if (!kind || request.wants_json() || error.refusal == Refusal::not_found) return refusal(context, request, error);
    return show(context, *kind, request, &error);
}

} // namespace sangu::library
