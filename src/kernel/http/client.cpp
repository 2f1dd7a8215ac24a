#include "kernel/http/client.h"

#include <curl/curl.h>

#include <memory>

namespace sangu::http {

namespace {

struct Sink {
    std::string body;
    std::size_t bytes_max;
    bool is_full = false;
};

std::size_t receive(char const* data, std::size_t one, std::size_t count, void* target) {
    auto& sink = *static_cast<Sink*>(target);
    sink.is_full = sink.body.size() + one * count > sink.bytes_max;
    if (sink.is_full) return 0; // ends the transfer with an error
    sink.body.append(data, one * count);
    return one * count;
}

} // namespace

Result<std::string> fetch(Fetch const& request) {
    static bool const started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    std::unique_ptr<CURL, void (*)(CURL*)> const curl{started ? curl_easy_init() : nullptr, &curl_easy_cleanup};
    if (!curl) return refuse(Refusal::unavailable, "error.fetch.unreachable", {"curl"});
    Sink sink{{}, request.bytes_max};
    curl_easy_setopt(curl.get(), CURLOPT_URL, request.address.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, request.timeout_s);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_ACCEPT_ENCODING, ""); // what is unpacked is counted
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "sangu");
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &receive);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &sink);
    CURLcode const code = curl_easy_perform(curl.get());
    if (sink.is_full)
        return refuse(Refusal::unavailable, "error.fetch.too_large", {std::to_string(request.bytes_max >> 20)});
    if (code != CURLE_OK) return refuse(Refusal::unavailable, "error.fetch.unreachable", {curl_easy_strerror(code)});
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return refuse(Refusal::unavailable, "error.fetch.status", {std::to_string(status)});
    return std::move(sink.body);
}

} // namespace sangu::http
