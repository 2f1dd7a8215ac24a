#pragma once

// A database with the plan's own data and the people who work on it.

#include "kernel/calendar/calendar.h"
#include "kernel/host.h"
#include "kernel/module.h"
#include "modules/plan/resources.h"
#include "modules/plan/rules.h"
#include "modules/plan/service.h"
#include "support/kernel_fixture.h"

#include <array>

namespace sangu {
Module registry_module();
Module indicators_module();
Module plan_module();
} // namespace sangu

namespace sangu::plan {

class OnBothTaskBooks : public test::OnBothKernels {
protected:
    void SetUp() override {
        OnBothKernels::SetUp();
        if (IsSkipped()) return;
        i18n::load_catalogues();
        modules_ = {registry_module(), indicators_module(), plan_module()};
        db::migrate(database(), migrations_of(modules_));
        for (Module const& module : modules_) permissions_.add(module.permissions);
        calendar::import_built_in_years(database(), clock_.now());
        services().set_working_days(std::make_shared<calendar::WorkingDays const>(calendar::load(*database().read())));
        for (Module const& module : modules_) module.seed(services());
        write([](db::Transaction& transaction) {
            for (auto const& [id, name] : {std::pair{unit, "湘潭高新集团"}, std::pair{other_unit, "长沙智能研究院"}})
                transaction.execute("insert into registry_organisation (id, name, kind, scope, version) "
                                    "values (?, ?, 'government', 'zone', 1)",
                                    {std::string{id}, std::string{name}});
        });
    }

    static auth::Actor person(std::string const& id, std::string role, std::string scope) {
        return {.kind = auth::ActorKind::person,
                .account_id = id,
                .name = id,
                .roles = {{std::move(role), {std::move(scope)}}}};
    }
    Context officer() { return context(person("wang_wei", "zone_officer", "zone")); }
    Context second_officer() { return context(person("chen_jing", "zone_officer", "zone")); }
    Context leader() { return context(person("zhou_min", "zone_leader", "zone")); }
    Context changsha() { return context(person("li_na", "city_officer", "zone/changsha")); }
    Context zhuzhou() { return context(person("liu_yang", "city_officer", "zone/zhuzhou")); }
    Context of_unit() { return context(person("hu_ping", "unit_officer", "org/" + std::string{unit})); }

    Task task(std::string_view code) {
        Context one = context();
        return task_named(one.reader(), code).value();
    }
    void assign_to_unit(std::string_view code, std::optional<Date> due = {}) {
        Context zone = officer();
        ASSERT_TRUE(assign(zone, code, {.lead_unit = "湘潭高新集团", .coop_units = "长沙智能研究院", .due = due},
                           task(code).version));
    }
    static ProgressEntry entry(std::int64_t percent) {
        ProgressEntry one;
        one.day = *parse_date("2026-11-20");
        one.percent = percent;
        one.text = "已引进三个团队";
        return one;
    }
    static http::Upload evidence() {
        http::Upload upload;
        upload.field = "evidence";
        upload.file_name = "佐证.txt";
        upload.data = "团队名单";
        upload.size = upload.data.size();
        return upload;
    }
    std::int64_t count(std::string const& table) {
        Context one = context();
        return one.reader().integer("select count(*) from " + table).value_or(-1);
    }

    static constexpr std::string_view unit = "01jbh0000000000000000000an", other_unit = "01jbh0000000000000000000bn";
    std::array<Module, 3> modules_;
};

} // namespace sangu::plan
