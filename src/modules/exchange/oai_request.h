#pragma once

// What an OAI-PMH 2.0 request asks (http://www.openarchives.org/OAI/openarchivesprotocol.html, 3 and 4): verb and
// arguments, checked, and the resumption token that carries them on. Pure functions.

#include "kernel/http/message.h"
#include "modules/exchange/records.h"

#include <optional>
#include <string>
#include <string_view>

namespace sangu::exchange::oai {

// An error of the protocol (3.6): its code and a sentence for programmers, in English as all of the protocol.
struct Fault {
    std::string_view code; // "badArgument"
    std::string text;
};

struct Request {
    std::string verb;
    std::string identifier, metadata_prefix, set;
    std::string from, until; // as "YYYY-MM-DDThh:mm:ssZ"; until is the last second of its day
    std::string resumption_token;
    std::int64_t cursor = 0, complete_size = -1; // of a resumed list
    std::optional<Stamp> after;
    http::Pairs given; // the arguments as sent, for the <request> element; empty after badVerb and badArgument
};

// A request, or why it is none.
struct Parsed {
    Request request;
    std::optional<Fault> fault;
};
Parsed parse(http::Pairs const& arguments);

// The token with which the list goes on after `last`.
std::string token_of(Request const& request, Stamp const& last, std::int64_t cursor, std::int64_t complete_size);

// "oai:example.org:organisations/01j…" → source and id; nothing for another host or form.
struct Name {
    std::string source, object_id;
};
std::optional<Name> name_of(std::string_view identifier, std::string_view host);
std::string identifier_of(std::string_view host, std::string_view source, std::string_view object_id);
// "https://example.org:8443/x" → "example.org"
std::string host_of(std::string_view address);

} // namespace sangu::exchange::oai
