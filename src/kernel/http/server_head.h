#pragma once

// The head of a request as Beast gives it: names, methods, statuses, and what no message may be. For
// server_connection.cpp only.

#include "base/text.h"
#include "kernel/http/message.h"

#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/verb.hpp>

#include <string_view>

namespace sangu::http {

inline std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

inline Method to_method(boost::beast::http::verb verb) {
    switch (verb) {
    case boost::beast::http::verb::get: return Method::get;
    case boost::beast::http::verb::head: return Method::head;
    case boost::beast::http::verb::post: return Method::post;
    case boost::beast::http::verb::put: return Method::put;
    case boost::beast::http::verb::patch: return Method::patch;
    case boost::beast::http::verb::delete_: return Method::delete_;
    case boost::beast::http::verb::options: return Method::options;
    default: return Method::other;
    }
}

inline int status_of_parse(boost::beast::error_code error) {
    if (error == boost::beast::http::error::header_limit || error == boost::beast::http::error::buffer_overflow)
        return 431;
    if (error == boost::beast::http::error::body_limit) return 413;
    return 400;
}

// What the message may not be, beyond the parser's own rules.
template <class Fields> int refuse_head(boost::beast::http::request_header<Fields> const& head) {
    if (head.version() >= 11 && head.count(boost::beast::http::field::host) != 1) return 400;
    if (auto const coding = head.find(boost::beast::http::field::transfer_encoding); coding != head.end()) {
        // Only the plain coding, once: anything else is read differently by different servers.
        if (head.version() < 11 || head.count(boost::beast::http::field::transfer_encoding) != 1) return 400;
        if (!boost::beast::iequals(coding->value(), "chunked")) return 501;
    }
    return 0;
}

// What a trusted proxy says of the client. It appends the address it saw to the header or adds a line of its own, so
// only the very last one is its word; one that is no address is not believed.
inline void believe_proxy(Request& request) {
    std::string_view last;
    for (auto const& [name, value] : request.headers) {
        if (name == "x-forwarded-for") last = value;
        if (name == "x-forwarded-proto" && trim(value) == "https") request.secure = true;
    }
    last = trim(last.substr(last.rfind(',') + 1));
    boost::system::error_code error;
    boost::asio::ip::make_address(std::string{last}, error);
    if (!error) request.remote = last;
}

} // namespace sangu::http
