// The three lists of the plan side by side: how alive each is, and what is new.

#include "modules/library/counters.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"

#include <algorithm>

namespace sangu::library {

using namespace html;

namespace {

struct Title {
    std::string kind, number, title;
};

// The newest of each kind, titles only, in one query.
std::vector<Title> newest(db::Session& session, std::span<Kind const* const> shown) {
    std::string sql;
    std::vector<Value> parameters;
    for (Kind const* kind : shown) {
        if (!sql.empty()) sql += " union all ";
        sql += "select * from (select kind, number, title from library_entry where kind = ? and state = 'published' "
               "order by id desc limit 5) as n" +
               std::to_string(parameters.size());
        parameters.emplace_back(std::string{kind->name});
    }
    std::vector<Title> titles;
    if (sql.empty()) return titles;
    session.query(sql, db::Parameters{parameters}, [&](db::Row const& row) {
        titles.push_back({std::string{row.text(0)}, std::string{row.text(1)}, std::string{row.text(2)}});
    });
    return titles;
}

void figures(Out& out, Context const& context, Counters const& one, std::int64_t answer_days) {
    auto const figure = [&](std::string_view name, std::string text, std::string what) {
        out << div(dt(context.t("library.counter." + std::string{name}), span(cls("hint"), what)), dd(text));
    };
    auto const what = [&](std::string_view name) {
        return std::string{context.t("library.counter." + std::string{name} + ".what")};
    };
    out << dl(cls("figures"), [&] {
        figure("live", number_text(context, one.live), what("live"));
        figure("confirmed", number_text(context, one.confirmed), what("confirmed"));
        figure("answered",
               one.due == 0 ? std::string{context.t("library.counter.none")}
                            : context.t("library.percent", {number_text(context, one.answered * 100 / one.due)}),
               context.t("library.counter.answered.what",
                         {number_text(context, answer_days), number_text(context, one.answered),
                          number_text(context, one.due)}));
        figure("results", number_text(context, one.results), what("results"));
    });
}

} // namespace

http::Reply lists_page(Context& context, http::Request&) {
    std::vector<Kind const*> shown;
    for (Kind const* kind : kinds(context.services))
        if (kind->one_of_the_lists) shown.push_back(kind);
    auto const counted = counters(context.reader());
    auto const titles = newest(context.reader(), shown);
    Terms const terms = terms_in_force(context.reader(), context.today());
    html::Page const page{.title = std::string{context.t("library.lists")},
                          .lead = std::string{context.t("library.lists.lead")},
                          .wide = true};
    return render(context, page, [&](Out& out) {
        out << div(cls("card-grid"), [&] {
            for (Kind const* kind : shown) {
                std::string const base = "/" + std::string{kind->path};
                auto const found = counted.find(kind->name);
                out << section(
                    cls("card"), h2(a(href(Url::local(base)), context.t(kind->message(".plural")))),
                    p(context.t(kind->message(".lead"))), [&] {
                        figures(out, context, found == counted.end() ? Counters{} : found->second,
                                terms.answer_workdays);
                        out << ul([&] {
                            for (Title const& one : titles)
                                if (one.kind == kind->name)
                                    out << li(a(href(Url::path(base, one.number)), own_words(context, one.title)));
                        });
                        out << p(
                            a(cls("button primary"), href(Url::local(base)), context.t("library.lists.open")), " ",
                            a(cls("button"), href(Url::local(base + "/new")), context.t(kind->message(".new"))), " ",
                            a(cls("button quiet"), href(Url::local(base + "/feed.atom")), context.t("library.feed")));
                    });
            }
        });
        if (!counted.empty())
            out << p(cls("hint"), context.t("library.counter.as_of",
                                            {i18n::format_time(context.language, counted.begin()->second.as_of)}));
    });
}

} // namespace sangu::library
