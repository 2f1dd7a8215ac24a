#include "base/text.h"
#include "kernel/config/settings.h"
#include "kernel/json/json.h"
#include "modules/indicators/page_parts.h"
#include "modules/indicators/pages.h"

#include <cstdint>

namespace sangu::indicators {

namespace {

constexpr std::size_t entries_max = 50;
constexpr int events_at_once = 200, reads_max = 10;

std::string xml(std::string_view text) {
    std::string out;
    for (char const c : text) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    return out;
}

struct Entry {
    events::Event event;
    std::string title, path;
};

// What an event says to readers: its message "event.<kind>" with the payload's title, and the payload's path.
// Events without a message are not for people.
std::optional<Entry> entry_of(Context const& context, events::Event event) {
    std::string const key = "event." + event.kind;
    if (!i18n::has_message(context.language, key)) return {};
    auto const payload = json::Document::parse(event.payload);
    std::string title, path = "/";
    if (payload) {
        bool const english = context.language == i18n::Language::en;
        title = payload->root().text_of(english ? "title_en" : "title");
        if (title.empty()) title = payload->root().text_of("title");
        if (context.language == i18n::Language::zh_hant) title = i18n::to_traditional(title);
        if (auto const given = payload->root().text_of("path"); given.starts_with('/')) path = given;
    }
    return Entry{std::move(event), context.t(key, {title}), path};
}

// The newest public events that are for people.
std::vector<Entry> newest_entries(Context const& context) {
    std::vector<Entry> entries;
    std::int64_t before = INT64_MAX;
    for (int i = 0; i < reads_max && entries.size() < entries_max; ++i) {
        auto all = events::public_before(context.reader(), before, events_at_once);
        for (events::Event& event : all) {
            before = event.sequence;
            if (entries.size() == entries_max) break;
            if (auto entry = entry_of(context, std::move(event))) entries.push_back(std::move(*entry));
        }
        if (all.size() < static_cast<std::size_t>(events_at_once)) break;
    }
    return entries;
}

} // namespace

http::Reply feed(Context& context, http::Request&) {
    std::vector<Entry> const entries = newest_entries(context);
    std::string const home = context.services.settings.public_url;
    std::string const updated = to_text(entries.empty() ? context.now() : entries.front().event.at);
    std::string out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
        std::string{i18n::tag_of(context.language)} + "\">\n<title>" + xml(context.t("indicators.feed")) +
        "</title>\n<id>" + xml(home) + "/feed.atom</id>\n<link rel=\"self\" href=\"" + xml(home) +
        "/feed.atom\"/>\n<link href=\"" + xml(home) + "/\"/>\n<updated>" + updated +
        "</updated>\n<author><name>sangu</name></author>\n";
    for (Entry const& entry : entries)
        out += "<entry><title>" + xml(entry.title) + "</title><id>" + xml(home) + "/feed.atom#" +
               std::to_string(entry.event.sequence) + "</id><link href=\"" + xml(home + entry.path) + "\"/><updated>" +
               to_text(entry.event.at) + "</updated></entry>\n";
    out += "</feed>\n";
    return http::text_reply(200, std::move(out), "application/atom+xml; charset=utf-8");
}

} // namespace sangu::indicators
