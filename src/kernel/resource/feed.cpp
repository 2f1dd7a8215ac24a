#include "base/id.h"
#include "kernel/config/settings.h"
#include "kernel/resource/pages.h"
#include "kernel/xml/text.h"

namespace sangu::resource {

namespace {

constexpr int entries_max = 50;

// When an object was made: the first ten digits of its id are milliseconds (base/id.h).
Instant made_at(std::string_view id) {
    constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    Instant at;
    for (char const c : id.substr(0, 10)) at.ms = at.ms * 32 + static_cast<std::int64_t>(alphabet.find(c) & 31);
    return at;
}

} // namespace

http::Reply feed_reply(Context& context, Resource const& resource, http::Request& request) {
    auto query = parse_query(context, resource, request, Strictness::lenient);
    if (!query) return html::refusal(context, request, query.error());
    query->sort = &resource.meta->key(); // ids follow the time of making
    query->descending = true;
    query->rows = entries_max;
    query->after_id.clear();
    Page const newest = list(context, resource, *query);
    Labels const labels = labels_of(context, resource, newest.rows);
    std::string const home = context.services.settings.public_url;
    std::string const here = home + address_with(*query, resource, base_path(resource) + "/feed.atom", "after", "");
    std::string const title{context.t(plural_key(resource))};
    std::string out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
        std::string{i18n::tag_of(context.language)} + "\">\n<title>" + xml::text(title) + "</title>\n<id>" +
        xml::text(here) + "</id>\n<link rel=\"self\" href=\"" + xml::text(here) + "\"/>\n<link href=\"" +
        xml::text(home + base_path(resource)) + "\"/>\n<updated>" +
        to_text(newest.rows.empty() ? context.now() : made_at(newest.rows.front().id())) +
        "</updated>\n<author><name>" + xml::text(context.services.settings.zone_name_zh) + "</name></author>\n";
    for (entity::AnyObject const& row : newest.rows) {
        std::string const address = xml::text(home + object_path(resource, row.id()));
        out += "<entry><title>" + xml::text(title_of(context, resource, row, labels)) + "</title><id>" + address +
               "</id><link href=\"" + address + "\"/><updated>" + to_text(made_at(row.id())) + "</updated></entry>\n";
    }
    return http::text_reply(200, out + "</feed>\n", "application/atom+xml; charset=utf-8");
}

} // namespace sangu::resource
