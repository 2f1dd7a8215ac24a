#include "support/browser.h"

#include "base/id.h"
#include "base/text.h"

#include <algorithm>

namespace sangu::test {

namespace {

std::string text_of(http::Reply& reply) {
    struct Reader {
        std::string operator()(std::string const& text) const { return text; }
        std::string operator()(std::shared_ptr<std::string const> const& text) const { return *text; }
        std::string operator()(std::string_view text) const { return std::string{text}; }
        std::string operator()(http::BodySource const& source) const {
            std::string all, chunk;
            while (source(chunk)) all += chunk;
            return all;
        }
        std::string operator()(http::EventStream const& stream) const {
            return stream.replay ? stream.replay() : std::string{};
        }
    };
    return std::visit(Reader{}, reply.body);
}

Answer answer_of(http::Reply reply) {
    return {.status = reply.status, .headers = std::move(reply.headers), .body = text_of(reply)};
}

Answer answer_of(http::PreparedReply const& reply) {
    Answer answer{.status = reply.status, .body = std::string{reply.body}};
    for (std::string_view line : split_text(reply.head, '\n')) {
        auto const colon = line.find(':');
        if (line.starts_with("HTTP/") || colon == line.npos) continue;
        answer.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
    }
    return answer;
}

void add_missing(http::Pairs& pairs, std::string_view name, std::string value) {
    if (std::ranges::none_of(pairs, [&](auto const& pair) { return pair.first == name; }))
        pairs.emplace_back(name, std::move(value));
}

} // namespace

std::string_view Answer::header(std::string_view name) const {
    auto const found = std::ranges::find_if(
        headers, [&](auto const& pair) { return to_lower_ascii(pair.first) == to_lower_ascii(name); });
    return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

http::Request Browser::request_to(http::Method method, std::string_view target, http::Pairs headers) const {
    http::Request request;
    request.method = method;
    SANGU_ASSERT(http::set_target(request, target));
    request.headers = std::move(headers);
    add_missing(request.headers, "host", "127.0.0.1:8080");
    std::string jar;
    for (auto const& [name, value] : cookies_) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
    if (!jar.empty()) add_missing(request.headers, "cookie", jar);
    request.remote = "127.0.0.1";
    request.id = new_id();
    return request;
}

Answer Browser::send(http::Request request) {
    auto const application = host_->application();
    std::optional<http::PreparedReply> prepared;
    bool const reads = request.method == http::Method::get || request.method == http::Method::head;
    if (reads && application.inline_answer) prepared = application.inline_answer(http::view_of(request));
    Answer answer = prepared ? answer_of(*prepared) : answer_of(application.handle(request));
    keep_cookies(answer);
    if (answer.header("content-type").starts_with("text/html")) last_page_ = answer.body;
    return answer;
}

void Browser::keep_cookies(Answer const& answer) {
    for (auto const& [name, value] : answer.headers) {
        if (to_lower_ascii(name) != "set-cookie") continue;
        auto const equals = value.find('=');
        auto const end = std::min(value.find(';'), value.size());
        std::string const cookie = value.substr(0, equals);
        if (value.find("Max-Age=0") != std::string::npos)
            cookies_.erase(cookie);
        else
            cookies_[cookie] = value.substr(equals + 1, end - equals - 1);
    }
}

std::string Browser::cookie(std::string const& name) const {
    auto const found = cookies_.find(name);
    return found == cookies_.end() ? std::string{} : found->second;
}

std::string Browser::hidden_field(std::string_view name) const {
    auto const place = last_page_.find("name=\"" + std::string{name} + "\"");
    if (place == std::string::npos) return {};
    auto const close = last_page_.find('>', place);
    auto const start = last_page_.find("value=\"", place);
    if (start == std::string::npos || start > close) return {};
    auto const end = last_page_.find('"', start + 7);
    return last_page_.substr(start + 7, end - start - 7);
}

std::string Browser::csrf_token(std::string_view target) {
    std::string token = hidden_field("csrf");
    if (token.empty()) get(target), token = hidden_field("csrf");
    if (token.empty()) get("/"), token = hidden_field("csrf");
    if (token.empty()) get("/sign-in"), token = hidden_field("csrf");
    return token;
}

Answer Browser::get(std::string_view target, http::Pairs headers) {
    return send(request_to(http::Method::get, target, std::move(headers)));
}

Answer Browser::post(std::string_view target, http::Pairs form, http::Pairs headers) {
    add_missing(form, "csrf", csrf_token(target));
    add_missing(headers, "content-type", "application/x-www-form-urlencoded");
    http::Request request = request_to(http::Method::post, target, std::move(headers));
    for (auto const& [name, value] : form)
        request.body +=
            (request.body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
    request.form = std::move(form);
    return send(std::move(request));
}

Answer Browser::upload(std::string_view target, http::Pairs form, std::vector<http::Upload> files) {
    add_missing(form, "csrf", csrf_token(target));
    http::Request request =
        request_to(http::Method::post, target, {{"content-type", "multipart/form-data; boundary=x"}});
    request.form = std::move(form);
    request.uploads = std::move(files);
    return send(std::move(request));
}

Answer Browser::import(std::string const& page, http::Upload file) {
    std::vector<http::Upload> files;
    files.push_back(std::move(file));
    auto const uploaded = upload(page, {}, std::move(files));
    std::string const location{uploaded.header("location")};
    if (uploaded.status != 303 || !get(location).contains(location + "/run")) return uploaded;
    return follow(post(location + "/run"));
}

Answer Browser::json(http::Method method, std::string_view target, std::string body, http::Pairs headers) {
    bool const is_safe = method == http::Method::get || method == http::Method::head;
    bool const by_token = std::ranges::any_of(headers, [](auto const& pair) { return pair.first == "authorization"; });
    if (!is_safe && !by_token) add_missing(headers, "x-csrf-token", csrf_token("/"));
    add_missing(headers, "accept", "application/json");
    if (!body.empty()) add_missing(headers, "content-type", "application/json");
    http::Request request = request_to(method, target, std::move(headers));
    request.body = std::move(body);
    return send(std::move(request));
}

Answer Browser::follow(Answer answer) {
    for (int hops = 0; hops < 5 && (answer.status == 303 || answer.status == 302); ++hops)
        answer = get(std::string{answer.header("location")});
    return answer;
}

} // namespace sangu::test
