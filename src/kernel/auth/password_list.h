#pragma once

#include <string_view>

namespace sangu::auth {

// True for one of the passwords that attackers try first (ten characters and longer: shorter ones are refused by
// length), here and elsewhere. `lower_case` is the password in lower case.
bool is_widely_used(std::string_view lower_case);

} // namespace sangu::auth
