#pragma once

// A typed HTML builder. Elements and attributes are functions; what they return is written straight into an Out:
//
//   out << table(cls("table"), tbody(each(rows, [](Row const& row) { return tr(th(scope("row"), row.name),
//   td(row.count)); })));
//
// Text is escaped; addresses need a Url; inline scripts, styles and event attributes do not compile (the content
// security policy would refuse them anyway). Content may be text, numbers, std::optional of them, elements, Trusted,
// and callbacks: `[&](Out& out) { … }` or `[&] { out << …; }`. Attributes: a bool writes the bare name or nothing
// (aria-*: "true" or "false"), an empty std::optional writes nothing.
//
// Functions may return elements: text is copied into them (rvalue strings are moved; literals stay where they are), so
// an element outlives what it was made from. Three things are referred to, not copied, because pages are made of them:
// the range of each() when it is an lvalue, what a callback captures by reference, and Trusted. Return these only when
// they belong to the caller. The copies cost 6 % on a table of 50 rows. Attributes named like an element end in an
// underscore: title_, label_, form_, span_, cite_, data_.

#include "kernel/html/copied_text.h"
#include "kernel/html/out.h"
#include "kernel/html/url.h"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace sangu::html {

// Markup made by this program: the one door for text that is not escaped.
struct Trusted {
    std::string_view markup;
};

