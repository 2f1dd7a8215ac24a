#pragma once

// The only type href, src and action accept. A Url is made of parts that are percent-encoded, or comes from outside
// through external(), which lets only http, https and mailto pass.

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace sangu::html {

// A path written in the source, checked by the compiler: href("/tasks").
struct PathLiteral {
    std::string_view text;

    consteval PathLiteral(char const* literal)
        : text{literal} { // NOLINT(google-explicit-constructor): a literal is enough
        if (text.empty() || (text[0] != '/' && text[0] != '#' && text[0] != '?') || text.starts_with("//"))
            a_literal_address_must_be_a_path_on_this_server();
    }

private:
    static void a_literal_address_must_be_a_path_on_this_server(); // never defined: stops the compiler
};

struct Url {
    std::string text;

    // "/tasks" + "/" + each segment, percent-encoded: Url::path("/tasks", id.text, "history").
    template <class... Segments> static Url path(std::string_view base, Segments const&... segments) {
        Url url{std::string{base}};
        (url.add_segment(segments), ...);
        return url;
    }
    // A path that was already built ("/tasks/01j…?page=2"); "#" unless it stays on this server.
    static Url local(std::string_view path);
    // A link from a user or a source file; "#" unless it is http, https or mailto.
    static Url external(std::string_view text);
    // "#figure-3"
    static Url fragment(std::string_view id);

    Url&& query(std::string_view name, std::string_view value) &&;
    Url&& query(std::string_view name, std::integral auto value) && {
        return std::move(*this).query(name, std::string_view{std::to_string(value)});
    }

private:
    void add_segment(std::string_view segment);
    void add_segment(std::integral auto segment) { add_segment(std::string_view{std::to_string(segment)}); }
};

} // namespace sangu::html
