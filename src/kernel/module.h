#pragma once

// What a module offers, as one value: the index of its folder. Registration is an ordinary function call
// from app/main.cpp through modules.def; every member but the name may stay empty.

#include "base/embedded.h"
#include "kernel/auth/actor.h"
#include "kernel/entity/entity.h"
#include "kernel/events/audience.h"
#include "kernel/events/events.h"
#include "kernel/flow/flow.h"
#include "kernel/http/route.h"
#include "kernel/jobs/jobs.h"
#include "kernel/resource/import_report.h"
#include "kernel/resource/resource.h"

#include <any>
#include <span>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace sangu {

struct Services;

// An entry of the navigation, shown when the actor has the permission somewhere.
struct MenuItem {
    std::string_view group; // message key of the heading: "menu.plan", "menu.administration"; "": beside the account
    std::string_view label; // message key
    std::string_view path;  // "/cockpit"
    std::string_view permission; // "public", "signed_in" or a declared one
    int order = 100;             // within the group
    // A number shown with the label while somebody is signed in, by one cheap query; read again on the event
    // `renewed_by`.
    std::int64_t (*count)(db::Session& session, std::string_view account_id) = nullptr;
    std::string_view renewed_by = {};
};

// A JSON Schema for the OpenAPI document that no entity gives.
struct Schema {
    std::string_view name;
    std::string_view json;
};

// A table file that is imported by rules of its own rather than row by row of a Resource: `sangu import <name> FILE`.
struct TableImport {
    std::string_view name; // "observations"
    Result<resource::ImportReport> (*run)(Context& context, std::string const& path, std::string_view file_name,
                                          resource::ImportMode mode, std::string_view begun) = nullptr;
};

struct Module {
    std::string_view name;
    std::vector<std::string_view> uses;
    std::vector<entity::EntityMeta const*> entities;
    std::vector<flow::Flow const*> flows;
    std::vector<auth::Permission> permissions;
    std::vector<http::Route> routes;
    std::vector<resource::Resource> resources; // generic lists, forms, API, import and export of entities
    std::vector<TableImport> imports;
    std::vector<MenuItem> menu;
    std::vector<events::Listener> listeners;
    std::vector<events::Audience> audiences; // whom the module's events concern
    std::vector<jobs::Handler> jobs;
    std::vector<jobs::Schedule> schedules;
    std::vector<Schema> schemas;
    // Values for modules below that cannot know this one and ask for them by type, see offers_of().
    std::vector<std::any> offers;
    std::span<EmbeddedFile const> files; // migrations/*.sql, data/* (from sangu_module())
    // Runs once after migrations: reference data that must be there (idempotent, inside one write command).
    void (*seed)(Services& services) = nullptr;
};

// What the modules offer of one type, in their order: offers_of<library::Kind const*>(services.modules).
template <class T> std::vector<T> offers_of(std::span<Module const> modules) {
    std::vector<T> found;
    for (Module const& module : modules)
        for (std::any const& offer : module.offers)
            if (auto const* one = std::any_cast<T>(&offer)) found.push_back(*one);
    return found;
}

// Sorted so that every module comes after the modules it uses; throws std::logic_error on a cycle or a missing one.
std::vector<Module> in_order(std::vector<Module> modules);

} // namespace sangu
