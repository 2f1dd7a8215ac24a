#include "kernel/html/linked_data.h"

#include "kernel/json/json.h"

namespace sangu::html {

std::string linked_data(std::string_view schema_type, LinkedMembers const& members) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("@context", "https://schema.org").member("@type", schema_type);
    for (auto const& [name, text] : members)
        if (!text.empty()) writer.member(name, text);
    writer.end_object();
    return out;
}

void write_linked_data(Out& out, std::string_view serialised) {
    out.raw("<script type=\"application/ld+json\">");
    out.json(serialised);
    out.raw("</script>");
}

} // namespace sangu::html
