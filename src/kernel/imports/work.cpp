#include "kernel/auth/holders.h"
#include "kernel/imports/steps.h"
#include "kernel/json/json.h"
#include "kernel/module.h"

namespace sangu::imports {

namespace detail {

bool Progress::is_due() {
    auto const now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::seconds{1}) return false;
    last_ = now;
    return true;
}

void Progress::publish(Change& change, Import const& import) {
    change.publish("imports.moved", import.id.text, "account/" + import.account_id, "own");
}

std::string fields_of(entity::EntityMeta const& meta, void const* object) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object();
    for (entity::FieldMeta const& field : meta.fields)
        if (!field.key && !field.version) writer.member(field.name, field.load(object));
    writer.end_object();
    return out;
}

void restore_fields(entity::EntityMeta const& meta, void* object, std::string_view text) {
    auto const document = json::Document::parse(text);
    if (!document) throw std::runtime_error{"an unreadable journal"};
    json::Node const root = document->root();
    for (std::size_t i = 0; i < root.size(); ++i) {
        entity::FieldMeta const* field = meta.find(root.key_at(i));
        if (!field || field->key || field->version) continue;
        json::Node const node = root.at(i);
        Value value;
        switch (node.kind()) {
        case json::Kind::boolean: value = node.boolean(); break;
        case json::Kind::integer: value = node.integer(); break;
        case json::Kind::real: value = node.real(); break;
        case json::Kind::string: value = std::string{node.text()}; break;
        default: break;
        }
        if (field->type->kind == entity::Kind::real && node.kind() == json::Kind::integer) value = node.real();
        if (!field->store(object, value)) throw std::runtime_error{"an unreadable field in a journal"};
    }
}

} // namespace detail

namespace {

constexpr int slice_ms = 3000; // other jobs run in between

resource::Resource const* resource_named(Services const& services, std::string_view path) {
    for (Module const& module : services.modules)
        for (resource::Resource const& one : module.resources)
            if (one.path == path) return &one;
    return nullptr;
}

// The account that began the import, with the rights it has today.
auth::Actor actor_of(Services& services, Import const& import, Date today) {
    if (import.account_id == auth::system_actor().account_id) return auth::system_actor();
    auto const reader = services.database.read();
    auto actor = auth::actor_of(*reader, import.account_id, today);
    if (actor) return *actor;
    auth::Actor gone = auth::anonymous();
    gone.account_id = import.account_id;
    gone.name = import.account_name;
    return gone;
}

Result<void> run_job(Context& context, std::string_view key, std::string_view) {
    auto const resource_path =
        context.reader().text("select resource from kernel_table_import where id = ?", {std::string{key}});
    auto const* resource = resource_path ? resource_named(context.services, *resource_path) : nullptr;
    if (!resource) return {}; // deleted, or its module was left out
    context.refresh();
    if (!work(context.services, *resource, key, slice_ms))
        if (auto const import = find(context.reader(), resource->path, key)) leave_to_job(context.services, *import);
    return {};
}

} // namespace

bool work(Services& services, resource::Resource const& resource, std::string_view import_id, int budget_ms) {
    auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds{budget_ms};
    do {
        auto const import = find(*services.database.read(), resource.path, import_id);
        if (!import || !is_working(import->state)) return true;
        Context context{services, auth::system_actor(), i18n::Language::zh_hans};
        context.actor = actor_of(services, *import, context.today());
        context.request_id = import->id.text;
        detail::Work step{context, resource, *import, until};
        switch (import->state) {
        case State::checking: detail::check(step); break;
        case State::running: detail::run(step); break;
        default: detail::take_back(step); break;
        }
    } while (std::chrono::steady_clock::now() < until);
    auto const left = find(*services.database.read(), resource.path, import_id);
    return !left || !is_working(left->state);
}

std::vector<jobs::Handler> job_handlers() { return {{.kind = job_kind, .run = run_job, .attempts_max = 100}}; }

} // namespace sangu::imports
