#pragma once

// The frame of every page (landmarks, menu, language and colour switch, breadcrumbs, flash, demo mark, footer) and the
// parts pages share. Everything works without script; scripts improve it.

#include "kernel/context.h"
#include "kernel/html/chart.h"
#include "kernel/html/html.h"
#include "kernel/http/message.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sangu::html {

struct Crumb {
    std::string label, path;
};

enum class Feature : std::uint8_t { none = 0, chart = 1, map = 2, calendar = 4 };

struct Page {
    std::string title;              // the <h1> and, with the product's name, <title>
    std::string lead = {};          // one sentence below the heading
    std::vector<Crumb> crumbs = {}; // without the page itself
    std::string actions = {};       // rendered buttons at the right of the heading
    bool wide = false;              // dense tables for staff use the full width
    std::uint8_t features = 0;      // Feature bits: which extra bundles the page loads
    std::string feed = {};          // path of an Atom feed of this page
    int status = 200;
};

// The whole page as a Reply. `body` writes the content of <main> below the heading.
http::Reply render(Context const& context, Page const& page, FunctionRef<void(Out&)> body);

// The page for an Error: what happened, what is kept, what to do next. API callers get problem+json instead.
http::Reply error_page(Context const& context, Error const& error);
// Error page or RFC 9457 problem, by what the request wants.
http::Reply refusal(Context const& context, http::Request const& request, Error const& error);

// The summary on top of a refused form, linking to the fields.
void error_summary(Out& out, Context const& context, Error const& error, std::string_view entity_name);
// The same for a form whose fields are no members of an entity: `label_of` says what a field is called.
void error_summary(Out& out, Context const& context, Error const& error,
                   FunctionRef<std::string(std::string_view field)> label_of);

// One labelled control of a described field with hint, error and what was typed; ids are the field names.
struct FieldView {
    std::string_view label_key; // default: "<entity>.<field>"
    std::string_view hint_key;
    std::vector<std::pair<std::string, std::string>> options; // of references and codes: value, label
};
void form_field(Out& out, Context const& context, entity::EntityMeta const& meta, entity::FieldMeta const& field,
                std::string_view text, Problems const& problems, FieldView const& view = {});
// Opens <form method="post"> with the CSRF token and a fresh idempotency key ("once"); close with end_form.
void begin_form(Out& out, Context const& context, std::string_view action, bool multipart = false);
void end_form(Out& out, std::string_view submit_label, std::string_view cancel_path = {},
              std::string_view cancel_label = {});

// Buttons for the steps an actor may take, with comment fields where a step requires one; greyed ones say why.
// Each posts to <object_path>/actions/<action>; its text is the message "<flow>.action.<action>".
void flow_buttons(Out& out, Context const& context, flow::Flow const& flow, std::vector<flow::Offer> const& offers,
                  std::string_view object_path);

// A badge whose colour class never carries meaning alone. tone: "good", "warn", "bad", "info", "muted".
void badge(Out& out, std::string_view text, std::string_view tone);
// "Nothing here yet" with what to do; action_path may be empty.
void empty_state(Out& out, std::string_view title, std::string_view text, std::string_view action_path = {},
                 std::string_view action_label = {});

// The address of a fingerprinted asset: asset("app.css") → "/assets/app-3f9a….css".
std::string_view asset(std::string_view logical_name);

} // namespace sangu::html
