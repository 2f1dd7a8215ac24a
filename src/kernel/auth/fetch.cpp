#include "kernel/auth/fetch.h"

#include "base/log.h"

#include <curl/curl.h>

#include <memory>

namespace sangu::auth {

namespace {

struct Sink {
    std::string body;
    std::size_t bytes_max;
};

std::size_t receive(char const* data, std::size_t one, std::size_t count, void* target) {
    auto& sink = *static_cast<Sink*>(target);
    if (sink.body.size() + one * count > sink.bytes_max) return 0; // ends the transfer with an error
    sink.body.append(data, one * count);
    return one * count;
}

void set_options(CURL* curl, Fetch const& request, Sink& sink) {
    curl_easy_setopt(curl, CURLOPT_URL, request.address.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, request.address.starts_with("http://") ? "" : nullptr);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 5L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, request.timeout_s);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
    if (!request.form.empty()) curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, request.form.c_str());
    if (!request.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        curl_easy_setopt(curl, CURLOPT_USERNAME, request.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, request.password.c_str());
    }
}

} // namespace

bool is_allowed_address(std::string_view address) {
    if (address.starts_with("https://")) return true;
    for (std::string_view const host : {"http://127.0.0.1", "http://localhost", "http://[::1]"})
        if (address.starts_with(host) &&
            (address.size() == host.size() || address[host.size()] == ':' || address[host.size()] == '/'))
            return address.find('@') == std::string_view::npos;
    return false;
}

Result<std::string> fetch(Fetch const& request) {
    if (!is_allowed_address(request.address)) return refuse(Refusal::unavailable, "auth.oidc.unreachable");
    static bool const started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    std::unique_ptr<CURL, void (*)(CURL*)> const curl{started ? curl_easy_init() : nullptr, &curl_easy_cleanup};
    if (!curl) return refuse(Refusal::unavailable, "auth.oidc.unreachable");
    Sink sink{{}, request.bytes_max};
    set_options(curl.get(), request, sink);
    CURLcode const code = curl_easy_perform(curl.get());
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK && status == 200) return std::move(sink.body);
    log::warning("auth.oidc.fetch_failed", {{"address", request.address.substr(0, request.address.find('?'))},
                                            {"status", std::to_string(status)},
                                            {"reason", curl_easy_strerror(code)}});
    return refuse(Refusal::unavailable, "auth.oidc.unreachable");
}

} // namespace sangu::auth
