#pragma once

// What the pages of this module share.

#include "kernel/html/page.h"
#include "modules/library/query.h"
#include "modules/library/service.h"

namespace sangu::library {

std::string number_text(Context const& context, std::int64_t value);
std::string date_text(Context const& context, Date date);
std::string choice_text(Context const& context, std::string_view field, std::string_view value); // of library.entry
// A text that exists in simplified characters, in the reader's.
std::string own_words(Context const& context, std::string const& text);

void state_badge(html::Out& out, Context const& context, Entry const& entry);
// Confirmed when, and whether that is long ago; only for published entries.
void freshness_badge(html::Out& out, Context const& context, Entry const& entry);
void completeness_meter(html::Out& out, Context const& context, std::int64_t percent);
// What is missing, in plain words; links to the fields of the form at `edit_path`.
void hints_list(html::Out& out, Context const& context, std::vector<Hint const*> const& missing,
                std::string_view edit_path);

// A value as people read it: amounts with their unit, choices by their names.
std::string value_text(Context const& context, entity::EntityMeta const& meta, entity::FieldMeta const& field,
                       void const* object);
// The yes-or-no fields of a section are ways: one question with several answers.
bool is_way(Kind const& kind, Section const& part, std::string_view field_name);
// The ways that are chosen, as one answer; empty: none.
std::string ways_text(Context const& context, Kind const& kind, Section const& part, void const* content);
std::string tag_text(Context const& context, Kind const& kind, Tag const& tag);
// Text as paragraphs.
void prose(html::Out& out, std::string_view text);
// The label of a field of the entry, its content or its rows.
std::string label_text(Context const& context, Kind const& kind, std::string_view field);
// What was wrong, with links to the fields.
void problem_summary(html::Out& out, Context const& context, Kind const& kind, Error const& error);
// <form method=post class=…> with the tokens every form of ours carries.
void open_form(html::Out& out, Context const& context, std::string_view path, std::string_view form_class,
               bool multipart = false);
void close_form(html::Out& out);
// A form of one button.
void button_form(html::Out& out, Context const& context, std::string_view path, std::string_view label,
                 std::string_view classes = "button");

http::Reply not_found(Context const& context, http::Request const& request);

// Names of the organisations behind entries, by id; one query.
std::map<std::string, std::string, std::less<>> owner_names(Context& context, std::span<Entry const> entries);
std::string owner_text(Context const& context, std::map<std::string, std::string, std::less<>> const& names,
                       Entry const& entry);

} // namespace sangu::library
