#pragma once

// Handing a mail to the server named in the settings, by SMTP (RFC 5321) through libcurl. "smtps://host" is TLS from the
// first byte, "smtp://host" must offer STARTTLS; only a server on this machine is spoken to in plain.

#include "kernel/config/settings.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sangu::mail {

struct Server {
    std::string address; // "smtps://mail.example.cn:465"
    std::string user, password;
};
Server server_of(config::Settings const& settings);

enum class Outcome : std::uint8_t {
    sent,
    refused, // for good: the server answered 5yz to this recipient or this mail
    later,   // not reached, busy, or a wrong setting: worth another try
};
struct Delivery {
    Outcome outcome = Outcome::later;
    std::string reason; // for the log and the list of jobs; carries no secret
};
// `data` is a whole mail with CRLF line ends.
Delivery deliver(Server const& server, std::string const& from, std::string const& to, std::string const& data);

} // namespace sangu::mail
