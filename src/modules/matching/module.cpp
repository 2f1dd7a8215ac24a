#include "kernel/module.h"

#include "modules/matching/pages.h"
#include "modules/matching/record_index.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> matching_files();
}

Module matching_module() {
    using namespace matching;
    using enum http::Method;
    auto const index = std::make_shared<RecordIndex>();
    Module module{.name = "matching", .uses = {"library", "reference", "registry"}};
    module.routes = {{.method = get, .pattern = "/search", .permission = "public", .handler = search_page},
                     {.method = get,
                      .pattern = "/search/about",
                      .permission = "public",
                      .handler = about_page,
                      .cache = http::Cache::page},
                     {.method = get,
                      .pattern = "/api/v1/search",
                      .permission = "public",
                      .handler = api_search,
                      .summary = "matching.search.title",
                      .response_schema = "matching.findings"}};
    module.schemas = {
        {"matching.findings",
         R"({"type":"object","properties":{"total":{"type":"integer"},"page":{"type":"integer"},"words":{"enum":)"
         R"(["all","any"]},"items":{"type":"array","items":{"type":"object","properties":{"kind":{"type":"string)"
         R"("},"title":{"type":"string"},"path":{"type":"string"},"score":{"type":"number"},"passage":{"type":"s)"
         R"(tring"},"reasons":{"type":"array","items":{"type":"object","properties":{"term":{"type":"string"},"f)"
         R"(ield":{"type":"string"},"share":{"type":"number"}}}}}}},"facets":{"type":"object","additionalPropert)"
         R"(ies":{"type":"object","additionalProperties":{"type":"integer"}}}}})"}};
    module.menu = {{"menu.search", "menu.search", "/search", "public", 1}};
    module.offers = {index, std::shared_ptr<events::Follower>{index}};
    module.files = embedded::matching_files();
    return module;
}

} // namespace sangu
