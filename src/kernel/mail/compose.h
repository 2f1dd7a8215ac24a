#pragma once

// A mail as bytes: RFC 5322 headers, encoded words (RFC 2047), UTF-8 text in base64 (RFC 2045), CRLF line ends.

#include "kernel/mail/mail.h"

namespace sangu::mail {

struct Draft {
    Message const& message;
    std::string from, from_name;
    std::string message_id; // with angle brackets
    Instant date;
};
std::string compose(Draft const& draft);
// "<id@host of the sender>": the same for every try of the same mail.
std::string message_id(std::string_view id, std::string_view from);
// A header value: as it is when it is plain ASCII, else encoded words of at most 75 characters. Control characters
// become spaces, so that no text can begin a header of its own.
std::string encoded_words(std::string_view text);
std::string date_header(Instant moment); // "Mon, 23 Nov 2026 02:00:00 +0000"
std::string to_base64_lines(std::string_view bytes);

} // namespace sangu::mail
