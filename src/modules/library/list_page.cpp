// The home of a library: what there is, by filters with counts, for everybody.

#include "base/text.h"
#include "kernel/resource/saved_view.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"
#include "modules/library/subscriptions.h"

#include <algorithm>

namespace sangu::library {

using namespace html;

namespace {

struct ListView {
    Context& context;
    Kind const& kind;
    ListQuery query;
    Me me;
    Found found;
    Counts counts;
    std::vector<registry::PlaceCard> places;
    std::map<std::string, std::vector<Tag>, std::less<>> tags;
    std::map<std::string, std::string, std::less<>> owners;
    std::string base;

    std::string_view t(std::string_view key) const { return context.t(key); }
    std::string place_name(std::string_view code) const {
        auto const* place = registry::find_place(places, code);
        return place ? place->name(context.language) : std::string{code};
    }
};

std::optional<std::string_view> current(bool is) { return is ? std::optional<std::string_view>{"true"} : std::nullopt; }

void search_form(Out& out, ListView const& view) {
    out << form(cls("list-search"), role("search"), method("get"), action(Url::local(view.base)), [&] {
        for (Tag const& tag : view.query.filters) out << input(type("hidden"), name(tag.facet), value(tag.value));
        out << label(for_("q"), cls("visually-hidden"), view.t("list.search"))
            << input(type("search"), id("q"), name("q"), value(view.query.search), maxlength(100),
                     placeholder(view.t(view.kind.message(".search"))))
            << button(type("submit"), cls("button"), view.t("list.search"));
    });
}

void facet_value(Out& out, ListView const& view, std::string_view facet, std::string const& value_, std::string label,
                 std::optional<std::int64_t> count) {
    std::string const* chosen = view.query.filter(facet);
    bool const active = chosen && *chosen == value_;
    out << li(a(href(Url::local(view.query.with(view.base, facet, active ? "" : value_))), rel("nofollow"),
                cls(active ? "facet-value active" : "facet-value"), aria_current(current(active)), span(label), " ",
                [&] {
                    if (count) out << span(cls("facet-count"), number_text(view.context, *count));
                }));
}

// Choices in the order of the description, places as people order them; without counts when there are too many entries.
void facet_list(Out& out, ListView const& view) {
    bool const counted = view.counts.total <= counted_max;
    auto const one_facet = [&](std::string_view facet, std::string_view heading,
                               std::vector<std::string> const& values) {
        auto const counts = view.counts.facets.find(facet);
        auto const count_of = [&](std::string const& value_) -> std::int64_t {
            if (counts == view.counts.facets.end()) return 0;
            auto const found = counts->second.find(value_);
            return found == counts->second.end() ? 0 : found->second;
        };
        std::string const* chosen = view.query.filter(facet);
        std::vector<std::string> shown;
        for (std::string const& one : values)
            if (!counted || count_of(one) > 0 || (chosen && *chosen == one)) shown.push_back(one);
        if (shown.empty()) return;
        out << fieldset(cls("facet"), legend(view.t(heading)), ul([&] {
                            for (std::string const& one : shown)
                                facet_value(out, view, facet, one,
                                            facet == "place"
                                                ? view.place_name(one)
                                                : tag_text(view.context, view.kind, {std::string{facet}, one}),
                                            counted ? std::optional{count_of(one)} : std::nullopt);
                        }));
    };
    for (Facet const& facet : view.kind.facets) {
        std::vector<std::string> values;
        if (facet.fields.size() > 1)
            values.assign(facet.fields.begin(), facet.fields.end());
        else
            for (Choice const& choice : view.kind.content->find(facet.fields.front())->type->choices)
                values.emplace_back(choice.name);
        one_facet(facet.name, facet.label, values);
    }
    std::vector<std::string> places;
    for (auto const& place : view.places) places.push_back(place.code);
    one_facet("place", "library.entry.place", places);
}

void saved_views(Out& out, ListView const& view) {
    if (view.context.actor.kind != auth::ActorKind::person) return;
    auto const views = resource::saved_views(view.context.reader(), view.context.actor.account_id, view.base);
    std::string const present = view.query.text();
    out << details(cls("columns-choice"), open(!views.empty()), summary(view.t("list.views")), [&] {
        if (!views.empty())
            out << ul([&] {
                for (auto const& one : views)
                    out << li(cls("saved-view"),
                              a(href(Url::local(view.base + one.query)), aria_current(current(one.query == present)),
                                one.name),
                              [&] {
                                  open_form(out, view.context, view.base + "/views/" + one.id + "/delete", "");
                                  out << button(cls("button small quiet"), type("submit"),
                                                aria_label(view.context.t("list.view_delete", {one.name})), "×");
                                  close_form(out);
                              });
            });
        open_form(out, view.context, view.base + "/views", "list-search");
        out << input(type("hidden"), name("query"), value(present))
            << label(for_("view-name"), cls("visually-hidden"), view.t("list.view_name"))
            << input(type("text"), id("view-name"), name("name"), required(true), maxlength(resource::view_name_max),
                     placeholder(view.t("list.view_name")))
            << button(cls("button"), type("submit"), view.t("list.view_save"))
            << label(cls("choice"), for_("tell"),
                     input(type("checkbox"), id("tell"), name("tell"), value("true"), checked(true)),
                     span(view.t("library.view_tell")));
        close_form(out);
    });
}

void card(Out& out, ListView const& view, Line const& line) {
    Entry const& entry = line.entry;
    Layer const layer = layer_of(entry, viewer_of(view.context, view.me, entry, line.granted));
    out << li(cls("card"), h2(a(href(Url::path(view.base, entry.number)), own_words(view.context, entry.title))),
              p(cls("hint"), entry.number, " · ", owner_text(view.context, view.owners, entry), " · ",
                view.place_name(entry.place)),
              [&] {
                  if (layer >= Layer::abstract && !entry.abstract.empty()) out << p(shorten(entry.abstract, 120));
                  out << p([&] {
                      auto const tags = view.tags.find(entry.id.text);
                      if (tags != view.tags.end())
                          for (Tag const& tag : tags->second) {
                              badge(out, tag_text(view.context, view.kind, tag), "info");
                              out << " ";
                          }
                      freshness_badge(out, view.context, entry);
                  });
              });
}

void results(Out& out, ListView const& view) {
    bool const many = view.counts.total > counted_max;
    out << p(cls("list-count"), aria_live("polite"),
             view.context.t(many ? "list.count_over" : "list.count",
                            {number_text(view.context, std::min(view.counts.total, counted_max))}),
             " ", [&] {
                 bool const by_date = view.query.by_confirmation;
                 out << a(href(Url::local(view.query.with(view.base, "sort", by_date ? "" : "confirmed"))),
                          rel("nofollow"), view.t(by_date ? "library.sort.newest" : "library.sort.confirmed"));
             });
    if (view.found.lines.empty()) {
        if (view.query.any())
            return empty_state(out, view.t("list.no_match"), view.t("list.no_match_hint"), view.base,
                               view.t("list.show_all"));
        return empty_state(out, view.t("list.empty"), view.t(view.kind.message(".empty")), view.base + "/new",
                           view.t(view.kind.message(".new")));
    }
    out << ul(cls("card-list"),
              each(view.found.lines, [&](Line const& line) { return [&](Out& inner) { card(inner, view, line); }; }));
    if (view.found.more || !view.query.after_id.empty())
        out << nav(cls("pager"), aria_label(view.t("list.paging")), [&] {
            if (!view.query.after_id.empty())
                out << a(cls("button"), href(Url::local(view.query.with(view.base, "after", ""))),
                         view.t("list.first_page"));
            if (view.found.more)
                out << a(cls("button"), rel("next"),
                         href(Url::local(view.query.with(view.base, "after",
                                                         cursor_of(view.query, view.found.lines.back().entry)))),
                         view.t("list.next_page"));
        });
    out << p(cls("downloads"), span(view.t("list.download")), " ", [&] {
        for (auto const& [format, shown] : {std::pair{"csv", "CSV"}, {"xlsx", "XLSX"}, {"json", "JSON"}})
            out << a(cls("download-link"), rel("nofollow"), download(true),
                     href(Url::local(view.query.with(view.base + "/download/" + format, "after", ""))), shown)
                << " ";
        out << a(href(Url::local(view.query.with(view.base + "/feed.atom", "after", ""))), view.t("library.feed"));
    });
}

std::string heading_actions(ListView const& view) {
    Out out{256};
    if (!view.kind.finder.empty())
        out << a(cls("button"), href(Url::local(view.kind.finder_path)), view.t(view.kind.finder)) << " ";
    out << a(cls("button primary"), href(Url::local(view.base + "/new")), view.t(view.kind.message(".new")));
    return out.take();
}

} // namespace

http::Reply list_page(Context& context, Kind const& kind, http::Request& request) {
    ListView view{.context = context,
                  .kind = kind,
                  .query = list_query(kind, request.query),
                  .me = {.account = context.actor.account_id, .member = context.may(member_permission)},
                  .base = "/" + std::string{kind.path}};
    view.found = find_entries(context.reader(), view.query, view.me);
    view.counts = count_entries(context.reader(), view.query, view.me);
    view.places = registry::places(context.reader());
    std::vector<std::string> ids;
    std::vector<Entry> entries;
    for (Line const& line : view.found.lines) {
        ids.push_back(line.entry.id.text);
        entries.push_back(line.entry);
    }
    view.tags = tags_of_entries(context.reader(), ids);
    view.owners = owner_names(context, entries);
    html::Page const page{.title = std::string{context.t(kind.message(".plural"))},
                          .lead = std::string{context.t(kind.message(".lead"))},
                          .actions = heading_actions(view),
                          .wide = true,
                          .feed = view.query.with(view.base + "/feed.atom", "after", "")};
    return render(context, page, [&](Out& out) {
        out << div(cls("list-layout"),
                   aside(cls("list-filters"), aria_label(view.t("list.filters")),
                         [&] {
                             search_form(out, view);
                             saved_views(out, view);
                             facet_list(out, view);
                         }),
                   section(cls("list-rows"), aria_label(view.t("list.results")), [&] { results(out, view); }));
    });
}

http::Reply save_view_post(Context& context, Kind const& kind, http::Request& request) {
    std::string_view typed = request.form_value("query").value_or("");
    if (typed.starts_with('?')) typed.remove_prefix(1);
    // What is kept is what the list itself would write, never the text that was sent.
    auto const pairs = http::parse_form(typed.substr(0, resource::view_query_max)).value_or(http::Pairs{});
    std::string const base = "/" + std::string{kind.path}, text = list_query(kind, pairs).text();
    auto const saved = context.change<void>([&](Change& change) -> Result<void> {
        std::string const name = shorten(trim(request.form_value("name").value_or("")), resource::view_name_max);
        TRY_VOID(resource::save_view(change.transaction(), context.actor.account_id, base, name, text, context.now()));
        if (request.form_value("tell") == "true")
            subscribe(change.transaction(), context.actor.account_id, kind, name, text);
        else
            unsubscribe(change.transaction(), context.actor.account_id, kind, name);
        return {};
    });
    if (!saved) return refusal(context, request, saved.error());
    return http::see_other(base + text + (text.empty() ? "?" : "&") + "done=done.saved");
}

http::Reply delete_view_post(Context& context, Kind const& kind, http::Request& request) {
    auto const views = resource::saved_views(context.reader(), context.actor.account_id, "/" + std::string{kind.path});
    auto const done = context.change<void>([&](Change& change) -> Result<void> {
        for (auto const& one : views)
            if (one.id == request.parameter("view"))
                unsubscribe(change.transaction(), context.actor.account_id, kind, one.name);
        if (!resource::delete_view(change.transaction(), context.actor.account_id, request.parameter("view")))
            return refuse(Refusal::not_found, "error.not_found");
        return {};
    });
    if (!done) return refusal(context, request, done.error());
    return http::see_other("/" + std::string{kind.path});
}

} // namespace sangu::library
