#pragma once

// A database with the plan's own data and three people: an officer of Changsha, two zone officers.

#include "kernel/host.h"
#include "kernel/module.h"
#include "modules/indicators/import.h"
#include "modules/indicators/service.h"
#include "modules/indicators/store.h"
#include "support/kernel_fixture.h"

#include <array>

namespace sangu {
Module registry_module();
Module indicators_module();
} // namespace sangu

namespace sangu::indicators {

class OnBothPlans : public test::OnBothKernels {
protected:
    void SetUp() override {
        OnBothKernels::SetUp();
        if (IsSkipped()) return;
        i18n::load_catalogues();
        modules_ = {registry_module(), indicators_module()};
        db::migrate(database(), migrations_of(modules_));
        permissions_.add(modules_[1].permissions);
        modules_[0].seed(services());
        import_plan_data(services());
    }

    static auth::Actor person(std::string const& id, std::string role, std::string scope) {
        return {.kind = auth::ActorKind::person,
                .account_id = id,
                .name = id,
                .roles = {{std::move(role), {std::move(scope)}}}};
    }
    Context changsha() { return context(person("li_na", "city_officer", "zone/changsha")); }
    Context officer() { return context(person("wang_wei", "zone_officer", "zone")); }
    Context other_officer() { return context(person("chen_jing", "zone_officer", "zone")); }

    Result<ImportReport> import_text(Context& who, TableKind kind, std::string const& text,
                                     ImportMode mode = ImportMode::store) {
        return import_table(who, kind, [&] { return tables::open_text(text); }, "test.csv", hash_of(text), mode);
    }
    static std::string hash_of(std::string const& text) {
        std::string hash = std::to_string(std::hash<std::string>{}(text));
        return std::string(64 - hash.size(), '0') + hash;
    }
    std::int64_t count(std::string const& table) {
        Context one = context();
        return one.reader().integer("select count(*) from " + table).value_or(-1);
    }
    static Observation teams_in_changsha(double value) {
        Observation one;
        one.indicator = "I01";
        one.place = "changsha";
        one.period = "2018";
        one.value = value;
        one.unit = "个";
        one.source = "CS2018";
        return one;
    }

    std::array<Module, 2> modules_;
};

} // namespace sangu::indicators
