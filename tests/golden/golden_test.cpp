// What others build upon: the API, the schema, who may do what, the options, the workflows.

#include "golden/golden.h"
#include "kernel/config/settings.h"
#include "kernel/context.h"
#include "kernel/entity/derive.h"
#include "kernel/i18n/i18n.h"
#include "kernel/openapi/openapi.h"
#include "modules/all_modules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu::test {
namespace {

std::string schema_in(db::Dialect dialect) {
    std::string text;
    for (Module const& module : all_modules())
        for (entity::EntityMeta const* meta : module.entities)
            text += entity::create_table_sql(*meta, dialect) + "\n\n";
    return text;
}

TEST(Golden, OpenApiDocument) {
    i18n::load_catalogues();
    auto const all = all_modules();
    expect_golden("tests/golden/openapi.json", indented(openapi::document(all, "https://sangu.example")));
}

TEST(Golden, SchemaOnBothDatabases) {
    expect_golden("tests/golden/schema.sqlite.sql", schema_in(db::Dialect::sqlite));
    expect_golden("tests/golden/schema.postgres.sql", schema_in(db::Dialect::postgres));
}

TEST(Golden, PermissionMatrix) {
    auth::PermissionTable table;
    for (Module const& module : all_modules()) table.add(module.permissions);
    auto const roles = table.roles();
    std::string text = "| permission | everyone | signed in |";
    std::string rule = "|---|---|---|";
    for (std::string_view const role : roles) {
        text.append(" ").append(role).append(" |");
        rule += "---|";
    }
    text += "\n" + rule + "\n";
    for (auth::Permission const& one : table.all()) {
        auto const mark = [&](std::string_view role) {
            return std::ranges::find(one.roles, role) == one.roles.end() ? "  |" : " x |";
        };
        text.append("| ").append(one.name).append(" |").append(mark("public")).append(mark("signed_in"));
        for (std::string_view const role : roles) text += mark(role);
        text += "\n";
    }
    expect_golden("tests/golden/permissions.md", text);
}

// As pages show it; the benchmark's peer shows the same menu.
TEST(Golden, Menu) {
    i18n::load_catalogues();
    auto const all = all_modules();
    std::string text = "| group | label | path | permission |\n|---|---|---|---|\n";
    auto const shown = [](std::string_view key) {
        return key.empty() ? std::string_view{} : i18n::message(i18n::Language::zh_hans, key);
    };
    for (MenuItem const* one : in_menu_order(all))
        for (std::string_view const cell :
             {std::string_view{"| "}, shown(one->group), std::string_view{" | "}, shown(one->label),
              std::string_view{" | "}, one->path, std::string_view{" | "}, one->permission, std::string_view{" |\n"}})
            text += cell;
    expect_golden("tests/golden/menu.md", text);
}

TEST(Golden, Options) {
    std::string text =
        "# Options\n\nGenerated from `src/kernel/config/settings.cpp` by `make golden`. A value comes from "
        "the settings file (TOML), then\nfrom the environment (`SANGU_` and the name in capitals; "
        "`…_FILE` names a file with a secret), then from a flag\n(`--` and the name with `-`), each "
        "stronger than the one before. `sangu doctor` shows what is in force.\n\n"
        "| option | built in | limits | meaning |\n|---|---|---|---|\n";
    for (config::Option const& one : config::options()) {
        std::string const value = config::value_text(config::Settings{}, one.key);
        std::string const limits =
            one.min || one.max ? std::to_string(one.min) + "–" + std::to_string(one.max) : std::string{};
        text.append("| `").append(one.key).append("` | ").append(value.empty() ? "" : "`" + value + "`");
        text.append(" | ").append(one.secret ? "secret: never a flag" : limits);
        text.append(" | ").append(config::help_of(one)).append(" |\n");
    }
    expect_golden("docs/options.md", text);
}

TEST(Golden, FlowDiagrams) {
    std::string text = "# Workflows\n\nGenerated from the flow tables of the modules by `make golden`. An arrow is an "
                       "action.\n";
    for (Module const& module : all_modules())
        for (flow::Flow const* one : module.flows)
            text.append("\n## ")
                .append(one->name)
                .append("\n\n```mermaid\n")
                .append(flow::to_mermaid(*one))
                .append("```\n");
    expect_golden("docs/flows.md", text);
}

TEST(GoldenTools, IndentKeepsStringsAndEmptyContainers) {
    EXPECT_EQ(indented(R"({"a":[],"b":{"c":"x,{\"y"},"d":[1,2]})"),
              "{\n \"a\":[],\n \"b\":{\n  \"c\":\"x,{\\\"y\"\n },\n \"d\":[\n  1,\n  2\n ]\n}\n");
}

} // namespace
} // namespace sangu::test
