#include "kernel/module.h"

#include "modules/reference/pages.h"

namespace sangu {

namespace {

constexpr std::string_view everyone[] = {"public"};

constexpr std::string_view table_schema = R"({"type":"object","required":["table","edition","items"],"properties":{
"table":{"type":"string"},"edition":{"type":"string"},"items":{"type":"array","items":{"type":"object","properties":{
"code":{"type":"string"},"name_zh":{"type":"string"},"name_en":{"type":"string"},"parent":{"type":"string"},
"since":{"type":"string"},"until":{"type":"string"},"successor":{"type":"string"},
"status":{"type":"string","enum":["official","statistical","unconfirmed"]}}}}}})";

} // namespace

Module reference_module() {
    using namespace reference;
    using enum http::Method;
    constexpr auto none = http::Body::none;
    constexpr auto page = http::Cache::page;
    Module module{.name = "reference"};
    module.permissions = {{"reference.read", everyone}};
    module.routes = {{get, "/reference", "reference.read", tables_page, none, page},
                     {get, "/reference/{table}", "reference.read", table_page, none, page},
                     {get, "/reference/{table}/download.csv", "reference.read", table_csv},
                     {get, "/api/v1/reference/{table}", "reference.read", api_table, none, page, "reference.title", "",
                      "reference.table"}};
    module.menu = {{"menu.register", "reference.title", "/reference", "public", 90}};
    module.schemas = {{"reference.table", table_schema}};
    return module;
}

} // namespace sangu
