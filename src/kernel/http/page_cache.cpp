#include "kernel/http/page_cache.h"

#include "base/text.h"
#include "kernel/hash/fingerprint.h"
#include "kernel/http/assets.h"

#include <algorithm>
#include <mutex>

namespace sangu::http {

namespace {

constexpr std::int64_t life_ms = 60'000;
constexpr std::size_t target_max = 300;
constexpr std::size_t bytes_max = 16u << 20;
constexpr std::size_t gzip_from = 600; // smaller bodies fit into one packet anyway

std::string head_of(Reply const& reply, int status, std::string_view etag) {
    std::string head = "HTTP/1.1 " + std::to_string(status) + " " + std::string{reason_of(status)} + "\r\n";
    for (auto const& [name, value] : reply.headers) {
        if (status == 304 && name.starts_with("Content-")) continue;
        append_header(head, name, value);
    }
    append_header(head, "ETag", etag);
    return head;
}

} // namespace

std::string etag_of(std::string_view body) { return "W/\"" + hash::fingerprint(body) + "\""; }

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
    if (trim(if_none_match) == "*") return true;
    auto const opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
    return std::ranges::any_of(split_text(if_none_match, ','),
                               [&](std::string_view one) { return opaque(trim(one)) == opaque(etag); });
}

std::optional<PreparedReply> PageCache::find(RequestView const& request, i18n::Language language) const {
    std::shared_ptr<Page const> page;
    {
        auto const& pages = pages_[static_cast<std::size_t>(language)];
        std::shared_lock const lock{mutex_};
        auto const found = pages.find(request.target);
        if (found == pages.end()) return std::nullopt;
        page = found->second;
    }
    if (page->data_version != data_version_.load(std::memory_order_acquire)) return std::nullopt;
    if (clock_.now().ms > page->until_ms) return std::nullopt;
    if (auto const known = request.header("if-none-match"); !known.empty() && matches_etag(known, page->etag))
        return PreparedReply{304, page->unchanged_head, {}, page};
    if (!page->gzip.empty() && accepts_coding(request.header("accept-encoding"), "gzip"))
        return PreparedReply{200, page->gzip_head, page->gzip, page};
    return PreparedReply{200, page->plain_head, page->plain, page};
}

void PageCache::store(std::string_view target, i18n::Language language, Reply const& reply, std::uint64_t made_from) {
    auto const* const body = std::get_if<std::string>(&reply.body);
    auto const has_cookie = [](auto const& pair) { return pair.first == "Set-Cookie"; };
    if (body == nullptr || reply.status != 200 || target.size() > target_max ||
        std::ranges::any_of(reply.headers, has_cookie))
        return;
    auto page = std::make_shared<Page>();
    page->data_version = made_from;
    page->until_ms = clock_.now().ms + life_ms;
    page->etag = etag_of(*body);
    page->plain = *body;
    page->plain_head = head_of(reply, 200, page->etag);
    page->unchanged_head = head_of(reply, 304, page->etag);
    if (body->size() >= gzip_from) {
        page->gzip = gzip(*body);
        page->gzip_head = page->plain_head;
        append_header(page->gzip_head, "Content-Encoding", "gzip");
        append_header(page->gzip_head, "Content-Length", std::to_string(page->gzip.size()));
    }
    append_header(page->plain_head, "Content-Length", std::to_string(body->size()));

    std::lock_guard const lock{mutex_};
    if (bytes_ + page->plain.size() + page->gzip.size() > bytes_max) {
        for (auto& pages : pages_) pages.clear();
        bytes_ = 0;
    }
    auto& place = pages_[static_cast<std::size_t>(language)][std::string{target}];
    if (place) bytes_ -= place->plain.size() + place->gzip.size();
    bytes_ += page->plain.size() + page->gzip.size();
    place = std::move(page);
}

} // namespace sangu::http