namespace detail {

template <std::size_t N> struct Name {
    char text[N]{};
    consteval Name(char const (&literal)[N]) { // NOLINT(google-explicit-constructor): a literal as template argument
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }
    constexpr std::string_view view() const { return {text, N - 1}; }
};

// before + name + after as characters with static storage.
template <Name Before, Name Text, Name After> struct Joined {
    static constexpr std::size_t size = Before.view().size() + Text.view().size() + After.view().size();
    struct Characters {
        char text[size];
    };
    static constexpr Characters characters = [] {
        Characters result{};
        std::size_t at = 0;
        for (std::string_view part : {Before.view(), Text.view(), After.view()})
            for (char const c : part) result.text[at++] = c;
        return result;
    }();
    static void write(Out& out) { out.fixed<size>(characters.text); }
};

struct AttributeBase {};

template <class T>
concept TextLike = std::convertible_to<T const&, std::string_view>;

// How an argument is kept until it is written: everything is owned, only literals are referred to.
template <class T> struct Keep {
    using type = std::decay_t<T>;
};
template <std::size_t N> struct Keep<char const (&)[N]> {
    using type = std::string_view;
};
template <class T>
    requires(std::same_as<std::decay_t<T>, std::string_view> || std::same_as<std::decay_t<T>, char const*> ||
             std::same_as<std::decay_t<T>, char*> ||
             (std::is_lvalue_reference_v<T> && std::same_as<std::decay_t<T>, std::string>))
struct Keep<T> {
    using type = CopiedText;
};
template <class T>
    requires std::same_as<std::decay_t<T>, std::optional<std::string_view>>
struct Keep<T> {
    using type = std::optional<CopiedText>;
};
template <class T> using Kept = typename Keep<T>::type;

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;

consteval bool needs_url(std::string_view name) {
    return name == "href" || name == "src" || name == "action" || name == "formaction" || name == "poster" ||
           name == "cite" || name == "srcset" || name == "data" || name == "xlink:href" || name == "ping" ||
           name == "manifest";
}

consteval bool runs_code(std::string_view name) {
    return name.starts_with("on") || name == "style" || name == "srcdoc";
}

consteval bool is_void(std::string_view tag) {
    for (std::string_view const one :
         {"br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "area", "base"})
        if (one == tag) return true;
    return false;
}

consteval bool is_refused(std::string_view tag) {
    for (std::string_view const one : {"script", "style", "iframe", "object", "embed", "base", "applet", "frame"})
        if (one == tag) return true;
    return false;
}

template <class T> void write_value(Out& out, T const& value) {
    if constexpr (std::same_as<T, Url>)
        out.text(value.text);
    else if constexpr (std::same_as<T, PathLiteral>)
        out.text(value.text);
    else if constexpr (std::signed_integral<T>)
        out.integer(value);
    else if constexpr (std::unsigned_integral<T>)
        out.natural(value);
    else if constexpr (std::floating_point<T>)
        out.real(value);
    else if constexpr (TextLike<T>)
        out.text(value);
    else
        static_assert(sizeof(T) == 0, "this type cannot be the value of an attribute");
}

} // namespace detail

template <class Content> void put(Out& out, Content const& content) {
    if constexpr (std::invocable<Content const&, Out&>)
        content(out);
    else if constexpr (std::invocable<Content const&>) {
        if constexpr (std::is_void_v<std::invoke_result_t<Content const&>>)
            content();
        else
            put(out, content());
    } else if constexpr (std::same_as<Content, Trusted>)
        out.raw(content.markup);
    else if constexpr (detail::TextLike<Content>)
        out.text(content);
    else if constexpr (std::same_as<Content, bool> || std::same_as<Content, char>)
        static_assert(sizeof(Content) == 0, "a bool or a single char is not content: write text");
    else if constexpr (std::signed_integral<Content>)
        out.integer(content);
    else if constexpr (std::unsigned_integral<Content>)
        out.natural(content);
    else if constexpr (std::floating_point<Content>)
        out.real(content);
    else if constexpr (detail::is_optional<Content>) {
        if (content) put(out, *content);
    } else
        static_assert(sizeof(Content) == 0, "this type cannot be written as HTML");
}

template <class Content> Out& Out::operator<<(Content const& content) {
    if constexpr (std::is_array_v<Content>)
        text(content);
    else
        put(*this, content);
    return *this;
}

template <detail::Name Text, class Value> struct Attribute : detail::AttributeBase {
    Value value;

    explicit Attribute(Value kept) : value{std::move(kept)} {}
    void write(Out& out) const {
        if constexpr (std::same_as<Value, bool> && Text.view().starts_with("aria-"))
            write_one(out, value ? std::string_view{"true"} : std::string_view{"false"});
        else if constexpr (std::same_as<Value, bool>) {
            if (value) detail::Joined<" ", Text, "">::write(out);
        } else if constexpr (detail::is_optional<Value>) {
            if (value) write_one(out, *value);
        } else
            write_one(out, value);
    }

private:
    static void write_one(Out& out, auto const& one) {
        detail::Joined<" ", Text, "=\"">::write(out);
        detail::write_value(out, one);
        out.fixed<1>("\"");
    }
};

// Any attribute by name, for the rare ones: attribute<"inputmode">("numeric").
template <detail::Name Text, class Value> auto attribute(Value&& value) {
    static_assert(!detail::runs_code(Text.view()), "inline scripts and styles are refused: use web/src and a class");
    static_assert(!detail::needs_url(Text.view()) || std::same_as<std::decay_t<Value>, Url> ||
                      std::same_as<std::decay_t<Value>, PathLiteral>,
                  "an address needs html::Url: Url::path, Url::local or Url::external");
    return Attribute<Text, detail::Kept<Value>>{detail::Kept<Value>(std::forward<Value>(value))};
}
// data-<name>: data<"autosave">("plan.task").
template <detail::Name Text, class Value> auto data(Value&& value) {
    constexpr auto joined = detail::Joined<"data-", Text, "\0">::characters;
    return attribute<detail::Name<sizeof joined.text>{joined.text}>(std::forward<Value>(value));
}

// Any element by name: element<"bdi">("…").
template <detail::Name Tag, class... Parts> auto element(Parts&&... parts) {
    static_assert(!detail::is_refused(Tag.view()),
                  "this element is refused: scripts and styles are files, json_island() carries values");
    static_assert(!detail::is_void(Tag.view()) ||
                      (std::derived_from<std::decay_t<Parts>, detail::AttributeBase> && ...),
                  "a void element has no content");
    return [... kept = detail::Kept<Parts>(std::forward<Parts>(parts))](Out& out) {
        detail::Joined<"<", Tag, "">::write(out);
        [[maybe_unused]] auto const attributes = [&](auto const& part) {
            if constexpr (std::derived_from<std::decay_t<decltype(part)>, detail::AttributeBase>) part.write(out);
        };
        (attributes(kept), ...);
        out.fixed<1>(">");
        [[maybe_unused]] auto const content = [&](auto const& part) {
            if constexpr (!std::derived_from<std::decay_t<decltype(part)>, detail::AttributeBase>) put(out, part);
        };
        (content(kept), ...);
        if constexpr (!detail::is_void(Tag.view())) detail::Joined<"</", Tag, ">">::write(out);
    };
}

// Content for each element of a range; an lvalue range is referred to, an rvalue one is moved in.
template <class Range, class Make> auto each(Range&& range, Make make) {
    if constexpr (std::is_lvalue_reference_v<Range>)
        return [&range, make = std::move(make)](Out& out) {
            for (auto const& one : range) put(out, make(one));
        };
    else
        return [range = std::move(range), make = std::move(make)](Out& out) {
            for (auto const& one : range) put(out, make(one));
        };
}

// Content only when the condition holds; a callable is called only then.
template <class Content> auto when(bool condition, Content&& content) {
    return [condition, kept = detail::Kept<Content>(std::forward<Content>(content))](Out& out) {
        if (condition) put(out, kept);
    };
}

// Several contents as one, for functions that return a part.
template <class... Parts> auto parts(Parts&&... all) {
    return [... kept = detail::Kept<Parts>(std::forward<Parts>(all))](Out& out) { (put(out, kept), ...); };
}

// JSON for scripts: <script type="application/json" id="…">.
template <class Id, class Json> auto json_island(Id&& id, Json&& serialised) {
    return [id = detail::Kept<Id>(std::forward<Id>(id)),
            serialised = detail::Kept<Json>(std::forward<Json>(serialised))](Out& out) {
        out.raw("<script type=\"application/json\" id=\"");
        out.text(id);
        out.raw("\">");
        out.json(serialised);
        out.raw("</script>");
    };
}
// A script file of our own, loaded as a module (deferred).
inline auto script_file(Url source) {
    return [source = std::move(source)](Out& out) {
        out.raw("<script type=\"module\" src=\"");
        out.text(source.text);
        out.raw("\"></script>");
    };
}

// An expression as a string: Page::actions = markup(a(href("/tasks/new"), "…")).
template <class... Parts> std::string markup(Parts const&... all) {
    Out out{512};
    (put(out, all), ...);
    return out.take();
}

} // namespace sangu::html

#include "kernel/html/tags.h"
