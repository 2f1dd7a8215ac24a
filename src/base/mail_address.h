#pragma once

#include <string_view>

namespace sangu {

// One mailbox, "name@host.example", ASCII, without anything that could break a header or a command (RFC 5321 4.1.2, the
// dot-string form); at most 254 characters.
bool is_mail_address(std::string_view text);

} // namespace sangu
