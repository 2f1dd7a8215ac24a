#include "kernel/entity/identifiers.h"

#include <gtest/gtest.h>

#include <string>

namespace sangu::entity {
namespace {

using Problem = std::string_view (*)(std::string_view);

struct Line {
    Problem problem;
    std::string_view text, expected;
};

TEST(Identifiers, say_which_part_is_wrong) {
    Line const table[] = {
        {uscc_problem, "914403001922038216", ""},
        {uscc_problem, "91430000796852865Y", ""},
        {uscc_problem, "9152000071430580XT", ""},
        {uscc_problem, "121200004013590816", ""},
        {uscc_problem, "91340600MA2PBM9HXD", ""},
        {uscc_problem, "914403001922038217", "check"},
        {uscc_problem, "914403001922038206", "organisation_check"},
        {uscc_problem, "91440300192203821", "length"},
        {uscc_problem, "9144030019220382166", "length"},
        {uscc_problem, "I14403001922038216", "character"},
        {uscc_problem, "91430000745928604g", "character"},
        {uscc_problem, "９１4403001922038216", "character"},
        {patent_application_problem, "95115608.X", ""},
        {patent_application_problem, "97101765.4", ""},
        {patent_application_problem, "90101673.X", ""},
        {patent_application_problem, "201310699744.2", ""},
        {patent_application_problem, "CN201310699744.2", ""},
        {patent_application_problem, "ZL 2013 1 0699744.2", ""},
        {patent_application_problem, "zl95115608.x", ""},
        {patent_application_problem, "201310699744.3", "check"},
        {patent_application_problem, "95115608.1", "check"},
        {patent_application_problem, "201310699744", "length"},
        {patent_application_problem, "2013106997442", "length"},
        {patent_application_problem, "20131069974A.2", "character"},
        {patent_application_problem, "201310699744.Y", "character"},
        {patent_application_problem, "200210699744.2", "year"},
        {patent_application_problem, "75115608.X", "year"},
        {patent_application_problem, "201370699744.2", "kind"},
        {patent_application_problem, "", "length"},
        {orcid_problem, "0000-0002-1825-0097", ""},
        {orcid_problem, "0000-0002-1694-233X", ""},
        {orcid_problem, "0000-0001-5109-3700", ""},
        {orcid_problem, "0000-0002-1825-0098", "check"},
        {orcid_problem, "0000-0002-1694-233x", "form"},
        {orcid_problem, "0000000218250097", "form"},
        {orcid_problem, "0000-000X-1825-0097", "form"},
        {issn_problem, "0317-8471", ""},
        {issn_problem, "2434-561X", ""},
        {issn_problem, "0317-8472", "check"},
        {issn_problem, "03178471", "form"},
        {doi_problem, "10.1000/182", ""},
        {doi_problem, "10.1002/(SICI)1097-4571(199806)49:8", ""},
        {doi_problem, "10.5555/中文", ""},
        {doi_problem, "11.1000/182", "form"},
        {doi_problem, "10.1000/", "form"},
        {doi_problem, "10.10/182", "form"},
        {doi_problem, "10.1000/18 2", "form"},
        {doi_problem, "doi:10.1000/182", "form"},
    };
    for (Line const& line : table) EXPECT_EQ(line.problem(line.text), line.expected) << line.text;
}

// Whoever mistypes one digit is told so: the checks find every single wrong digit.
TEST(Identifiers, find_every_single_wrong_digit) {
    std::pair<Problem, std::string> const right[] = {{uscc_problem, "914403001922038216"},
                                                     {patent_application_problem, "201310699744.2"},
                                                     {orcid_problem, "0000-0002-1825-0097"},
                                                     {issn_problem, "0317-8471"}};
    for (auto const& [problem, text] : right)
        for (std::size_t i = 0; i < text.size(); ++i)
            for (char c = '0'; c <= '9'; ++c) {
                if (text[i] == c || text[i] < '0' || text[i] > '9') continue;
                std::string wrong = text;
                wrong[i] = c;
                EXPECT_FALSE(problem(wrong).empty()) << wrong;
            }
}

TEST(Identifiers, a_patent_number_is_stored_bare) {
    EXPECT_EQ(bare_patent_application("ZL 2013 1 0699744.2"), "201310699744.2");
    EXPECT_EQ(bare_patent_application("cn95115608.x"), "95115608.X");
}

} // namespace
} // namespace sangu::entity
