#pragma once

// Numbers of patents: form, check digit, agreement with kind and dates (ZC 0006-2003). Pure.

#include "base/result.h"
#include "modules/rights/entities.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::rights {

// A patent application number of the Chinese office taken apart.
struct ApplicationNumber {
    std::string text; // "201310699744.2", "95115608.X"
    int year = 0;     // of filing; of national entry for PCT applications
    char kind = '1';  // 1, 8 invention; 2, 9 utility model; 3 design
};

// Reads "CN201310699744.2", "ZL 2013 1 0699744.2", "201310699744.2" (full width too). Refuses with the key of what is
// wrong in one Problem of `field`: rights.number.form, .no_check_digit ({1}: the digit it would be), .check_digit,
// .kind_digit.
Result<ApplicationNumber> read_application_number(std::string_view typed, std::string_view field);
// The check character: weights 2…9 in turn, sum mod 11, ten is X.
char check_character(std::string_view digits);

// Brings the numbers of a right into their stored form and checks them against each other and the dates; what is wrong
// goes to `problems`. Other offices' numbers are only tidied: there is no check to make.
void check_numbers(Right& right, Problems& problems);

// The form search compares with: without blanks, "CN" and "ZL", upper case.
std::string search_form(std::string_view number);

// "B61F 5/38": section, class, subclass, group/subgroup; blanks put right. Nothing for another form.
std::optional<std::string> tidy_ipc(std::string_view typed);

bool is_patent(RightKind kind); // invention, utility model, design

} // namespace sangu::rights
