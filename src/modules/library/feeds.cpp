// What leaves the house for everybody: the Atom feed of a list. Titles only, whoever asks.

#include "base/time_zone.h"
#include "kernel/config/settings.h"
#include "kernel/xml/text.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"

namespace sangu::library {

namespace {

std::string moment(std::optional<Date> day, Instant otherwise) { return to_text(day ? start_of(*day) : otherwise); }

} // namespace

http::Reply feed_reply(Context& context, Kind const& kind, http::Request& request) {
    ListQuery query = list_query(kind, request.query);
    query.by_confirmation = false;
    query.after_id.clear();
    query.rows = 50;
    auto const found = find_entries(context.reader(), query, {});
    std::string const home = context.services.settings.public_url, base = "/" + std::string{kind.path};
    std::string const self = home + query.with(base + "/feed.atom", "after", "");
    std::optional<Date> updated;
    for (Line const& line : found.lines)
        if (!updated || *updated < line.entry.published_on) updated = line.entry.published_on;
    std::string out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
        std::string{i18n::tag_of(context.language)} + "\">\n<title>" + xml::text(context.t(kind.message(".plural"))) +
        "</title>\n<id>" + xml::text(self) + "</id>\n<link rel=\"self\" href=\"" + xml::text(self) +
        "\"/>\n<link href=\"" + xml::text(home + query.with(base, "after", "")) + "\"/>\n<updated>" +
        moment(updated, context.now()) + "</updated>\n<author><name>" + xml::text(context.t("page.product")) +
        "</name></author>\n";
    for (Line const& line : found.lines) {
        std::string const address = xml::text(home + path_of(kind, line.entry));
        out += "<entry><title>" + xml::text(line.entry.title) + "</title><id>" + address + "</id><link href=\"" +
               address + "\"/><updated>" + moment(line.entry.published_on, context.now()) + "</updated></entry>\n";
    }
    return http::text_reply(200, out + "</feed>\n", "application/atom+xml; charset=utf-8");
}

} // namespace sangu::library
