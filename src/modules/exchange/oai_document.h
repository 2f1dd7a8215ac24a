#pragma once

// What another server answered by OAI-PMH, read with libxml2. Input is hostile: size-limited by the caller, no DOCTYPE,
// no network, no entities, depth limited by the library.

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::exchange::oai {

struct RemoteRecord {
    std::string identifier, datestamp;
    bool deleted = false;
    std::vector<std::string> sets;
    std::vector<std::string> titles, creators, subjects, descriptions, dates, types, languages, links;
};

struct Document {
    std::string response_date;
    std::string error_code, error_text;                  // of the protocol: "badArgument"; empty: none
    std::string protocol_version, earliest, granularity; // of Identify
    std::vector<std::string> sets;                       // setSpec of ListSets
    std::vector<std::string> formats;                    // metadataPrefix of ListMetadataFormats
    std::vector<RemoteRecord> records;                   // of GetRecord, ListRecords and ListIdentifiers
    std::string resumption_token;                        // empty: the list has ended
};

// Refuses "exchange.error.xml" for what is not well-formed, "exchange.error.doctype" for a document with a DOCTYPE and
// "exchange.error.not_oai" for another root element.
Result<Document> read_document(std::string_view xml);

} // namespace sangu::exchange::oai
