#include "modules/library/access.h"

#include "kernel/entity/store.h"

#include <algorithm>

namespace sangu::library {

namespace {

constexpr std::string_view organisation_scope = "org/";

Layer layer_named(std::string_view name) {
    if (name == "body") return Layer::body;
    return name == "files" ? Layer::files : Layer::none;
}

} // namespace

Me me_of(Context& context) {
    Me me;
    if (!context.actor.signed_in()) return me;
    me.account = context.actor.account_id;
    me.member = context.may(member_permission);
    me.organisations = registry::organisations_of(context.reader(), me.account, context.today());
    for (auto const& one : me.organisations) me.spoken_for.push_back(one.id.text);
    for (auth::RoleGrant const& grant : context.actor.roles)
        if (grant.scope.path.starts_with(organisation_scope))
            me.spoken_for.push_back(grant.scope.path.substr(organisation_scope.size()));
    return me;
}

bool owns(Me const& me, Entry const& entry) {
    if (me.account.empty()) return false;
    if (entry.account_id.text == me.account) return true;
    return entry.organisation_id &&
           std::ranges::find(me.spoken_for, entry.organisation_id->text) != me.spoken_for.end();
}

Viewer viewer_of(Context const& context, Me const& me, Entry const& entry, Layer granted) {
    return {.member = me.member,
            .owner = owns(me, entry) && context.may(write_permission),
            .officer = context.may(review_permission, entry.scope),
            .granted = granted};
}

auth::Actor acting(Context const& context, Entry const& entry, bool owner) {
    auth::Actor actor = context.actor;
    if (owner) actor.roles.push_back({"entry_owner", {entry.scope}});
    return actor;
}

std::optional<Seen> find_seen(db::Session& session, std::string_view id_or_number, std::string_view account) {
    static std::string const sql =
        "select " + entity::column_list(Entry::meta, "e") +
        ", a.layer, t.id from library_entry e left join library_access a on a.entry_id = e.id and a.account_id = ? "
        "left join library_thread t on t.entry_id = e.id and t.account_id = ? and t.state <> 'closed' where ";
    static std::string const by_id = sql + "e.id = ?", by_number = sql + "e.number = ?";
    std::optional<Seen> found;
    int const layer_column = static_cast<int>(Entry::meta.fields.size());
    session.query(is_id(id_or_number) ? by_id : by_number,
                  {std::string{account}, std::string{account}, std::string{id_or_number}}, [&](db::Row const& row) {
                      found.emplace();
                      entity::load_row(Entry::meta, &found->entry, row);
                      if (!row.is_null(layer_column)) found->granted = layer_named(row.text(layer_column));
                      if (!row.is_null(layer_column + 1)) found->thread = row.text(layer_column + 1);
                  });
    return found;
}

Result<View> view_of(Context& context, std::string_view id_or_number) {
    auto seen = find_seen(context.reader(), id_or_number, context.actor.account_id);
    if (!seen) return refuse(Refusal::not_found, "error.not_found");
    View view{.me = me_of(context), .seen = *std::move(seen)};
    view.viewer = viewer_of(context, view.me, view.entry(), view.seen.granted);
    view.layer = layer_of(view.entry(), view.viewer);
    if (view.layer == Layer::none) return refuse(Refusal::not_found, "error.not_found");
    return view;
}

Result<View> own_view(Context& context, std::string_view id_or_number) {
    View view = TRY(view_of(context, id_or_number));
    if (!view.viewer.owner) return refuse(Refusal::forbidden, "error.forbidden");
    return view;
}

Layer layer_for(Context& context, std::string_view entry_id) {
    auto const view = view_of(context, entry_id);
    return view ? view->layer : Layer::none;
}

} // namespace sangu::library
