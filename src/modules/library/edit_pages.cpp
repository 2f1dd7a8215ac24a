// Writing an entry: the form in sections, then the check of the answers.

#include "base/text.h"
#include "modules/library/form_view.h"
#include "modules/library/pages.h"
#include "modules/library/parts.h"

namespace sangu::library {

using namespace html;
using entity::FieldMeta;

namespace {

// The entry for its owner, of this kind, or the answer to give instead.
Result<View> written(Context& context, Kind const& kind, http::Request const& request) {
    View view = TRY(own_view(context, request.parameter("number")));
    if (view.entry().kind != kind.name) return refuse(Refusal::not_found, "error.not_found");
    if (!is_writable(view.entry().state)) return refuse(Refusal::conflict, "library.error.closed");
    return view;
}

http::Reply form_again(Context& context, Kind const& kind, http::Request& request, Error const& error) {
    bool const again =
        error.refusal == Refusal::invalid || error.refusal == Refusal::stale || error.refusal == Refusal::too_large;
    auto const view = written(context, kind, request);
    if (!again || !view) return refusal(context, request, error);
    Filling const filling = load_filling(context.reader(), kind, view->entry().id.text);
    return form_reply({.context = context,
                       .kind = kind,
                       .entry = view->entry(),
                       .filling = filling,
                       .files = files::list(context.reader(), entry_files, view->entry().id.text),
                       .typed = &request.form,
                       .error = &error,
                       .stale = error.refusal == Refusal::stale});
}

// The answers, one section after the other, with a link back to each.
void answers(Out& out, FormView const& form) {
    std::string const edit = path_of(form.kind, form.entry) + "/edit";
    auto const text_answer = [&](std::string_view label, std::string const& text) {
        out << dt(label) << dd([&] {
            if (text.empty())
                out << span(cls("muted"), form.t("library.blank"));
            else
                prose(out, text);
        });
    };
    auto const answer = [&](entity::EntityMeta const& meta, FieldMeta const& field, void const* object) {
        text_answer(label_text(form.context, form.kind, field.name), value_text(form.context, meta, field, object));
    };
    auto const heading = [&](std::string_view key, std::string const& fragment) {
        out << h2(form.t(key), " ",
                  a(cls("button small quiet"), href(Url::local(edit + fragment)), form.t("library.change")));
    };
    heading("library.about", "");
    out << dl(cls("facts"), [&] {
        for (std::string_view const name : {"title", "abstract"})
            answer(Entry::meta, *Entry::meta.find(name), &form.entry);
    });
    std::size_t number = 0;
    for (Section const& part : form.kind.sections) {
        heading(part.heading, "#part-" + std::to_string(++number));
        out << dl(cls("facts"), [&] {
            void const* content = form.filling.content.get();
            if (!part.ways.empty()) text_answer(form.t(part.ways), ways_text(form.context, form.kind, part, content));
            for (std::string_view const name : part.fields)
                if (!is_way(form.kind, part, name)) answer(*form.kind.content, *form.kind.content->find(name), content);
        });
        if (auto const at = rows_at(form.kind, part.rows))
            rows_table(out, form.context, form.kind.rows[*at], form.filling.rows[*at]);
    }
    heading("library.disclosure", "#abstract_for");
    out << dl(cls("facts"), [&] {
        for (std::string_view const name : {"abstract_for", "body_for", "files_for"})
            answer(Entry::meta, *Entry::meta.find(name), &form.entry);
    });
}

} // namespace

http::Reply edit_page(Context& context, Kind const& kind, http::Request& request) {
    auto const view = written(context, kind, request);
    if (!view) return refusal(context, request, view.error());
    Filling const filling = load_filling(context.reader(), kind, view->entry().id.text);
    FormView form{.context = context, .kind = kind, .entry = view->entry(), .filling = filling};
    if (view->entry().files > 0) form.files = files::list(context.reader(), entry_files, view->entry().id.text);
    return form_reply(form);
}

http::Reply save_post(Context& context, Kind const& kind, http::Request& request) {
    auto const version = parse_integer(request.form_value("version").value_or("")).value_or(-1);
    auto const done = save(context, kind, request.parameter("number"), request.form, version, request.uploads);
    if (!done) return form_again(context, kind, request, done.error());
    bool const check = request.form_value("next") == "check";
    return http::see_other(path_of(kind, *done) + (check ? "/check" : "/edit") + "?done=done.saved");
}

http::Reply check_page(Context& context, Kind const& kind, http::Request& request) {
    auto const view = written(context, kind, request);
    if (!view) return refusal(context, request, view.error());
    Entry const& entry = view->entry();
    Filling const filling = load_filling(context.reader(), kind, entry.id.text);
    auto const done = completeness_of(kind, filled(kind, entry, filling, context.today()));
    FormView const form{.context = context, .kind = kind, .entry = entry, .filling = filling};
    std::string const path = path_of(kind, entry);
    html::Page const page{.title = std::string{context.t("library.check")},
                          .lead = entry.number + " · " + entry.title,
                          .crumbs = {{std::string{context.t(kind.message(".plural"))}, "/" + std::string{kind.path}},
                                     {entry.title, path}}};
    return render(context, page, [&](Out& out) {
        completeness_meter(out, context, done.percent);
        if (!done.missing.empty()) out << h2(context.t("library.missing"));
        hints_list(out, context, done.missing, path + "/edit");
        std::vector<flow::Offer> offers = offers_for(context, *view);
        std::erase_if(offers, [](flow::Offer const& one) { return one.action != "submit"; });
        flow_buttons(out, context, Entry::flow, offers, "/entries/" + entry.number);
        answers(out, form);
    });
}

} // namespace sangu::library
