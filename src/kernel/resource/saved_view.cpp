#include "kernel/resource/saved_view.h"

#include "base/id.h"
#include "base/text.h"
#include "kernel/resource/pages.h"

namespace sangu::resource {

std::vector<SavedView> saved_views(db::Session& session, std::string_view account, std::string_view path) {
    std::vector<SavedView> views;
    session.query("select id, name, query from kernel_saved_view where account_id = ? and path = ? order by name "
                  "limit ?",
                  {std::string{account}, std::string{path}, std::int64_t{saved_views_max}}, [&](db::Row const& row) {
                      views.push_back({std::string{row.text(0)}, std::string{row.text(1)}, std::string{row.text(2)}});
                  });
    return views;
}

Result<void> save_view(db::Transaction& transaction, std::string_view account, std::string_view path,
                       std::string_view name, std::string_view query, Instant now) {
    std::string const kept_name = shorten(trim(name), view_name_max);
    if (kept_name.empty()) return refuse({{"name", "error.required", {}}});
    if (query.size() > view_query_max) return refuse({{"query", "error.too_long", {std::to_string(view_query_max)}}});
    auto const others =
        transaction.integer("select count(*) from kernel_saved_view where account_id = ? and path = ? and name <> ?",
                            {std::string{account}, std::string{path}, kept_name});
    if (others >= saved_views_max)
        return refuse(Refusal::conflict, "error.list.views_full", {std::to_string(saved_views_max)});
    transaction.execute(
        "insert into kernel_saved_view (id, account_id, path, name, query, created_at) values "
        "(?, ?, ?, ?, ?, ?) on conflict (account_id, path, name) do update set query = excluded.query",
        {new_id(), std::string{account}, std::string{path}, kept_name, std::string{query}, to_text(now)});
    return {};
}

bool delete_view(db::Transaction& transaction, std::string_view account, std::string_view id) {
    return transaction.execute("delete from kernel_saved_view where id = ? and account_id = ?",
                               {std::string{id}, std::string{account}}) == 1;
}

namespace {

std::string text_of(Query const& query, Resource const& resource) {
    return address_with(query, resource, "", "after", "");
}

void view_link(html::Out& out, Context const& context, std::string const& base, SavedView const& view,
               std::string_view present) {
    using namespace html;
    std::string const address = base + view.query;
    out << li(cls("saved-view"),
              a(href(Url::local(address)),
                aria_current(view.query == present ? std::optional<std::string_view>{"true"} : std::nullopt),
                view.name),
              form(method("post"), action(Url::local(base + "/views/" + view.id + "/delete")),
                   input(type("hidden"), name("csrf"), value(context.csrf_token)),
                   button(cls("button small quiet"), type("submit"),
                          aria_label(context.t("list.view_delete", {view.name})), "×")));
}

} // namespace

void saved_views_part(html::Out& out, Context const& context, Resource const& resource, Query const& query) {
    using namespace html;
    if (context.actor.kind != auth::ActorKind::person) return;
    std::string const base = base_path(resource), present = text_of(query, resource);
    auto const views = saved_views(context.reader(), context.actor.account_id, base);
    out << details(cls("columns-choice"), open(!views.empty()), summary(context.t("list.views")), [&](Out& inner) {
        if (!views.empty())
            inner << ul([&](Out& list) {
                for (SavedView const& view : views) view_link(list, context, base, view, present);
            });
        inner << form(cls("list-search"), method("post"), action(Url::local(base + "/views")),
                      input(type("hidden"), name("csrf"), value(context.csrf_token)),
                      input(type("hidden"), name("query"), value(present)),
                      label(for_("view-name"), cls("visually-hidden"), context.t("list.view_name")),
                      input(type("text"), id("view-name"), name("name"), required(true), maxlength(view_name_max),
                            placeholder(context.t("list.view_name"))),
                      button(cls("button"), type("submit"), context.t("list.view_save")));
    });
}

http::Reply save_view_post(Context& context, Resource const& resource, http::Request& request) {
    if (!may_read(context, resource))
        return html::refusal(context, request, Error{Refusal::forbidden, "error.forbidden", {}, {}});
    std::string_view typed = request.form_value("query").value_or("");
    if (typed.starts_with('?')) typed.remove_prefix(1);
    // What is kept is what the list itself would write, never the text that was sent.
    http::Request wanted;
    wanted.query = http::parse_form(typed.substr(0, view_query_max)).value_or(http::Pairs{});
    auto const query = parse_query(context, resource, wanted, Strictness::lenient);
    if (!query) return html::refusal(context, request, query.error());
    std::string const base = base_path(resource), text = text_of(*query, resource);
    auto const saved = db::transact<void>(context.services.database, [&](db::Transaction& transaction) -> Result<void> {
        return save_view(transaction, context.actor.account_id, base, request.form_value("name").value_or(""), text,
                         context.now());
    });
    if (!saved) return html::refusal(context, request, saved.error());
    return http::see_other(base + text + (text.empty() ? "?" : "&") + "done=done.saved");
}

http::Reply delete_view_post(Context& context, Resource const& resource, http::Request& request) {
    bool found = false;
    context.services.database.write([&](db::Transaction& transaction) {
        found = delete_view(transaction, context.actor.account_id, request.parameter("view"));
    });
    if (!found) return html::refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
    return http::see_other(base_path(resource));
}

} // namespace sangu::resource
