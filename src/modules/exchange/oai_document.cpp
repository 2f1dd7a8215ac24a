#include "modules/exchange/oai_document.h"

#include "base/text.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>

namespace sangu::exchange::oai {

namespace {

constexpr std::string_view oai_namespace = "http://www.openarchives.org/OAI/2.0/";
constexpr std::string_view dc_namespace = "http://purl.org/dc/elements/1.1/";
constexpr std::size_t values_max = 100;   // of one element in one record
constexpr std::size_t records_max = 5000; // of one answer

std::string_view view(xmlChar const* text) {
    return text ? std::string_view{reinterpret_cast<char const*>(text)} : std::string_view{};
}

bool is(xmlNode const* node, std::string_view name, std::string_view name_space = oai_namespace) {
    return node->type == XML_ELEMENT_NODE && view(node->name) == name && node->ns && view(node->ns->href) == name_space;
}

// The text directly inside and inside CDATA; entities were never declared.
std::string text_of(xmlNode const* node) {
    std::string text;
    for (xmlNode const* child = node->children; child; child = child->next)
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) text += view(child->content);
    return std::string{trim(text)};
}

std::string attribute_of(xmlNode const* node, std::string_view name) {
    for (xmlAttr const* one = node->properties; one; one = one->next)
        if (view(one->name) == name && one->children) return std::string{view(one->children->content)};
    return {};
}

template <class Each> void for_children(xmlNode const* node, Each each) {
    for (xmlNode const* child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE) each(child);
}

void add(std::vector<std::string>& values, xmlNode const* node) {
    std::string text = text_of(node);
    if (!text.empty() && values.size() < values_max) values.push_back(std::move(text));
}

void read_header(RemoteRecord& record, xmlNode const* header) {
    record.deleted = attribute_of(header, "status") == "deleted";
    for_children(header, [&](xmlNode const* child) {
        if (is(child, "identifier")) record.identifier = text_of(child);
        if (is(child, "datestamp")) record.datestamp = text_of(child);
        if (is(child, "setSpec")) add(record.sets, child);
    });
}

void read_dublin_core(RemoteRecord& record, xmlNode const* node) {
    for_children(node, [&](xmlNode const* child) {
        if (!child->ns || view(child->ns->href) != dc_namespace) return;
        std::string_view const name = view(child->name);
        if (name == "title") add(record.titles, child);
        if (name == "creator") add(record.creators, child);
        if (name == "subject") add(record.subjects, child);
        if (name == "description") add(record.descriptions, child);
        if (name == "date") add(record.dates, child);
        if (name == "type") add(record.types, child);
        if (name == "language") add(record.languages, child);
        if (name == "identifier") add(record.links, child);
    });
}

RemoteRecord read_record(xmlNode const* node) {
    RemoteRecord record;
    for_children(node, [&](xmlNode const* child) {
        if (is(child, "header")) read_header(record, child);
        if (is(child, "metadata")) for_children(child, [&](xmlNode const* inner) { read_dublin_core(record, inner); });
    });
    return record;
}

void read_list(Document& document, xmlNode const* list) {
    for_children(list, [&](xmlNode const* child) {
        if (is(child, "record") && document.records.size() < records_max)
            document.records.push_back(read_record(child));
        if (is(child, "header") && document.records.size() < records_max)
            read_header(document.records.emplace_back(), child);
        if (is(child, "resumptionToken")) document.resumption_token = text_of(child);
        if (is(child, "set"))
            for_children(child, [&](xmlNode const* inner) {
                if (is(inner, "setSpec")) document.sets.push_back(text_of(inner));
            });
        if (is(child, "metadataFormat"))
            for_children(child, [&](xmlNode const* inner) {
                if (is(inner, "metadataPrefix")) document.formats.push_back(text_of(inner));
            });
        if (is(child, "protocolVersion")) document.protocol_version = text_of(child);
        if (is(child, "earliestDatestamp")) document.earliest = text_of(child);
        if (is(child, "granularity")) document.granularity = text_of(child);
    });
}

} // namespace

Result<Document> read_document(std::string_view xml) {
    if (xml.find("<!DOCTYPE") != std::string_view::npos) return refuse(Refusal::invalid, "exchange.error.doctype");
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
    std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> const parsed{
        xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, options), xmlFreeDoc};
    if (!parsed) return refuse(Refusal::invalid, "exchange.error.xml");
    // In another encoding the word above looks different.
    if (parsed->intSubset || parsed->extSubset) return refuse(Refusal::invalid, "exchange.error.doctype");
    xmlNode const* const root = xmlDocGetRootElement(parsed.get());
    if (!root || !is(root, "OAI-PMH")) return refuse(Refusal::invalid, "exchange.error.not_oai");
    Document document;
    for_children(root, [&](xmlNode const* child) {
        if (is(child, "responseDate"))
            document.response_date = text_of(child);
        else if (is(child, "error")) {
            document.error_code = attribute_of(child, "code");
            document.error_text = text_of(child);
            if (document.error_code.empty()) document.error_code = "unknown";
        } else if (!is(child, "request"))
            read_list(document, child);
    });
    return document;
}

} // namespace sangu::exchange::oai
