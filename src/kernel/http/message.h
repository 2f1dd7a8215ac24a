#pragma once

// What a handler sees of HTTP: plain structs. Asio and Beast stay in kernel/http/server*.cpp.

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sangu::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };

Method method_of(std::string_view name); // "GET" → get
std::string_view name_of(Method method);

using Pairs = std::vector<std::pair<std::string, std::string>>;

// A request as it stands in the read buffer, for answers given on the event loop: nothing is copied or decoded.
struct RequestView {
    Method method = Method::get;
    std::string_view target; // as sent: "/tasks?page=2"
    std::string_view remote;
    bool secure = false;
    void const* fields = nullptr;
    std::string_view (*find)(void const* fields, std::string_view lower_case_name) = nullptr;

    std::string_view header(std::string_view lower_case_name) const {
        return find ? find(fields, lower_case_name) : "";
    }
    std::string_view path() const { return target.substr(0, target.find('?')); }
};

// A finished reply whose bytes somebody else owns. `head` is the status line and the headers without Date,
// Connection and the empty line: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n".
struct PreparedReply {
    int status = 200;
    std::string_view head;
    std::string_view body;
    std::shared_ptr<void const> owner; // keeps the bytes alive; may be empty for static ones
};

// A part of a multipart/form-data body. Parts with a file name are spooled to `path` when they are large.
struct Upload {
    std::string field;
    std::string file_name; // as sent, never used as a path
    std::string content_type;
    std::string data; // when not spooled
    std::string path; // temporary file, removed with the request
    std::uint64_t size = 0;
    ~Upload();
    Upload() = default;
    Upload(Upload&&) noexcept;
    Upload& operator=(Upload&&) noexcept;
};

struct Request {
    Method method = Method::get;
    std::string target; // as sent, without a scheme and host: "/tasks?page=2"
    std::string path;   // decoded path: "/tasks"
    Pairs query;        // decoded
    Pairs headers;      // names in lower case
    Pairs parameters;   // of the route: {"id", "…"}
    Pairs form;         // decoded application/x-www-form-urlencoded or multipart fields
    std::vector<Upload> uploads;
    std::string body;   // raw, for JSON
    std::string remote; // address of the client (of the proxy's X-Forwarded-For when it is trusted)
    bool secure = false;
    std::string id; // request id, in logs and error pages

    std::string_view header(std::string_view lower_case_name) const; // "" when absent
    std::string_view cookie(std::string_view name) const;
    std::string_view parameter(std::string_view name) const;
    std::optional<std::string_view> query_value(std::string_view name) const; // the first
    std::vector<std::string_view> query_values(std::string_view name) const;
    std::optional<std::string_view> form_value(std::string_view name) const;
    bool wants_json() const; // API path or Accept: application/json
};

// Pulls the next piece of a streamed body into `chunk`; false at the end. Runs on a worker thread.
using BodySource = std::function<bool(std::string& chunk)>;

// Server-sent events: the server subscribes the connection to `topic` before it sends the first byte
// and replays what `replay` returns for the client's Last-Event-ID. Events that were already replayed
// (by their "id:" line) are not sent twice.
struct EventStream {
    std::string topic;                   // empty: every topic
    std::function<std::string()> replay; // already framed text; may be empty
    // Whether this client may see an event of a visibility and scope; called on the event loop, must not block.
    // Empty: only events with the visibility "public".
    std::function<bool(std::string_view visibility, std::string_view scope)> may_see;
};

struct Reply {
    int status = 200;
    Pairs headers; // names as they should be written
    std::variant<std::string, std::shared_ptr<std::string const>, std::string_view, BodySource, EventStream> body;
    bool shown_once = false; // holds a secret: a repeated request is refused instead of answered with the kept reply

    Reply& header(std::string name, std::string value) & {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    Reply&& header(std::string name, std::string value) && {
        headers.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
};

Reply text_reply(int status, std::string body, std::string_view content_type = "text/plain; charset=utf-8");
Reply html_reply(std::string body, int status = 200);
Reply json_reply(std::string body, int status = 200);
Reply see_other(std::string location);                                                        // 303 after a form
Reply download(BodySource source, std::string_view content_type, std::string_view file_name); // attachment, nosniff
Reply download(std::string data, std::string_view content_type, std::string_view file_name);

int status_of(Refusal refusal);
std::string_view reason_of(int status); // "Not Found"

// Appends "Name: value\r\n"; control bytes in the value become spaces, so a value cannot add a header.
void append_header(std::string& head, std::string_view name, std::string_view value);

// Sets target, path and query from the request line; false when the target is malformed.
bool set_target(Request& request, std::string_view target);
// Reads an urlencoded `body` into `form` once; false when it is malformed or has too many fields.
bool decode_form(Request& request);
// The view of a request that lives in memory, for tests and for callers without a socket.
RequestView view_of(Request const& request);

// Percent-decoding; nothing for a bad escape or for bytes that are not UTF-8.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);
std::string percent_encode(std::string_view text);
std::optional<Pairs> parse_form(std::string_view body); // at most 1,000 fields

} // namespace sangu::http
