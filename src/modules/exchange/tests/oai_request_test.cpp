#include "modules/exchange/oai_request.h"

#include <gtest/gtest.h>

namespace sangu::exchange::oai {
namespace {

std::string fault(http::Pairs arguments) {
    auto const parsed = parse(arguments);
    return parsed.fault ? std::string{parsed.fault->code} : "";
}

TEST(OaiRequests, have_exactly_one_known_verb) {
    EXPECT_EQ(fault({}), "badVerb");
    EXPECT_EQ(fault({{"verb", "Nonsense"}}), "badVerb");
    EXPECT_EQ(fault({{"verb", "Identify"}, {"verb", "Identify"}}), "badVerb");
    EXPECT_EQ(fault({{"verb", "Identify"}}), "");
}

TEST(OaiRequests, refuse_unknown_repeated_and_missing_arguments) {
    EXPECT_EQ(fault({{"verb", "Identify"}, {"x", "1"}}), "badArgument");
    EXPECT_EQ(fault({{"verb", "GetRecord"}, {"identifier", "a"}}), "badArgument");
    EXPECT_EQ(fault({{"verb", "ListRecords"}}), "badArgument");
    EXPECT_EQ(fault({{"verb", "ListRecords"}, {"metadataPrefix", "a"}, {"metadataPrefix", "a"}}), "badArgument");
    EXPECT_EQ(fault({{"verb", "ListRecords"}, {"resumptionToken", "x"}, {"set", "y"}}), "badArgument")
        << "a token stands alone";
}

TEST(OaiRequests, take_dates_of_one_granularity_in_order) {
    auto const list = [](std::string from, std::string until) {
        return http::Pairs{{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"from", from}, {"until", until}};
    };
    EXPECT_EQ(fault(list("2026-01-01", "2026-01-01")), "");
    EXPECT_EQ(parse(list("2026-01-01", "2026-01-01")).request.until, "2026-01-01T23:59:59Z") << "the whole day";
    EXPECT_EQ(fault(list("2026-01-01", "2026-01-02T00:00:00Z")), "badArgument");
    EXPECT_EQ(fault(list("2026-01-02", "2026-01-01")), "badArgument");
    EXPECT_EQ(fault(list("2026-02-30", "2026-03-01")), "badArgument");
    EXPECT_EQ(fault(list("2026-01-01T00:00Z", "2026-03-01T00:00Z")), "badArgument");
    EXPECT_EQ(fault(list("2026-01-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z")), "badArgument");
}

TEST(ResumptionTokens, carry_the_whole_request_and_nothing_foreign) {
    auto request =
        parse({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}, {"set", "s"}, {"from", "2026-01-01"}}).request;
    auto const token = token_of(request, {"s", "id7", "2026-02-03T04:05:06Z", false}, 100, 250);
    auto const resumed = parse({{"verb", "ListRecords"}, {"resumptionToken", token}});
    ASSERT_FALSE(resumed.fault);
    EXPECT_EQ(resumed.request.set, "s");
    EXPECT_EQ(resumed.request.from, "2026-01-01T00:00:00Z");
    EXPECT_EQ(resumed.request.cursor, 100);
    EXPECT_EQ(resumed.request.complete_size, 250);
    EXPECT_EQ(resumed.request.after->object_id, "id7");
    EXPECT_EQ(fault({{"verb", "ListIdentifiers"}, {"resumptionToken", token}}), "badResumptionToken");
    EXPECT_EQ(fault({{"verb", "ListRecords"}, {"resumptionToken", token.substr(1)}}), "badResumptionToken");
    EXPECT_EQ(fault({{"verb", "ListRecords"}, {"resumptionToken", ""}}), "badResumptionToken");
    EXPECT_EQ(fault({{"verb", "ListSets"}, {"resumptionToken", token}}), "badResumptionToken");
}

TEST(OaiIdentifiers, name_the_host_the_set_and_the_object) {
    EXPECT_EQ(host_of("https://example.org:8443/x"), "example.org");
    EXPECT_EQ(host_of("http://[::1]:80/"), "[::1]");
    EXPECT_EQ(host_of("http://user@Example.org/"), "example.org");
    auto const name = name_of(identifier_of("example.org", "organisations", "01j"), "example.org");
    ASSERT_TRUE(name);
    EXPECT_EQ(name->source, "organisations");
    EXPECT_EQ(name->object_id, "01j");
    for (char const* wrong :
         {"oai:other.org:a/b", "oai:example.org:a", "oai:example.org:/b", "oai:example.org:a/", "x"})
        EXPECT_FALSE(name_of(wrong, "example.org")) << wrong;
}

} // namespace
} // namespace sangu::exchange::oai
