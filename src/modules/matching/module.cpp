#include "kernel/module.h"

#include "modules/library/library.h"
#include "modules/matching/entities.h"
#include "modules/matching/outcomes.h"
#include "modules/matching/pages.h"
#include "modules/matching/record_index.h"
#include "modules/matching/rules.h"
#include "modules/matching/words.h"

namespace sangu {

namespace embedded {
std::span<EmbeddedFile const> matching_files();
}

namespace {

constexpr std::string_view zone_officers[] = {"zone_officer"};
constexpr std::string_view edit_permission = "matching.pair.edit";

// The kinds of a rule by their names.
std::string words_of(Context const& context, entity::FieldMeta const& field, void const* object) {
    auto const& pair = *static_cast<matching::Pair const*>(object);
    if (field.name == "from_kind") return matching::kind_text(context, pair.from_kind);
    if (field.name == "to_kind") return matching::kind_text(context, pair.to_kind);
    return {};
}

void seed(Services& services) {
    services.database.write([](db::Transaction& transaction) {
        if (transaction.exists("select 1 from matching_pair")) return;
        for (matching::Pair& pair : matching::first_pairs()) {
            pair.id = new_id_of<matching::Pair>();
            entity::insert(transaction, pair);
        }
    });
}

constexpr std::string_view findings_schema =
    R"({"type":"object","properties":{"total":{"type":"integer"},"page":{"type":"integer"},"did_you_mean":{"type":"string"},"words":{"enum":)"
    R"(["all","any"]},"items":{"type":"array","items":{"type":"object","properties":{"kind":{"type":"string)"
    R"("},"title":{"type":"string"},"path":{"type":"string"},"score":{"type":"number"},"passage":{"type":"s)"
    R"(tring"},"reasons":{"type":"array","items":{"type":"object","properties":{"term":{"type":"string"},"f)"
    R"(ield":{"type":"string"},"share":{"type":"number"}}}}}}},"facets":{"type":"object","additionalPropert)"
    R"(ies":{"type":"object","additionalProperties":{"type":"integer"}}}}})";
constexpr std::string_view completions_schema =
    R"({"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{)"
    R"("text":{"type":"string"},"documents":{"type":"integer"}}}}}})";
constexpr std::string_view text_schema =
    R"({"type":"object","required":["text"],"properties":{"text":{"type":"string","maxLength":20000},)"
    R"("kind":{"type":"string"}}})";
constexpr std::string_view matches_schema =
    R"({"type":"object","properties":{"subject":{"type":"string"},"kinds":{"type":"array","items":{"type":)"
    R"("object","properties":{"kind":{"type":"string"},"threshold":{"type":"integer"},"below":{"type":)"
    R"("integer"},"items":{"type":"array","items":{"type":"object","properties":{"kind":{"type":"string"},)"
    R"("title":{"type":"string"},"path":{"type":"string"},"score":{"type":"number"},"mark":{"type":)"
    R"(["string","null"]},"shared":{"type":"array","items":{"type":"string"}},"fits":{"type":"array",)"
    R"("items":{"type":"object","properties":{"aspect":{"type":"string"},"value":{"type":"number"},)"
    R"("verdict":{"enum":["good","partly","bad"]}}}}}}}}}}}})";

std::vector<http::Route> routes() {
    using namespace matching;
    using enum http::Method;
    return {
        {.method = get, .pattern = "/search", .permission = "public", .handler = search_page},
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
         .response_schema = "matching.findings"},
        {.method = get,
         .pattern = "/api/v1/search/completions",
         .permission = "public",
         .handler = api_complete,
         .summary = "matching.completions",
         .response_schema = "matching.completions"},
        {.method = get,
         .pattern = "/matches/{number}",
         .permission = library::member_permission,
         .handler = matches_page},
        {.method = post,
         .pattern = "/matches/{number}/marks",
         .permission = library::member_permission,
         .handler = mark_post,
         .body = http::Body::form},
        {.method = get, .pattern = "/matches/open", .permission = library::member_permission, .handler = open_reply},
        {.method = get,
         .pattern = "/matches/quality",
         .permission = "public",
         .handler = quality_page,
         .cache = http::Cache::page},
        {.method = get, .pattern = "/match-pairs/{id}", .permission = edit_permission, .handler = pair_page},
        {.method = get,
         .pattern = "/api/v1/matches/{number}",
         .permission = library::member_permission,
         .handler = api_matches,
         .summary = "matching.title",
         .response_schema = "matching.matches"},
        {.method = post,
         .pattern = "/api/v1/match",
         .permission = library::member_permission,
         .handler = api_match,
         .body = http::Body::json,
         .summary = "matching.title_text",
         .request_schema = "matching.text",
         .response_schema = "matching.matches"}};
}

} // namespace

Module matching_module() {
    using namespace matching;
    auto const index = std::make_shared<RecordIndex>();
    Module module{.name = "matching", .uses = {"library", "reference", "registry"}};
    module.routes = routes();
    module.entities = {&Pair::meta, &Mark::meta};
    module.permissions = {{edit_permission, zone_officers}};
    module.resources = {{.meta = &Pair::meta,
                         .path = "match-pairs",
                         .read = edit_permission,
                         .write = edit_permission,
                         .default_sort = "from_kind",
                         .page = "/match-pairs",
                         .words = &words_of}};
    module.schemas = {{"matching.findings", findings_schema},
                      {"matching.completions", completions_schema},
                      {"matching.text", text_schema},
                      {"matching.matches", matches_schema}};
    module.menu = {{"menu.search", "menu.search", "/search", "public", 1},
                   {"menu.work", "matching.pair.plural", "/match-pairs", edit_permission, 82}};
    module.listeners = {{"matching.outcomes", "library.thread.", on_thread}};
    module.jobs = {{.kind = "matching.quality", .run = quality_job}};
    module.schedules = {{.kind = "matching.quality", .every_s = 3600}};
    module.offers = {index, std::shared_ptr<events::Follower>{index}};
    for (std::string_view const kind : {"demand", "achievement", "expert", "talent", "intermediary"})
        module.offers.emplace_back(library::Way{.kind = kind, .label = "matching.way", .path = "/matches/"});
    module.seed = &seed;
    module.files = embedded::matching_files();
    return module;
}

} // namespace sangu
