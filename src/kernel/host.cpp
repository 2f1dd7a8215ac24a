#include "kernel/host.h"

#include "base/log.h"
#include "kernel/auth/secrets.h"
#include "kernel/calendar/calendar.h"
#include "kernel/events/follower.h"
#include "kernel/events/pump.h"
#include "kernel/http/pipeline.h"
#include "kernel/imports/pages.h"
#include "kernel/jobs/housekeeping.h"
#include "kernel/jobs/runner.h"
#include "kernel/resource/resource.h"

namespace sangu {

namespace {

auth::PermissionTable permissions_of(std::span<Module const> modules) {
    auth::PermissionTable table;
    for (Module const& module : modules) table.add(module.permissions);
    return table;
}

// One list out of the same list of every module.
template <class T>
std::vector<T> gather(std::span<Module const> modules, std::vector<T> Module::* member, std::vector<T> first = {}) {
    for (Module const& module : modules) first.insert(first.end(), (module.*member).begin(), (module.*member).end());
    return first;
}

std::vector<http::Route> routes_of(std::span<Module const> modules) {
    std::vector<http::Route> routes = gather(modules, &Module::routes);
    for (Module const& module : modules)
        for (resource::Resource const& one : module.resources) {
            std::ranges::move(resource::routes_of(one), std::back_inserter(routes));
            std::ranges::move(imports::routes_of(one), std::back_inserter(routes));
        }
    return routes;
}

} // namespace

struct Host::State {
    config::Settings settings;
    std::vector<Module> modules;
    auth::PermissionTable permissions;
    std::unique_ptr<db::Database> database;
    Services services;
    jobs::Runner jobs;
    events::Pump pump;
    std::vector<std::shared_ptr<events::Follower>> followers;
    http::Pipeline pipeline;

    State(config::Settings given, std::vector<Module> unordered, Clock const& clock)
        : settings{std::move(given)}, modules{in_order(std::move(unordered))}, permissions{permissions_of(modules)},
          database{db::open({.url = settings.database})}, services{*database, clock, permissions, settings, modules},
          jobs{services, gather(modules, &Module::jobs, jobs::housekeeping_jobs()),
               gather(modules, &Module::schedules, jobs::housekeeping_schedules())},
          pump{services, gather(modules, &Module::listeners)},
          followers{offers_of<std::shared_ptr<events::Follower>>(modules)}, pipeline{services, routes_of(modules)} {}

    void prepare() {
        for (db::MigrationStep const& step : db::migrate(*database, migrations_of(modules)))
            log::info("migrated", {{"module", step.module}, {"name", step.name}});
        auth::prepare_keys(services);
        calendar::import_built_in_years(*database, services.clock.now());
        services.set_working_days(std::make_shared<calendar::WorkingDays const>(calendar::load(*database->read())));
        for (Module const& module : modules)
            if (module.seed) module.seed(services);
    }
};

Host::Host(config::Settings settings, std::vector<Module> modules, Clock const& clock) {
    i18n::load_catalogues();
    state_ = std::make_unique<State>(std::move(settings), std::move(modules), clock);
    state_->prepare();
}

Host::~Host() { stop_background(); }

Services& Host::services() { return state_->services; }

http::Application Host::application() {
    auto& pipeline = state_->pipeline;
    return {[&](http::RequestView const& request) { return pipeline.inline_answer(request); },
            [&](http::Request& request) { return pipeline.handle(request); },
            [&](http::Method method, std::string_view path) { return pipeline.body_limit(method, path); },
            [&](http::Request& request, Error const& error) { return pipeline.refuse_body(request, error); }};
}

http::Reply Host::handle(http::Request& request) { return state_->pipeline.handle(request); }

void Host::start_background() {
    state_->jobs.start();
    state_->pump.start();
    for (auto const& follower : state_->followers) follower->start(state_->services);
}

void Host::stop_background() {
    state_->jobs.stop();
    state_->pump.stop();
    for (auto const& follower : state_->followers) follower->stop();
}

void Host::run_background_once() {
    state_->pump.run_once(); // listeners may schedule jobs, and jobs publish events
    state_->jobs.run_due_once();
    state_->pump.run_once();
    for (auto const& follower : state_->followers) follower->run_once(state_->services);
}

} // namespace sangu
