#include "modules/exchange/oai_document.h"
#include "support/database.h"
#include "support/files.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sangu::exchange::oai {
namespace {

constexpr std::string_view head = "<?xml version=\"1.0\"?><OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">";

TEST(OaiDocuments, give_records_deletions_and_tokens) {
    auto const document = read_document(
        std::string{head} +
        "<responseDate>2026-01-01T00:00:00Z</responseDate><ListRecords>"
        "<record><header><identifier>oai:x:1</identifier><datestamp>2026-01-01</datestamp><setSpec>a</setSpec></header>"
        "<metadata><dc xmlns=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" "
        "xmlns:d=\"http://purl.org/dc/elements/1.1/\">"
        "<d:title>𠮷 &amp; "
        "<![CDATA[<b>]]></d:title><d:creator>A</d:creator><d:creator>B</d:creator></dc></metadata></record>"
        "<record><header "
        "status=\"deleted\"><identifier>oai:x:2</identifier><datestamp>2026-01-02</datestamp></header></record>"
        "<resumptionToken cursor=\"0\">t&amp;1</resumptionToken></ListRecords></OAI-PMH>");
    ASSERT_TRUE(document);
    ASSERT_EQ(document->records.size(), 2u);
    EXPECT_EQ(document->records[0].titles, std::vector<std::string>{"𠮷 & <b>"});
    EXPECT_EQ(document->records[0].creators.size(), 2u);
    EXPECT_TRUE(document->records[1].deleted);
    EXPECT_EQ(document->resumption_token, "t&1");
}

TEST(OaiDocuments, that_are_bombs_broken_or_something_else_are_refused) {
    std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\">";
    for (char c = 'c'; c < 'k'; ++c)
        bomb +=
            std::string{"<!ENTITY "} + c + " \"&" + static_cast<char>(c - 1) + ";&" + static_cast<char>(c - 1) + ";\">";
    bomb += "]><OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">&j;</OAI-PMH>";
    EXPECT_EQ(read_document(bomb).error().key, "exchange.error.doctype");
    std::string wide = "\xff\xfe"; // the same in UTF-16, where the word looks different
    for (char const c : std::string{"<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>"}) wide += std::string{c, '\0'};
    EXPECT_EQ(read_document(wide).error().key, "exchange.error.doctype");
    EXPECT_EQ(read_document("<a>").error().key, "exchange.error.xml");
    EXPECT_EQ(read_document("").error().key, "exchange.error.xml");
    EXPECT_EQ(read_document("<a/>").error().key, "exchange.error.not_oai");
    EXPECT_EQ(read_document(std::string{head} + std::string(100'000, '<')).error().key, "exchange.error.xml");
    std::string deep{head};
    for (int i = 0; i < 5000; ++i) deep += "<a>";
    EXPECT_FALSE(read_document(deep)) << "unclosed and deep";
}

// The 19 answers that the harvester "sickle" is tested with.
TEST(OaiDocuments, of_other_servers_are_read_including_every_error) {
    auto const archive = test::shared_data("conformance/oai-pmh-sample-responses.tar.xz");
    if (archive.empty()) GTEST_SKIP();
    test::TemporaryDirectory const folder;
    ASSERT_TRUE(test::unpack(archive, folder.path()));
    auto const sample = [&](std::string const& name) {
        return read_document(test::read_file(folder.path() / "sample_data" / (name + ".xml")));
    };
    for (char const* code : {"badArgument", "badResumptionToken", "cannotDisseminateFormat", "idDoesNotExist",
                             "noRecordsMatch", "noSetHierarchy"}) {
        auto const document = sample(code);
        ASSERT_TRUE(document) << code;
        EXPECT_EQ(document->error_code, code);
    }
    ASSERT_TRUE(sample("undefinedError"));
    EXPECT_FALSE(sample("undefinedError")->error_code.empty());
    EXPECT_FALSE(sample("ListRecordsBroken"));
    for (char const* name : {"ListRecords", "ListRecords2", "ListRecords3", "ListRecords4", "ListIdentifiers",
                             "ListIdentifiers2", "GetRecord", "GetRecord_utf8test"}) {
        auto const document = sample(name);
        ASSERT_TRUE(document) << name;
        EXPECT_FALSE(document->records.empty()) << name;
        // One answer has a record whose header is missing: harvesting passes over it.
        auto const nameless =
            std::ranges::count_if(document->records, [](auto const& one) { return one.identifier.empty(); });
        EXPECT_EQ(nameless, std::string_view{name} == "ListRecords4" ? 1 : 0) << name;
    }
    EXPECT_EQ(sample("Identify")->protocol_version, "2.0");
    EXPECT_GT(sample("ListSets")->sets.size(), 50u);
    EXPECT_FALSE(sample("ListMetadataFormats")->formats.empty());
    EXPECT_FALSE(sample("ListRecords")->resumption_token.empty());
}

} // namespace
} // namespace sangu::exchange::oai
