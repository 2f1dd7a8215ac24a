#include "kernel/mail/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace sangu::mail {

namespace {

struct Source {
    std::string_view rest;
};

std::size_t give(char* target, std::size_t one, std::size_t count, void* source) {
    auto& from = *static_cast<Source*>(source);
    std::size_t const bytes = std::min(one * count, from.rest.size());
    std::memcpy(target, from.rest.data(), bytes);
    from.rest.remove_prefix(bytes);
    return bytes;
}

bool is_on_this_machine(std::string_view address) {
    for (std::string_view const host : {"smtp://127.0.0.1", "smtp://localhost", "smtp://[::1]"})
        if (address.starts_with(host) && (address.size() == host.size() || address[host.size()] == ':' ||
                                          address[host.size()] == '/'))
            return true;
    return false;
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

void set_options(CURL* curl, Server const& server, std::string const& from, curl_slist* to, Source& source) {
    curl_easy_setopt(curl, CURLOPT_URL, server.address.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(is_on_this_machine(server.address) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &source);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(source.rest.size()));
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    if (server.user.empty()) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
}

} // namespace

Server server_of(config::Settings const& settings) {
    return {.address = settings.mail_server, .user = settings.mail_user, .password = settings.mail_password};
}

Delivery deliver(Server const& server, std::string const& from, std::string const& to, std::string const& data) {
    static bool const started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    std::unique_ptr<CURL, void (*)(CURL*)> const curl{started ? curl_easy_init() : nullptr, &curl_easy_cleanup};
    std::unique_ptr<curl_slist, FreeList> const recipients{curl_slist_append(nullptr, ("<" + to + ">").c_str())};
    if (!curl || !recipients) return {Outcome::later, "no memory"};
    Source source{data};
    set_options(curl.get(), server, from, recipients.get(), source);
    CURLcode const code = curl_easy_perform(curl.get());
    if (code == CURLE_OK) return {Outcome::sent, {}};
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    std::string const reason = std::string{curl_easy_strerror(code)} + " (" + std::to_string(status) + ")";
    // A wrong password or no TLS is the setting's fault, not the mail's.
    bool const about_the_mail = code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_WEIRD_SERVER_REPLY ||
                                code == CURLE_UPLOAD_FAILED;
    return {status >= 500 && about_the_mail ? Outcome::refused : Outcome::later, reason};
}

} // namespace sangu::mail
