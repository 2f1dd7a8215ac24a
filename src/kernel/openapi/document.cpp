#include "kernel/entity/derive.h"
#include "kernel/i18n/i18n.h"
#include "kernel/imports/pages.h"
#include "kernel/json/json.h"
#include "kernel/openapi/openapi.h"
#include "kernel/version.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace sangu::openapi {

namespace {

constexpr std::string_view api_prefix = "/api/";

std::string reference(std::string_view schema) { return "#/components/schemas/" + std::string{schema}; }

// "[x]" is a page of x: {"items": […], "next": address or null}.
void write_schema_of(json::Writer& writer, std::string_view name) {
    if (!name.starts_with('[')) {
        writer.begin_object().member("$ref", reference(name)).end_object();
        return;
    }
    writer.begin_object().member("type", "object").key("required").begin_array().value("items").end_array();
    writer.key("properties").begin_object();
    writer.key("items").begin_object().member("type", "array").key("items").begin_object();
    writer.member("$ref", reference(name.substr(1, name.size() - 2))).end_object().end_object();
    writer.key("next").begin_object().key("type").begin_array().value("string").value("null").end_array();
    writer.member("description", "address of the next page").end_object();
    writer.end_object().end_object();
}

void write_parameters(json::Writer& writer, std::string_view pattern) {
    writer.key("parameters").begin_array();
    for (std::size_t at = pattern.find('{'); at != std::string_view::npos; at = pattern.find('{', at + 1)) {
        std::string_view name = pattern.substr(at + 1, pattern.find('}', at) - at - 1);
        if (name.ends_with("...")) name.remove_suffix(3);
        writer.begin_object().member("name", name).member("in", "path").member("required", true);
        writer.key("schema").begin_object().member("type", "string").end_object().end_object();
    }
    writer.end_array();
}

void write_content(json::Writer& writer, std::string_view schema, std::string_view type = "application/json") {
    writer.key("content").begin_object().key(type).begin_object().key("schema");
    write_schema_of(writer, schema);
    writer.end_object().end_object();
}

void write_responses(json::Writer& writer, http::Route const& route) {
    writer.key("responses").begin_object().key("2XX").begin_object().member("description", "done");
    if (!route.response_schema.empty()) write_content(writer, route.response_schema);
    writer.end_object();
    writer.key("default").begin_object().member("description", "refused, RFC 9457");
    write_content(writer, "problem", "application/problem+json");
    writer.end_object().end_object();
}

void write_operation(json::Writer& writer, http::Route const& route) {
    writer.key(method_name(route.method)).begin_object();
    if (!route.summary.empty()) writer.member("summary", i18n::message(i18n::Language::en, route.summary));
    writer.member("description", "Permission: " + std::string{route.permission});
    write_parameters(writer, route.pattern);
    if (!route.request_schema.empty()) {
        writer.key("requestBody").begin_object().member("required", true);
        write_content(writer, route.request_schema);
        writer.end_object();
    }
    write_responses(writer, route);
    if (route.permission != "public") {
        writer.key("security").begin_array().begin_object().key("token").begin_array().end_array();
        writer.end_object().end_array();
    }
    writer.end_object();
}

// OpenAPI writes a parameter that takes the rest of the path like any other.
std::string path_of(std::string_view pattern) {
    std::string path{pattern};
    if (auto const rest = path.find("...}"); rest != std::string::npos) path.erase(rest, 3);
    return path;
}

constexpr std::string_view problem_schema =
    R"({"type":"object","description":"RFC 9457 problem details","required":["type","title","status"],"properties":{)"
    R"("type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},)"
    R"("instance":{"type":"string"},"errors":{"type":"array","items":{"type":"object","properties":{)"
    R"("field":{"type":"string"},"key":{"type":"string"},"message":{"type":"string"},"line":{"type":"integer"},)"
    R"("column":{"type":"integer"}}}}}})";

void write_components(json::Writer& writer, std::span<Module const> modules) {
    std::map<std::string, std::string> schemas;
    schemas.emplace("problem", problem_schema);
    for (Module const& module : modules) {
        for (entity::EntityMeta const* meta : module.entities)
            schemas.emplace(std::string{meta->name}, entity::openapi_schema(*meta));
        for (Schema const& schema : module.schemas) schemas.emplace(std::string{schema.name}, std::string{schema.json});
    }
    writer.key("components").begin_object().key("schemas").begin_object();
    for (auto const& [name, text] : schemas) writer.key(name).raw(text);
    writer.end_object();
    writer.key("securitySchemes").begin_object().key("token").begin_object();
    writer.member("type", "http").member("scheme", "bearer").end_object().end_object().end_object();
}

} // namespace

std::string_view method_name(http::Method method) {
    switch (method) {
    case http::Method::get: return "get";
    case http::Method::post: return "post";
    case http::Method::put: return "put";
    case http::Method::patch: return "patch";
    case http::Method::delete_: return "delete";
    default: return "options";
    }
}

std::vector<http::Route> routes_of(std::span<Module const> modules) {
    std::vector<http::Route> routes;
    for (Module const& module : modules) {
        routes.insert(routes.end(), module.routes.begin(), module.routes.end());
        for (resource::Resource const& one : module.resources) {
            std::ranges::move(resource::routes_of(one), std::back_inserter(routes));
            std::ranges::move(imports::routes_of(one), std::back_inserter(routes));
        }
    }
    return routes;
}

std::string document(std::span<Module const> modules, std::string_view server) {
    auto const routes = routes_of(modules);
    std::map<std::string, std::vector<http::Route const*>> paths;
    for (http::Route const& route : routes)
        if (route.pattern.starts_with(api_prefix)) paths[path_of(route.pattern)].push_back(&route);
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("openapi", "3.1.0");
    writer.key("info").begin_object().member("title", "sangu").member("version", version);
    writer.key("license").begin_object().member("name", "Apache-2.0").member("identifier", "Apache-2.0").end_object();
    writer.end_object();
    writer.key("servers").begin_array().begin_object().member("url", server).end_object().end_array();
    writer.key("paths").begin_object();
    for (auto const& [path, operations] : paths) {
        writer.key(path).begin_object();
        for (http::Route const* route : operations) write_operation(writer, *route);
        writer.end_object();
    }
    writer.end_object();
    write_components(writer, modules);
    writer.end_object();
    return out;
}

} // namespace sangu::openapi
