#pragma once

// A browser of a test: keeps cookies, fills in the CSRF token of forms, talks to a Host without a socket.

#include "kernel/host.h"

#include <map>
#include <string>
#include <string_view>

namespace sangu::test {

struct Answer {
    int status = 0;
    http::Pairs headers;
    std::string body;

    std::string_view header(std::string_view name) const; // any case; "" when absent
    bool contains(std::string_view text) const { return body.find(text) != std::string::npos; }
};

class Browser {
public:
    explicit Browser(Host& host) : host_{&host} {}

    Answer get(std::string_view target, http::Pairs headers = {});
    // A form as a browser sends it; "csrf" is added unless given.
    Answer post(std::string_view target, http::Pairs form = {}, http::Pairs headers = {});
    Answer upload(std::string_view target, http::Pairs form, std::vector<http::Upload> files);
    // Imports a table file whose columns bear the names of fields: uploads it, which checks it at once, and runs it.
    // The page of the import in the end, or the answer to the upload when that does not lead to a checked file.
    Answer import(std::string const& page, http::Upload file);
    // An API call; unsafe methods carry the token in "X-CSRF-Token".
    Answer json(http::Method method, std::string_view target, std::string body = {}, http::Pairs headers = {});
    // The page a redirect leads to; the answer itself when it is none.
    Answer follow(Answer answer);

    void set_cookie(std::string name, std::string value) { cookies_[std::move(name)] = std::move(value); }
    std::string cookie(std::string const& name) const;
    // The value of a hidden field on the last page; "" when there is none.
    std::string hidden_field(std::string_view name) const;

private:
    Answer send(http::Request request);
    http::Request request_to(http::Method method, std::string_view target, http::Pairs headers) const;
    std::string csrf_token(std::string_view target);
    void keep_cookies(Answer const& answer);

    Host* host_;
    std::map<std::string, std::string> cookies_;
    std::string last_page_;
};

} // namespace sangu::test
