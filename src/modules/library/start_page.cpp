// The first page of writing an entry: what it is called, for whom, where. The rest follows in the form.

#include "base/text.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"

#include <algorithm>

namespace sangu::library {

using namespace html;

namespace {

http::Reply start_reply(Context& context, Kind const& kind, http::Pairs const& typed, Error const* error) {
    Me const me = me_of(context);
    auto const organisations = registry::organisations(context.reader(), me.spoken_for);
    auto const places = registry::places(context.reader());
    auto const text = [&](std::string_view field) {
        auto const found = std::ranges::find(typed, field, &http::Pairs::value_type::first);
        return found == typed.end() ? std::string{} : found->second;
    };
    Problems const problems = error ? error->problems : Problems{};
    html::Page page{.title = std::string{context.t(kind.message(".new"))},
                    .lead = std::string{context.t("library.start.lead")},
                    .crumbs = {{std::string{context.t(kind.message(".plural"))}, "/" + std::string{kind.path}}}};
    if (error) page.status = http::status_of(error->refusal);
    return render(context, page, [&](Out& out) {
        if (error) problem_summary(out, context, kind, *error);
        begin_form(out, context, "/" + std::string{kind.path});
        form_field(out, context, Entry::meta, *Entry::meta.find("title"), text("title"), problems,
                   {.label_key = {}, .hint_key = "library.entry.title.hint", .options = {}});
        std::string chosen = text("organisation_id");
        if (!error && !organisations.empty()) chosen = organisations.front().id.text;
        out << div(cls("field"), label(for_("organisation_id"), context.t("library.owner")),
                   select(id("organisation_id"), name("organisation_id"), [&] {
                       for (auto const& one : organisations)
                           out << option(value(one.id.text), selected(chosen == one.id.text),
                                         own_words(context, std::string{one.shown(context.language)}));
                       out << option(value(""), selected(chosen.empty()), context.t("library.by_myself"));
                   }));
        auto const wrong = std::ranges::find(problems, "place", &Problem::field);
        out << div(
            cls(wrong == problems.end() ? "field" : "field wrong"),
            label(for_("place"), context.t("library.entry.place")),
            p(cls("hint"), context.t("library.start.place_hint")),
            [&] {
                if (wrong != problems.end()) out << p(cls("field-error"), i18n::format(context.language, *wrong));
            },
            select(id("place"), name("place"), option(value(""), context.t("form.choose")), [&] {
                for (auto const& one : places)
                    if (one.path.starts_with("zone/"))
                        out << option(value(one.code), selected(text("place") == one.code), one.name(context.language));
            }));
        end_form(out, context.t("library.start.go"), "/" + std::string{kind.path}, context.t("resource.cancel"));
    });
}

} // namespace

http::Reply new_page(Context& context, Kind const& kind, http::Request& request) {
    return start_reply(context, kind, request.query, nullptr);
}

http::Reply create_post(Context& context, Kind const& kind, http::Request& request) {
    auto const done = start(context, kind, request.form);
    if (!done && done.error().refusal == Refusal::invalid)
        return start_reply(context, kind, request.form, &done.error());
    if (!done) return refusal(context, request, done.error());
    return http::see_other(path_of(kind, *done) + "/edit?done=done.saved");
}

} // namespace sangu::library
