// The catalogue of open data in the words of DCAT-AP 3: one data set for each kind of public record and each table that
// can be downloaded.

#include "kernel/config/settings.h"
#include "kernel/json/json.h"
#include "kernel/module.h"
#include "modules/exchange/pages.h"
#include "modules/exchange/records.h"

#include <algorithm>
#include <iterator>

namespace sangu::exchange {

namespace {

constexpr std::string_view context_json =
    R"({"dcat":"http://www.w3.org/ns/dcat#","dct":"http://purl.org/dc/terms/","foaf":"http://xmlns.com/foaf/0.1/"})";

struct Format {
    std::string_view end, media_type, file_type;
};
constexpr Format formats[] = {
    {"csv", "https://www.iana.org/assignments/media-types/text/csv",
     "http://publications.europa.eu/resource/authority/file-type/CSV"},
    {"xlsx",
     "https://www.iana.org/assignments/media-types/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     "http://publications.europa.eu/resource/authority/file-type/XLSX"},
    {"json", "https://www.iana.org/assignments/media-types/application/json",
     "http://publications.europa.eu/resource/authority/file-type/JSON"}};

void reference(json::Writer& writer, std::string_view member, std::string const& address) {
    writer.key(member).begin_object().member("@id", address).end_object();
}

// The text in every language the messages have.
void texts(json::Writer& writer, std::string_view member, std::string_view key) {
    writer.key(member).begin_array();
    for (i18n::Language const language : i18n::languages)
        writer.begin_object()
            .member("@value", i18n::message(language, key))
            .member("@language", i18n::tag_of(language))
            .end_object();
    writer.end_array();
}

void distribution(json::Writer& writer, std::string const& list, Format const& format) {
    writer.begin_object()
        .member("@id", list + "/download/" + std::string{format.end})
        .member("@type", "dcat:Distribution");
    reference(writer, "dcat:accessURL", list + "/download/" + std::string{format.end});
    reference(writer, "dcat:downloadURL", list + "/download/" + std::string{format.end});
    reference(writer, "dcat:mediaType", std::string{format.media_type});
    reference(writer, "dct:format", std::string{format.file_type});
    writer.end_object();
}

void dataset(json::Writer& writer, std::string const& home, std::string_view path, std::string const& title) {
    std::string const list = home + "/" + std::string{path};
    writer.begin_object().member("@id", list + "#dataset").member("@type", "dcat:Dataset");
    texts(writer, "dct:title", title);
    texts(writer, "dct:description", title);
    reference(writer, "dcat:landingPage", list);
    reference(writer, "dct:publisher", home + "/#publisher");
    writer.key("dcat:distribution").begin_array();
    for (Format const& format : formats) distribution(writer, list, format);
    writer.end_array().end_object();
}

} // namespace

http::Reply catalogue_reply(Context& context, http::Request&) {
    std::string const home = context.services.settings.public_url;
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("@context").raw(context_json);
    writer.member("@id", home + "/data/catalog.jsonld").member("@type", "dcat:Catalog");
    texts(writer, "dct:title", "exchange.catalogue");
    texts(writer, "dct:description", "exchange.catalogue_text");
    writer.key("dct:publisher")
        .begin_object()
        .member("@id", home + "/#publisher")
        .member("@type", "foaf:Agent")
        .key("foaf:name")
        .begin_object()
        .member("@value", context.services.settings.zone_name_zh)
        .member("@language", "zh-Hans")
        .end_object()
        .end_object();
    writer.key("dcat:dataset").begin_array();
    std::vector<resource::Published> offered;
    for (resource::PublishedLists const lists : offers_of<resource::PublishedLists>(context.services.modules))
        std::ranges::move(lists(context.services), std::back_inserter(offered));
    auto const is_offered = [&](std::string_view path) {
        return std::ranges::any_of(offered, [&](auto const& one) { return one.resource.path == path; });
    };
    for (resource::Published const& one : offered)
        dataset(writer, home, one.resource.path, std::string{one.type} + ".plural");
    for (Module const& module : context.services.modules)
        for (resource::Resource const& one : module.resources)
            if (context.services.permissions.allows_somewhere(auth::anonymous(), one.read) && !is_offered(one.path))
                dataset(writer, home, one.path, std::string{one.meta->name} + ".plural");
    writer.end_array().end_object();
    return http::text_reply(200, std::move(out), "application/ld+json; charset=utf-8");
}

} // namespace sangu::exchange
