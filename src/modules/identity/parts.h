#pragma once

// What the pages of identity share.

#include "kernel/html/page.h"
#include "kernel/http/message.h"
#include "kernel/http/route.h"

#include <string>
#include <string_view>
#include <vector>

namespace sangu::identity {

// A labelled text control; the label is "identity.form.<name>".
struct TextField {
    std::string_view name;
    std::string_view type = "text";
    std::string_view autocomplete = "off";
    std::string_view hint = {}; // message key
    std::string value = {};
    bool required = true;
    std::int64_t length_max = 200;
};
void text_field(html::Out& out, Context const& context, TextField const& field, Problems const& problems = {});

std::string text_of(http::Request const& request, std::string_view field);
// The form field "next" or the query's, when it is a path on this server; else "/".
std::string next_of(http::Request const& request);
// True for a path on this server: nothing a browser could read as another host, a scheme or a header.
bool is_local_path(std::string_view path);

// The same pages for people only: an API token must not change passwords, factors or tokens.
std::vector<http::Route> for_people(std::vector<http::Route> routes);

inline constexpr std::string_view form_name = "identity.form";

} // namespace sangu::identity
