#pragma once

// The head of a request as Beast gives it: names, methods, statuses, and what no message may be. For
// server_connection.cpp only.

#include "kernel/http/message.h"

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
} // namespace sangu::http
