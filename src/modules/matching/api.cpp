#include "base/text.h"
#include "kernel/html/page.h"
#include "kernel/json/json.h"
#include "modules/matching/pages.h"
#include "modules/matching/suggest.h"

#include <algorithm>

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

void write_suggestion(json::Writer& writer, Suggestion const& one) {
    writer.begin_object().member("kind", one.filed.kind).member("title", one.filed.title);
    writer.member("path", one.filed.path).member("score", one.score);
    writer.key("mark");
    one.mark ? writer.value(name_of(one.mark->verdict)) : writer.null();
    writer.key("shared").begin_array();
    for (std::string const& piece : one.shared) writer.value(piece);
    writer.end_array().key("fits").begin_array();
    for (Fit const& fit : one.fits)
        writer.begin_object()
            .member("aspect", name_of(fit.aspect))
            .member("value", fit.value)
            .member("verdict", fit.word())
            .end_object();
    writer.end_array().end_object();
}

http::Reply matches_reply(Context& context, http::Request& request, Matcher& matcher, Subject const& subject,
                          std::vector<Pair> const& pairs) {
    auto const marks = known_of(context, subject.record).marks;
    std::string text;
    json::Writer writer{text};
    writer.begin_object().member("subject", subject.number).key("kinds").begin_array();
    for (Pair const& pair : pairs) {
        Suggestions const found = matcher.suggest(subject, pair, marks);
        writer.begin_object().member("kind", pair.to_kind).member("threshold", pair.threshold);
        writer.member("below", found.below).key("items").begin_array();
        for (Suggestion const& one : found.shown) write_suggestion(writer, one);
        writer.end_array().end_object();
    }
    writer.end_array().end_object();
    if (!matcher.ready())
        return html::refusal(context, request, Error{Refusal::unavailable, "matching.error.building", {}, {}});
    return http::json_reply(std::move(text));
}

} // namespace

http::Reply api_matches(Context& context, http::Request& request) {
    Matcher matcher{context};
    auto const subject = matcher.subject_numbered(request.parameter("number"));
    if (!subject) return html::refusal(context, request, subject.error());
    auto pairs = pairs_from(context, subject->kind);
    if (auto const kind = request.query_value("kind"))
        std::erase_if(pairs, [&](Pair const& one) { return one.to_kind != *kind; });
    return matches_reply(context, request, matcher, *subject, pairs);
}

http::Reply api_match(Context& context, http::Request& request) {
    auto const document = json::Document::parse(request.body);
    if (!document) return html::refusal(context, request, document.error());
    std::string_view const text = trim(document->root().text_of("text")), kind = document->root().text_of("kind");
    if (text.empty())
        return html::refusal(context, request,
                             Error{Refusal::invalid, "error.invalid", {}, {{"text", "error.required", {}}}});
    auto pairs = pairs_of_text();
    if (!kind.empty()) std::erase_if(pairs, [&](Pair const& one) { return one.to_kind != kind; });
    Matcher matcher{context};
    return matches_reply(context, request, matcher, subject_of_text(shorten(text, pasted_max)), pairs);
}

http::Reply api_complete(Context& context, http::Request& request) {
    constexpr std::size_t most = 10;
    std::string const typed = shorten(request.query_value("q").value_or(""), 60);
    std::string text;
    json::Writer writer{text};
    writer.begin_object().key("items").begin_array();
    for (search::Suggestion const& one : complete(context, typed, most))
        writer.begin_object().member("text", one.text).member("documents", one.documents).end_object();
    writer.end_array().end_object();
    return http::json_reply(std::move(text));
}

http::Reply api_search(Context& context, http::Request& request) {
    Query const query = query_of(request);
    Findings const findings = find(context, query);
    if (!findings.ready)
        return html::refusal(context, request, Error{Refusal::unavailable, "matching.error.building", {}, {}});
    std::string text;
    json::Writer writer{text};
    writer.begin_object().member("total", findings.total).member("page", query.page);
    if (!findings.meant.empty()) writer.member("did_you_mean", findings.meant);
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
