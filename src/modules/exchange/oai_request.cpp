#include "modules/exchange/oai_request.h"

#include "base/text.h"
#include "base/time.h"

#include <algorithm>
#include <array>
#include <map>

namespace sangu::exchange::oai {

namespace {

constexpr std::string_view token_version = "1";

// Which arguments a verb knows; "!" marks a required one.
struct Verb {
    std::string_view name;
    std::vector<std::string_view> arguments;
};

std::vector<Verb> const& verbs() {
    static std::vector<Verb> const all = {
        {"Identify", {}},
        {"ListMetadataFormats", {"identifier"}},
        {"ListSets", {"resumptionToken"}},
        {"GetRecord", {"!identifier", "!metadataPrefix"}},
        {"ListIdentifiers", {"!metadataPrefix", "from", "until", "set", "resumptionToken"}},
        {"ListRecords", {"!metadataPrefix", "from", "until", "set", "resumptionToken"}}};
    return all;
}

enum class Granularity : std::uint8_t { none, day, second };

struct Datestamp {
    Granularity granularity = Granularity::none;
    std::string text; // with seconds
};

// Only "YYYY-MM-DD" and "YYYY-MM-DDThh:mm:ssZ" (3.3.1).
std::optional<Datestamp> datestamp_of(std::string_view text, std::string_view time_of_day) {
    if (text.size() == 10 && parse_date(text))
        return Datestamp{Granularity::day, std::string{text} + "T" + std::string{time_of_day} + "Z"};
    if (text.size() == 20 && text.ends_with('Z') && text[10] == 'T' && parse_instant(text))
        return Datestamp{Granularity::second, std::string{text}};
    return {};
}

std::optional<Fault> read_dates(Request& request, std::string_view from, std::string_view until) {
    auto const first = from.empty() ? Datestamp{} : datestamp_of(from, "00:00:00");
    auto const last = until.empty() ? Datestamp{} : datestamp_of(until, "23:59:59");
    if (!first || !last) return Fault{"badArgument", "from and until must be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"};
    bool const both = first->granularity != Granularity::none && last->granularity != Granularity::none;
    if (both && first->granularity != last->granularity)
        return Fault{"badArgument", "from and until must have the same granularity"};
    if (both && first->text > last->text) return Fault{"badArgument", "from is later than until"};
    request.from = first->text;
    request.until = last->text;
    return {};
}

bool read_token(Request& request, std::string_view token) {
    auto const text = from_base64url(token);
    if (!text || !is_valid_utf8(*text)) return false;
    auto const parts = split_text(*text, '\n');
    if (parts.size() != 11 || parts[0] != token_version || parts[1] != request.verb) return false;
    auto const cursor = parse_integer(parts[9]), size = parse_integer(parts[10]);
    bool const is_stamp = parts[6].size() == 20 && parse_instant(parts[6]);
    for (std::string_view const date : {parts[3], parts[4]})
        if (!date.empty() && !parse_instant(date)) return false;
    if (!cursor || *cursor < 0 || !size || !is_stamp) return false;
    request.metadata_prefix = parts[2];
    request.from = parts[3];
    request.until = parts[4];
    request.set = parts[5];
    request.after = Stamp{std::string{parts[7]}, std::string{parts[8]}, std::string{parts[6]}, false};
    request.cursor = *cursor;
    request.complete_size = *size;
    return true;
}

std::optional<Fault> check_arguments(Verb const& verb, std::map<std::string, std::string> const& given) {
    auto const knows = [&](std::string_view name) {
        return std::ranges::any_of(verb.arguments, [&](std::string_view one) {
            return one == name || (one.starts_with('!') && one.substr(1) == name);
        });
    };
    for (auto const& [name, value] : given)
        if (name != "verb" && !knows(name)) return Fault{"badArgument", "unknown argument " + name};
    if (given.contains("resumptionToken")) {
        if (given.size() != 2) return Fault{"badArgument", "resumptionToken is an exclusive argument"};
        return {};
    }
    for (std::string_view const one : verb.arguments)
        if (one.starts_with('!')) {
            auto const found = given.find(std::string{one.substr(1)});
            if (found == given.end() || found->second.empty())
                return Fault{"badArgument", "missing argument " + std::string{one.substr(1)}};
        }
    return {};
}

} // namespace

Parsed parse(http::Pairs const& arguments) {
    Parsed parsed;
    Request& request = parsed.request;
    std::map<std::string, std::string> given;
    bool repeated = false;
    for (auto const& [name, value] : arguments) repeated |= !given.emplace(name, value).second;
    auto const verb_given = given.find("verb");
    auto const verb = std::ranges::find(verbs(), verb_given == given.end() ? "" : verb_given->second, &Verb::name);
    auto const verb_count = std::ranges::count(arguments, "verb", &http::Pairs::value_type::first);
    if (verb == verbs().end() || verb_count != 1)
        return {{},
                Fault{"badVerb", "exactly one verb of Identify, ListMetadataFormats, ListSets, GetRecord, "
                                 "ListIdentifiers and ListRecords is needed"}};
    request.verb = verb->name;
    parsed.fault =
        repeated ? std::optional{Fault{"badArgument", "an argument is repeated"}} : check_arguments(*verb, given);
    if (!parsed.fault) parsed.fault = read_dates(request, given["from"], given["until"]);
    if (parsed.fault) return parsed;
    request.given = arguments;
    request.identifier = given["identifier"];
    request.metadata_prefix = given["metadataPrefix"];
    request.set = given["set"];
    request.resumption_token = given["resumptionToken"];
    bool const resumes =
        std::ranges::find(arguments, "resumptionToken", &http::Pairs::value_type::first) != arguments.end();
    if (resumes && (request.verb == "ListSets" || !read_token(request, request.resumption_token)))
        parsed.fault = Fault{"badResumptionToken", "this token was not given by this server"};
    return parsed;
}

std::string token_of(Request const& request, Stamp const& last, std::int64_t cursor, std::int64_t complete_size) {
    return to_base64url(join({std::string{token_version}, request.verb, request.metadata_prefix, request.from,
                              request.until, request.set, last.datestamp, last.source, last.object_id,
                              std::to_string(cursor), std::to_string(complete_size)},
                             "\n"));
}

std::optional<Name> name_of(std::string_view identifier, std::string_view host) {
    std::string const start = "oai:" + std::string{host} + ":";
    if (!identifier.starts_with(start)) return {};
    identifier.remove_prefix(start.size());
    auto const slash = identifier.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == identifier.size()) return {};
    return Name{std::string{identifier.substr(0, slash)}, std::string{identifier.substr(slash + 1)}};
}

std::string identifier_of(std::string_view host, std::string_view source, std::string_view object_id) {
    return "oai:" + std::string{host} + ":" + std::string{source} + "/" + std::string{object_id};
}

std::string host_of(std::string_view address) {
    if (auto const start = address.find("://"); start != std::string_view::npos) address.remove_prefix(start + 3);
    address = address.substr(0, address.find_first_of("/?#"));
    if (auto const at = address.rfind('@'); at != std::string_view::npos) address.remove_prefix(at + 1);
    if (address.starts_with('[')) return std::string{address.substr(0, address.find(']') + 1)};
    return to_lower_ascii(address.substr(0, address.find(':')));
}

} // namespace sangu::exchange::oai
