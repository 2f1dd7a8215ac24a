#include "base/text.h"
#include "kernel/config/settings.h"
#include "kernel/module.h"
#include "kernel/xml/text.h"
#include "modules/exchange/pages.h"
#include "modules/exchange/records.h"

#include <algorithm>

namespace sangu::exchange {

namespace {

constexpr int part_size = 10'000; // addresses in one part; the protocol allows 50,000
constexpr std::string_view pages_part = "pages-0.xml";
constexpr std::string_view sitemap_namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

http::Reply xml_reply(std::string body) {
    return http::text_reply(200, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + std::move(body),
                            "application/xml; charset=utf-8");
}

// The pages of the menu that everybody may read.
std::vector<std::string> public_pages(Context const& context) {
    std::vector<std::string> paths;
    for (Module const& module : context.services.modules)
        for (MenuItem const& item : module.menu)
            if (context.services.permissions.allows_somewhere(auth::anonymous(), item.permission))
                paths.emplace_back(item.path);
    std::ranges::sort(paths);
    auto const doubled = std::ranges::unique(paths);
    paths.erase(doubled.begin(), doubled.end());
    return paths;
}

void address(std::string& out, std::string_view home, std::string_view path, std::string_view changed) {
    out += "<url><loc>" + xml::text(home) + xml::text(path) + "</loc>";
    if (!changed.empty()) out += "<lastmod>" + std::string{changed} + "</lastmod>";
    out += "</url>\n";
}

struct Part {
    std::string source;
    int number = 0;
};

// "organisations-12.xml"
std::optional<Part> part_of(std::string_view name) {
    if (!name.ends_with(".xml")) return {};
    name.remove_suffix(4);
    auto const dash = name.rfind('-');
    if (dash == std::string_view::npos) return {};
    auto const number = parse_integer(name.substr(dash + 1));
    if (!number || *number < 0 || *number > 100'000) return {};
    return Part{std::string{name.substr(0, dash)}, static_cast<int>(*number)};
}

} // namespace

http::Reply robots_reply(Context& context, http::Request&) {
    // Facets, sorting and paging make endless addresses; what is behind them stands in the sitemap.
    std::string text = "User-agent: *\nDisallow: /*?\nDisallow: /*/download/\nDisallow: /*/import\nDisallow: /events\n"
                       "Disallow: /sign-in\nDisallow: /api/\nAllow: /\n\nSitemap: ";
    return http::text_reply(200, text + context.services.settings.public_url + "/sitemap.xml\n");
}

http::Reply sitemap_index(Context& context, http::Request&) {
    std::string const home = context.services.settings.public_url;
    std::string out = "<sitemapindex xmlns=\"" + std::string{sitemap_namespace} + "\">\n";
    auto const part = [&](std::string const& name) {
        out += "<sitemap><loc>" + xml::text(home + "/sitemaps/" + name) + "</loc></sitemap>\n";
    };
    part(std::string{pages_part});
    for (Source const& source : sources(context.services)) {
        std::int64_t const records = live_count(context.reader(), source.path());
        for (std::int64_t n = 0; n * part_size < records; ++n) part(source.path() + "-" + std::to_string(n) + ".xml");
    }
    return xml_reply(out + "</sitemapindex>\n");
}

http::Reply sitemap_part(Context& context, http::Request& request) {
    std::string const home = context.services.settings.public_url;
    std::string out = "<urlset xmlns=\"" + std::string{sitemap_namespace} + "\">\n";
    std::string_view const name = request.parameter("part");
    if (name == pages_part) {
        for (std::string const& path : public_pages(context)) address(out, home, path, {});
        return xml_reply(out + "</urlset>\n");
    }
    auto const part = part_of(name);
    auto const source = part ? source_named(context.services, part->source) : std::optional<Source>{};
    auto const addresses =
        source ? live_addresses(context.reader(), *source, part->number, part_size) : std::vector<LiveAddress>{};
    if (addresses.empty()) return http::text_reply(404, "404\n");
    for (LiveAddress const& one : addresses) address(out, home, one.path, one.datestamp);
    return xml_reply(out + "</urlset>\n");
}

} // namespace sangu::exchange
