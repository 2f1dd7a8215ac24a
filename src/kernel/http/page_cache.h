#pragma once

// Finished public pages in memory, answered on the event loop. A page is right while the data version it was made
// from is the current one, and for at most a minute, so that another server's changes show.

#include "kernel/http/message.h"
#include "kernel/i18n/i18n.h"

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sangu::http {

class PageCache {
public:
    PageCache(std::atomic<std::uint64_t> const& data_version, Clock const& clock)
        : data_version_{data_version}, clock_{clock} {}

    // The stored page in the coding the client accepts, or 304 when it has it already.
    std::optional<PreparedReply> find(RequestView const& request, i18n::Language language) const;
    // Stores a 200 reply that was made when the data version was `made_from`. Ignores what cannot be shared:
    // streamed bodies, cookies, very long addresses.
    void store(std::string_view target, i18n::Language language, Reply const& reply, std::uint64_t made_from);

private:
    struct Page {
        std::uint64_t data_version = 0;
        std::int64_t until_ms = 0;
        std::string etag;
        std::string plain_head, gzip_head, unchanged_head;
        std::string plain, gzip;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Pages = std::unordered_map<std::string, std::shared_ptr<Page const>, Hash, std::equal_to<>>;

    std::atomic<std::uint64_t> const& data_version_;
    Clock const& clock_;
    mutable std::shared_mutex mutex_;
    std::array<Pages, 3> pages_; // by language
    std::size_t bytes_ = 0;
};

// A weak entity tag of a body.
std::string etag_of(std::string_view body);
// True when If-None-Match names the tag.
bool matches_etag(std::string_view if_none_match, std::string_view etag);

} // namespace sangu::http
