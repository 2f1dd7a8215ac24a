#include "kernel/config/settings.h"
#include "kernel/module.h"
#include "kernel/resource/pages.h"
#include "kernel/xml/text.h"
#include "modules/exchange/oai_request.h"
#include "modules/exchange/pages.h"

#include <algorithm>

namespace sangu::exchange {

namespace {

using oai::Fault, oai::Request;
using xml::text;

constexpr int page_records = 100;
constexpr std::string_view dublin_core = "oai_dc";

// <name>value</name>, nothing without a value.
void element(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append("<").append(name).append(">").append(text(value)).append("</").append(name).append(">");
}

struct Answer {
    Context& context;
    std::string home, host, body;
    std::optional<Fault> fault;

    void refuse(std::string_view code, std::string why) { fault = Fault{code, std::move(why)}; }
};

void identify(Answer& answer) {
    std::string& out = answer.body;
    out += "<Identify>";
    element(out, "repositoryName", answer.context.services.settings.zone_name_zh);
    element(out, "baseURL", answer.home + "/oai");
    element(out, "protocolVersion", "2.0");
    element(out, "adminEmail", "webmaster@" + answer.host);
    element(out, "earliestDatestamp", earliest(answer.context.reader(), answer.context.now()));
    element(out, "deletedRecord", "persistent");
    element(out, "granularity", "YYYY-MM-DDThh:mm:ssZ");
    out += "</Identify>";
}

void list_formats(Answer& answer, Request const& request) {
    if (!request.identifier.empty()) {
        auto const name = oai::name_of(request.identifier, answer.host);
        if (!name || !find_stamp(answer.context.reader(), name->source, name->object_id))
            return answer.refuse("idDoesNotExist", "no such identifier");
    }
    answer.body += "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>"
                   "http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema><metadataNamespace>"
                   "http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat>"
                   "</ListMetadataFormats>";
}

void list_sets(Answer& answer) {
    auto const all = sources(answer.context.services);
    if (all.empty()) return answer.refuse("noSetHierarchy", "there are no sets");
    answer.body += "<ListSets>";
    for (Source const& source : all) {
        answer.body += "<set>";
        element(answer.body, "setSpec", source.path());
        element(answer.body, "setName", answer.context.t(source.plural()));
        answer.body += "</set>";
    }
    answer.body += "</ListSets>";
}

void write_header(Answer& answer, Stamp const& stamp, bool is_deleted) {
    std::string& out = answer.body;
    out += is_deleted ? "<header status=\"deleted\">" : "<header>";
    element(out, "identifier", oai::identifier_of(answer.host, stamp.source, stamp.object_id));
    element(out, "datestamp", stamp.datestamp);
    element(out, "setSpec", stamp.source);
    out += "</header>";
}

void write_dublin_core(Answer& answer, std::string const& address, Record const& record) {
    std::string& out = answer.body;
    out += "<metadata><oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" "
           "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/oai_dc/ "
           "http://www.openarchives.org/OAI/2.0/oai_dc.xsd\">";
    element(out, "dc:title", record.title);
    for (std::string const& one : record.subjects) element(out, "dc:subject", one);
    element(out, "dc:description", record.description);
    element(out, "dc:type", record.type);
    element(out, "dc:identifier", address);
    for (std::string const& one : record.identifiers) element(out, "dc:identifier", one);
    element(out, "dc:language", record.language);
    out += "</oai_dc:dc></metadata>";
}

void write_record(Answer& answer, Stamp const& stamp, std::optional<Record> const& record) {
    answer.body += "<record>";
    write_header(answer, stamp, stamp.deleted || !record);
    if (record && !stamp.deleted) {
        auto const source = source_named(answer.context.services, stamp.source);
        write_dublin_core(answer, answer.home + source->address_of(record->id), *record);
    }
    answer.body += "</record>";
}

void get_record(Answer& answer, Request const& request) {
    auto const name = oai::name_of(request.identifier, answer.host);
    auto const stamp =
        name ? find_stamp(answer.context.reader(), name->source, name->object_id) : std::optional<Stamp>{};
    if (!stamp) return answer.refuse("idDoesNotExist", "no such identifier");
    if (request.metadata_prefix != dublin_core)
        return answer.refuse("cannotDisseminateFormat", "only oai_dc is offered");
    answer.body += "<GetRecord>";
    write_record(answer, *stamp, load(answer.context, {*stamp}).front());
    answer.body += "</GetRecord>";
}

void write_token(Answer& answer, Request const& request, std::string const& token, std::int64_t cursor,
                 std::int64_t size) {
    if (token.empty() && request.resumption_token.empty()) return; // the list was whole
    answer.body += "<resumptionToken completeListSize=\"" + std::to_string(size) + "\" cursor=\"" +
                   std::to_string(cursor) + "\">" + token + "</resumptionToken>";
}

void list(Answer& answer, Request const& request) {
    if (request.metadata_prefix != dublin_core)
        return answer.refuse("cannotDisseminateFormat", "only oai_dc is offered");
    if (!request.set.empty() && !source_named(answer.context.services, request.set))
        return answer.refuse("noRecordsMatch", "there is no such set");
    auto& session = answer.context.reader();
    Range range{request.set, request.from, request.until, request.after};
    auto found = stamps(session, range, page_records + 1);
    if (found.empty())
        return request.after ? answer.refuse("badResumptionToken", "the list has ended")
                             : answer.refuse("noRecordsMatch", "no record matches");
    bool const more = found.size() > page_records;
    if (more) found.pop_back();
    std::int64_t const size = request.complete_size >= 0 ? request.complete_size : count(session, range);
    bool const with_records = request.verb == "ListRecords";
    auto const records = with_records ? load(answer.context, found) : std::vector<std::optional<Record>>{};
    answer.body += "<" + request.verb + ">";
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (with_records)
            write_record(answer, found[i], records[i]);
        else
            write_header(answer, found[i], found[i].deleted);
    }
    std::int64_t const next = request.cursor + static_cast<std::int64_t>(found.size());
    write_token(answer, request, more ? oai::token_of(request, found.back(), next, size) : std::string{},
                request.cursor, size);
    answer.body += "</" + request.verb + ">";
}

void dispatch(Answer& answer, Request const& request) {
    if (request.verb == "Identify") return identify(answer);
    if (request.verb == "ListMetadataFormats") return list_formats(answer, request);
    if (request.verb == "ListSets") return list_sets(answer);
    if (request.verb == "GetRecord") return get_record(answer, request);
    list(answer, request);
}

} // namespace

http::Reply oai_reply(Context& context, http::Request& sent) {
    std::string const home = context.services.settings.public_url;
    Answer answer{context, home, oai::host_of(home), {}, {}};
    auto const parsed = oai::parse(sent.method == http::Method::post ? sent.form : sent.query);
    answer.fault = parsed.fault;
    if (!answer.fault) dispatch(answer, parsed.request);
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\""
        "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd\">";
    element(out, "responseDate", to_second(context.now()));
    out += "<request";
    for (auto const& [name, value] : parsed.request.given) out += " " + name + "=\"" + text(value) + "\"";
    out += ">" + text(home) + "/oai</request>";
    if (answer.fault)
        out += "<error code=\"" + std::string{answer.fault->code} + "\">" + text(answer.fault->text) + "</error>";
    else
        out += answer.body;
    out += "</OAI-PMH>\n";
    return http::text_reply(200, std::move(out), "text/xml; charset=utf-8");
}

} // namespace sangu::exchange
