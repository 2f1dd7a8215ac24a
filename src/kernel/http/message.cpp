#include "kernel/http/message.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace sangu::http {

namespace {

constexpr std::size_t form_fields_max = 1000;

constexpr std::array<std::string_view, 8> method_names{"GET",   "HEAD",   "POST",    "PUT",
                                                       "PATCH", "DELETE", "OPTIONS", "OTHER"};

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string_view find_pair(Pairs const& pairs, std::string_view name) {
    auto const found = std::ranges::find(pairs, name, [](auto const& pair) -> std::string_view { return pair.first; });
    return found == pairs.end() ? std::string_view{} : std::string_view{found->second};
}

std::optional<std::string_view> find_optional(Pairs const& pairs, std::string_view name) {
    auto const found = std::ranges::find(pairs, name, [](auto const& pair) -> std::string_view { return pair.first; });
    if (found == pairs.end()) return std::nullopt;
    return found->second;
}

bool has_control_byte(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::string disposition(std::string_view file_name) {
    std::string plain;
    for (char const c : file_name) {
        bool const is_safe = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                             c == '-' || c == '_';
        plain += is_safe ? c : '_';
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encode(file_name);
}

Reply with_type(int status, std::string body, std::string_view content_type) {
    Reply reply;
    reply.status = status;
    reply.header("Content-Type", std::string{content_type});
    reply.body = std::move(body);
    return reply;
}

Reply as_download(Reply reply, std::string_view content_type, std::string_view file_name) {
    reply.header("Content-Type", std::string{content_type});
    reply.header("Content-Disposition", disposition(file_name));
    reply.header("X-Content-Type-Options", "nosniff");
    return reply;
}

} // namespace

Method method_of(std::string_view name) {
    auto const found = std::ranges::find(method_names, name);
    return found == method_names.end() ? Method::other : static_cast<Method>(found - method_names.begin());
}

std::string_view name_of(Method method) { return method_names[static_cast<std::size_t>(method)]; }

Upload::~Upload() {
    if (path.empty()) return;
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
}

Upload::Upload(Upload&& other) noexcept { *this = std::move(other); }

Upload& Upload::operator=(Upload&& other) noexcept {
    std::swap(field, other.field);
    std::swap(file_name, other.file_name);
    std::swap(content_type, other.content_type);
    std::swap(data, other.data);
    std::swap(path, other.path);
    std::swap(size, other.size);
    return *this;
}

std::string_view Request::header(std::string_view lower_case_name) const { return find_pair(headers, lower_case_name); }

std::string_view Request::cookie(std::string_view name) const {
    for (auto const& [key, value] : headers) {
        if (key != "cookie") continue;
        for (std::string_view rest = value; !rest.empty();) {
            std::size_t const end = std::min(rest.find(';'), rest.size());
            std::string_view const part = trim(rest.substr(0, end));
            if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=')
                return part.substr(name.size() + 1);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return {};
}

std::string_view Request::parameter(std::string_view name) const { return find_pair(parameters, name); }

std::optional<std::string_view> Request::query_value(std::string_view name) const { return find_optional(query, name); }

std::vector<std::string_view> Request::query_values(std::string_view name) const {
    std::vector<std::string_view> values;
    for (auto const& [key, value] : query)
        if (key == name) values.push_back(value);
    return values;
}

std::optional<std::string_view> Request::form_value(std::string_view name) const { return find_optional(form, name); }

bool Request::wants_json() const {
    if (path.starts_with("/api/")) return true;
    auto const accept = header("accept");
    return accept.find("json") != std::string_view::npos && accept.find("text/html") == std::string_view::npos;
}

Reply text_reply(int status, std::string body, std::string_view content_type) {
    return with_type(status, std::move(body), content_type);
}

Reply html_reply(std::string body, int status) {
    return with_type(status, std::move(body), "text/html; charset=utf-8");
}

Reply json_reply(std::string body, int status) { return with_type(status, std::move(body), "application/json"); }

Reply see_other(std::string location) {
    Reply reply;
    reply.status = 303;
    reply.header("Location", std::move(location));
    return reply;
}

Reply download(BodySource source, std::string_view content_type, std::string_view file_name) {
    Reply reply;
    reply.body = std::move(source);
    return as_download(std::move(reply), content_type, file_name);
}

Reply download(std::string data, std::string_view content_type, std::string_view file_name) {
    Reply reply;
    reply.body = std::move(data);
    return as_download(std::move(reply), content_type, file_name);
}

int status_of(Refusal refusal) {
    switch (refusal) {
    case Refusal::invalid: return 422;
    case Refusal::unauthenticated: return 401;
    case Refusal::forbidden: return 403;
    case Refusal::not_found: return 404;
    case Refusal::conflict: return 409;
    case Refusal::stale: return 412;
    case Refusal::too_large: return 413;
    case Refusal::too_many: return 429;
    case Refusal::unavailable: return 503;
    }
    return 500;
}

std::string_view reason_of(int status) {
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 507: return "Insufficient Storage";
    default: return "Status";
    }
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    auto const start = head.size();
    head += value;
    for (auto i = start; i < head.size(); ++i)
        if (static_cast<unsigned char>(head[i]) < 0x20 || head[i] == 0x7f) head[i] = ' ';
    head += "\r\n";
}

bool set_target(Request& request, std::string_view target) {
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        auto const slash = target.find('/', scheme.size());
        target = slash == std::string_view::npos ? std::string_view{"/"} : target.substr(slash);
    }
    // "//host/…" would be another server's address wherever the target is written as a link or a redirect.
    if (!target.starts_with('/') || target.starts_with("//")) return false;
    request.target = target;
    auto const mark = target.find('?');
    auto path = percent_decode(target.substr(0, mark), false);
    if (!path || has_control_byte(*path)) return false;
    request.path = std::move(*path);
    request.query.clear();
    if (mark == std::string_view::npos) return true;
    auto query = parse_form(target.substr(mark + 1));
    if (!query) return false;
    request.query = std::move(*query);
    return true;
}

bool decode_form(Request& request) {
    if (!request.form.empty() || !request.header("content-type").starts_with("application/x-www-form-urlencoded"))
        return true;
    auto form = parse_form(request.body);
    if (!form) return false;
    request.form = std::move(*form);
    return true;
}

RequestView view_of(Request const& request) {
    RequestView view{request.method, request.target, request.remote, request.secure, &request, nullptr};
    view.find = [](void const* fields, std::string_view name) {
        return static_cast<Request const*>(fields)->header(name);
    };
    return view;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            int const high = hex_digit(text[i + 1]);
            int const low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    if (!is_valid_utf8(out)) return std::nullopt;
    return out;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const is_unreserved = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                   c == '-' || c == '.' || c == '_' || c == '~';
        if (is_unreserved) {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

std::optional<Pairs> parse_form(std::string_view body) {
    Pairs pairs;
    while (!body.empty()) {
        auto const end = body.find('&');
        auto const part = body.substr(0, end);
        body = end == std::string_view::npos ? std::string_view{} : body.substr(end + 1);
        if (part.empty()) continue;
        if (pairs.size() == form_fields_max) return std::nullopt;
        auto const equals = part.find('=');
        auto name = percent_decode(part.substr(0, equals), true);
        auto value = equals == std::string_view::npos ? std::optional<std::string>{std::in_place}
                                                      : percent_decode(part.substr(equals + 1), true);
        if (!name || !value) return std::nullopt;
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

} // namespace sangu::http
