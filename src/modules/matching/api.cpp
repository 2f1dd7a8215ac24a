#include "base/text.h"
#include "kernel/html/page.h"
#include "kernel/json/json.h"
#include "modules/matching/pages.h"

namespace sangu::matching {

namespace {

void write_hit(json::Writer& writer, Hit const& hit) {
    writer.begin_object().member("kind", hit.filed.kind).member("title", hit.filed.title);
    writer.member("path", hit.filed.path).member("score", hit.score);
    writer.member("passage", hit.filed.words.substr(hit.passage.begin, hit.passage.end - hit.passage.begin));
    writer.key("reasons").begin_array();
    for (Share const& one : hit.shares)
        writer.begin_object()
            .member("term", one.term)
            .member("field", one.field)
            .member("share", one.share)
            .end_object();
    writer.end_array().end_object();
}

} // namespace

http::Reply api_search(Context& context, http::Request& request) {
    Query const query = query_of(request);
    Findings const findings = find(context, query);
    if (!findings.ready)
        return html::refusal(context, request, Error{Refusal::unavailable, "matching.error.building", {}, {}});
    std::string text;
    json::Writer writer{text};
    writer.begin_object().member("total", findings.total).member("page", query.page);
    writer.member("words", findings.loosened || query.any_word ? "any" : "all").key("items").begin_array();
    for (Hit const& hit : findings.hits) write_hit(writer, hit);
    writer.end_array().key("facets").begin_object();
    for (FacetCounts const& facet : findings.facets) {
        writer.key(facet.facet).begin_object();
        for (auto const& [value, count] : facet.values) writer.member(value, count);
        writer.end_object();
    }
    writer.end_object().end_object();
    return http::json_reply(std::move(text));
}

} // namespace sangu::matching
