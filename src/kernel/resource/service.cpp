#include "kernel/resource/service.h"

#include "base/id.h"
#include "kernel/module.h"

#include <algorithm>
#include <set>

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;
using entity::FieldMeta;

namespace {

std::string permission_or_public(std::string_view permission) { return std::string{permission}; }

std::string event_kind(EntityMeta const& meta, std::string_view what) {
    return std::string{meta.name} + "." + std::string{what};
}

} // namespace

Result<void> check_written(Context& context, db::Session& session, Resource const& resource, void const* before,
                           void* after) {
    // Members that nobody types (read-only ones) may be derived by before_write: they are checked after it.
    auto problems = entity::validate(*resource.meta, after);
    std::erase_if(problems, [&](Problem const& problem) {
        FieldMeta const* field = resource.meta->find(problem.field);
        return field && field->read_only;
    });
    if (!problems.empty()) return refuse(std::move(problems));
    if (resource.before_write) TRY_VOID(resource.before_write(context, session, before, after));
    if (problems = entity::validate(*resource.meta, after); !problems.empty()) return refuse(std::move(problems));
    return {};
}

std::string scope_of(Resource const& resource, void const* object) {
    return resource.scope_of ? resource.scope_of(object) : std::string{"zone"};
}

bool may_read(Context const& context, Resource const& resource) {
    return context.services.permissions.allows_somewhere(context.actor, resource.read);
}

bool may_write_somewhere(Context const& context, Resource const& resource) {
    return !resource.write.empty() && context.services.permissions.allows_somewhere(context.actor, resource.write);
}

std::vector<auth::Scope> readable_scopes(Context const& context, Resource const& resource) {
    return context.services.permissions.scopes_of(context.actor, resource.read);
}

entity::Personal personal_for(Context const& context, Resource const& resource, AnyObject const& object) {
    return !resource.write.empty() && context.may(resource.write, scope_of(resource, object.get()))
               ? entity::Personal::show
               : entity::Personal::hide;
}

Page list(Context& context, Resource const& resource, Query const& query) {
    Page page;
    Statement const tail = list_tail(resource, query, readable_scopes(context, resource));
    AnyObject one{*resource.meta};
    entity::each(context.reader(), *resource.meta, one.get(), tail.sql, db::Parameters{tail.parameters}, [&] {
        if (page.rows.size() < static_cast<std::size_t>(query.rows))
            page.rows.push_back(one);
        else
            page.more = true;
    });
    return page;
}

Result<AnyObject> load(Context& context, Resource const& resource, std::string_view id) {
    if (!is_id(id)) return refuse(Refusal::not_found, "error.not_found");
    AnyObject object{*resource.meta};
    bool found = false;
    RowFilter const visible = resource.visible ? resource.visible(context) : RowFilter{};
    std::vector<Value> values{std::string{id}};
    values.insert(values.end(), visible.parameters.begin(), visible.parameters.end());
    std::string tail = "where " + std::string{resource.meta->key().name} + " = ?";
    if (!visible.sql.empty()) tail += " and (" + visible.sql + ")";
    entity::each(context.reader(), *resource.meta, object.get(), tail, db::Parameters{values}, [&] { found = true; });
    if (!found || !context.may(resource.read, scope_of(resource, object.get())))
        return refuse(Refusal::not_found, "error.not_found");
    return object;
}

Result<std::string> create(Context& context, Resource const& resource, AnyObject& object) {
    resource.meta->key().store(object.get(), Value{new_id()});
    if (!may_write_somewhere(context, resource)) return refuse(Refusal::forbidden, "error.forbidden");
    return context.change<std::string>([&](Change& change) -> Result<std::string> {
        TRY_VOID(check_written(context, change.transaction(), resource, nullptr, object.get()));
        // Only now: the check may have derived the scope from what was entered.
        std::string const scope = scope_of(resource, object.get());
        TRY_VOID(context.require(resource.write, scope));
        change.create(*resource.meta, object.get(), object.id(), scope);
        if (resource.after_write) TRY_VOID(resource.after_write(context, change, nullptr, object.get()));
        change.publish(event_kind(*resource.meta, "created"), object.id(), scope, permission_or_public(resource.read));
        return object.id();
    });
}

Result<void> save(Context& context, Resource const& resource, AnyObject const& before, AnyObject& after) {
    std::string const scope = scope_of(resource, before.get());
    TRY_VOID(context.require(resource.write, scope));
    return context.change<void>([&](Change& change) -> Result<void> {
        TRY_VOID(check_written(context, change.transaction(), resource, before.get(), after.get()));
        // The scope it moves to, which the check may have derived.
        TRY_VOID(context.require(resource.write, scope_of(resource, after.get())));
        TRY_VOID(change.save(*resource.meta, before.get(), after.get(), after.id(),
                             event_kind(*resource.meta, "updated"), scope, {}));
        if (resource.after_write) TRY_VOID(resource.after_write(context, change, before.get(), after.get()));
        change.publish(event_kind(*resource.meta, "updated"), after.id(), scope, permission_or_public(resource.read));
        return {};
    });
}

Result<void> act(Context& context, Resource const& resource, std::string_view id, std::string_view action,
                 std::string comment) {
    if (!resource.flow) return refuse(Refusal::not_found, "error.not_found");
    AnyObject const before = TRY(load(context, resource, id));
    AnyObject after = before;
    std::string const scope = scope_of(resource, before.get());
    flow::Taken const taken =
        TRY(flow::take(*resource.flow, after.get(), action, context.actor, scope, context.now(), std::move(comment)));
    return context.change<void>([&](Change& change) -> Result<void> {
        TRY_VOID(check_written(context, change.transaction(), resource, before.get(), after.get()));
        TRY_VOID(change.save(*resource.meta, before.get(), after.get(), after.id(), event_kind(*resource.meta, action),
                             scope, taken.comment));
        if (resource.after_write) TRY_VOID(resource.after_write(context, change, before.get(), after.get()));
        change.publish(event_kind(*resource.meta, action), after.id(), scope, permission_or_public(resource.read));
        return {};
    });
}

std::vector<flow::Offer> offers_for(Context const& context, Resource const& resource, void const* object) {
    if (!resource.flow) return {};
    return flow::offers(*resource.flow, object, context.actor, scope_of(resource, object));
}

} // namespace sangu::resource
