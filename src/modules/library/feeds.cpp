// What leaves the house for everybody: the Atom feed of a list and the sitemap. Titles only, whoever asks.

#include "base/time_zone.h"
#include "kernel/config/settings.h"
#include "modules/library/page_parts.h"
#include "modules/library/pages.h"

namespace sangu::library {

namespace {

constexpr int sitemap_max = 50'000; // addresses in one file, sitemaps.org

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
        std::string{i18n::tag_of(context.language)} + "\">\n<title>" + xml(context.t(kind.message(".plural"))) +
        "</title>\n<id>" + xml(self) + "</id>\n<link rel=\"self\" href=\"" + xml(self) + "\"/>\n<link href=\"" +
        xml(home + query.with(base, "after", "")) + "\"/>\n<updated>" + moment(updated, context.now()) +
        "</updated>\n<author><name>" + xml(context.t("page.product")) + "</name></author>\n";
    for (Line const& line : found.lines) {
        std::string const address = xml(home + path_of(kind, line.entry));
        out += "<entry><title>" + xml(line.entry.title) + "</title><id>" + address + "</id><link href=\"" + address +
               "\"/><updated>" + moment(line.entry.published_on, context.now()) + "</updated></entry>\n";
    }
    return http::text_reply(200, out + "</feed>\n", "application/atom+xml; charset=utf-8");
}

http::Reply sitemap_reply(Context& context, http::Request&) {
    std::string const home = context.services.settings.public_url;
    std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset "
                      "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    int left = sitemap_max;
    for (Kind const* kind : kinds(context.services)) {
        out += "<url><loc>" + xml(home + "/" + std::string{kind->path}) + "</loc></url>\n";
        context.reader().query("select number, confirmed_on from library_entry where kind = ? and state = 'published' "
                               "order by id desc limit ?",
                               {std::string{kind->name}, std::int64_t{left}}, [&](db::Row const& row) {
                                   out += "<url><loc>" +
                                          xml(home + "/" + std::string{kind->path} + "/" + std::string{row.text(0)}) +
                                          "</loc><lastmod>" + xml(row.text(1)) + "</lastmod></url>\n";
                                   --left;
                               });
    }
    return http::text_reply(200, out + "</urlset>\n", "application/xml; charset=utf-8");
}

} // namespace sangu::library
