#include "modules/standards/pages.h"

#include "kernel/html/page.h"
#include "kernel/resource/pages.h"
#include "modules/standards/rules.h"
#include "modules/standards/standards.h"

#include <algorithm>

namespace sangu::standards {

using namespace html;

namespace {

std::string_view tone_of(Status status) {
    using enum Status;
    switch (status) {
    case in_force: return "good";
    case drafting:
    case approved: return "info";
    case superseded: return "warn";
    case withdrawn: return "muted";
    }
    return "muted";
}

struct View {
    Context& context;
    Standard standard;
    std::vector<Drafter> drafters;
    std::optional<StandardCard> replacing; // what takes its place, when the library has it
    std::vector<StandardCard> replaced;    // what it took the place of

    std::string_view t(std::string_view key) const { return context.t(key); }
};

std::vector<StandardCard> replaced_by(db::Session& session, std::string const& number) {
    std::vector<std::string> ids;
    session.query("select id from standards_standard where replaced_by = ? order by number limit 100", {number},
                  [&](db::Row const& row) { ids.emplace_back(row.text(0)); });
    return cards(session, ids);
}

void validity_part(Out& out, View const& view) {
    Standard const& one = view.standard;
    out << p(cls("button-row"), [&] {
        badge(out, view.t("standards.standard.status." + std::string{name_of(one.status)}), tone_of(one.status));
        out << " ";
        badge(out, view.t("standards.standard.level." + std::string{name_of(one.level)}), "muted");
    });
    if (!one.replaced_by) return;
    out << div(cls("note warn"), p(view.t("standards.replaced_note"), " ", [&] {
                   if (view.replacing)
                       out << a(href(Url::local(view.replacing->path())), view.replacing->number, " ",
                                view.replacing->title);
                   else
                       out << span(*one.replaced_by);
               }));
}

void facts_part(Out& out, View const& view) {
    Standard const& one = view.standard;
    auto const fact = [&](std::string_view field, std::string const& text) {
        if (!text.empty()) out << dt(view.t("standards.standard." + std::string{field})) << dd(text);
    };
    auto const date = [&](std::string_view field, std::optional<Date> const& day) {
        if (day) fact(field, i18n::format_date(view.context.language, *day));
    };
    out << dl(cls("facts"), [&] {
        fact("title_en", one.title_en.value_or(""));
        date("published_on", one.published_on);
        date("in_force_on", one.in_force_on);
        date("ended_on", one.ended_on);
        if (one.adopted_number)
            fact("adoption",
                 *one.adopted_number + " · " +
                     std::string{view.t("standards.standard.adoption." + std::string{name_of(one.adoption)})});
        fact("ics", one.ics.value_or(""));
        if (!view.replaced.empty())
            out << dt(view.t("standards.replaces")) << dd(ul(cls("plain"), [&] {
                for (StandardCard const& card : view.replaced)
                    out << li(a(href(Url::local(card.path())), card.number, " ", card.title));
            }));
        fact("source", one.source.value_or(""));
    });
    if (one.summary) out << h2(view.t("standards.standard.summary")) << p(cls("prewrap"), *one.summary);
}

void drafters_part(Out& out, View const& view, DrafterKind kind, std::string_view heading_key) {
    auto const is_kind = [&](Drafter const& one) { return one.kind == kind; };
    if (std::ranges::none_of(view.drafters, is_kind)) return;
    out << section(h2(view.t(heading_key)), ol([&] {
                       for (Drafter const& one : view.drafters)
                           if (is_kind(one))
                               out << li([&] {
                                   if (one.organisation_id)
                                       out << a(href(Url::path("/organisations", one.organisation_id->text)), one.name);
                                   else
                                       out << span(one.name);
                               });
                   }));
}

} // namespace

http::Reply standard_page(Context& context, http::Request& request) {
    std::string const id{request.parameter("id")};
    auto const standard = is_id(id) ? entity::find(context.reader(), Id<Standard>{id}) : std::nullopt;
    if (!standard) return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    View const view{context, *standard,
                    entity::where<Drafter>(context.reader(), "where standard_id = ? order by kind, position", {id}),
                    standard->replaced_by ? find_standard(context.reader(), *standard->replaced_by) : std::nullopt,
                    replaced_by(context.reader(), standard->number)};
    bool const editable = context.may("standards.standard.edit", standard->scope);
    bool const english = context.language == i18n::Language::en && standard->title_en;
    html::Page const page{.title = standard->number + " " + (english ? *standard->title_en : standard->title),
                          .crumbs = {{std::string{context.t("standards.standard.plural")}, "/standards"}},
                          .actions = editable ? markup(a(cls("button"), href(Url::path("/standards", id, "edit")),
                                                         context.t("resource.edit")))
                                              : std::string{}};
    return render(context, page, [&](Out& out) {
        validity_part(out, view);
        facts_part(out, view);
        drafters_part(out, view, DrafterKind::organisation, "standards.standard.organisations");
        drafters_part(out, view, DrafterKind::person, "standards.standard.people");
        if (context.actor.signed_in()) resource::history_part(out, context, Standard::meta, id);
    });
}

} // namespace sangu::standards
