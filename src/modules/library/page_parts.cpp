#include "modules/library/page_parts.h"

#include "base/text.h"
#include "kernel/resource/pages.h"
#include "modules/reference/reference.h"

#include <algorithm>

namespace sangu::library {

using namespace html;

std::string number_text(Context const& context, std::int64_t value) {
    return i18n::format_number(context.language, static_cast<double>(value), 0);
}

std::string date_text(Context const& context, Date date) { return i18n::format_date(context.language, date); }

std::string choice_text(Context const& context, std::string_view field, std::string_view value) {
    return std::string{context.t("library.entry." + std::string{field} + "." + std::string{value})};
}

std::string own_words(Context const& context, std::string const& text) {
    return context.language == i18n::Language::zh_hant ? i18n::to_traditional(text) : text;
}

void state_badge(Out& out, Context const& context, Entry const& entry) {
    std::string_view tone = "muted";
    if (entry.state == EntryState::published) tone = "good";
    if (entry.state == EntryState::submitted) tone = "info";
    if (entry.state == EntryState::returned || entry.state == EntryState::expired) tone = "warn";
    badge(out, choice_text(context, "state", name_of(entry.state)), tone);
}

void freshness_badge(Out& out, Context const& context, Entry const& entry) {
    if (entry.state != EntryState::published || !entry.confirmed_on) return;
    bool const late = entry.freshness == Freshness::overdue || *entry.confirm_by < context.today();
    badge(
        out,
        context.t(late ? "library.confirmed_long_ago" : "library.confirmed", {date_text(context, *entry.confirmed_on)}),
        late ? "warn" : "muted");
}

void completeness_meter(Out& out, Context const& context, std::int64_t percent) {
    std::string const text = context.t("library.completeness", {number_text(context, percent)});
    out << p(meter(min(0), max(100), low(50), high(80), optimum(100), value(percent), aria_label(text)), " ", text);
}

void hints_list(Out& out, Context const& context, std::vector<Hint const*> const& missing, std::string_view edit_path) {
    if (missing.empty()) return;
    out << ul(each(missing, [&](Hint const* hint) {
        std::string const address = std::string{edit_path} + "#" + std::string{hint->field};
        return li(when(hint->required, strong(context.t("library.needed"))), when(hint->required, " "),
                  a(href(Url::local(address)), context.t(hint->key)));
    }));
}

std::string value_text(Context const& context, entity::EntityMeta const& meta, entity::FieldMeta const& field,
                       void const* object) {
    Value const value = field.load(object);
    auto const* fen = std::get_if<std::int64_t>(&value);
    if (fen && field.type->kind == entity::Kind::money)
        return context.t("library.yuan", {i18n::format_number(context.language, static_cast<double>(*fen) / 100, 2)});
    if (field.name == "industry")
        if (auto const* code = std::get_if<std::string>(&value); code && !code->empty())
            return reference::shown(reference::industries_2017, *code, context.language);
    return resource::shown(context, meta, field, value, {});
}

std::string tag_text(Context const& context, Kind const& kind, Tag const& tag) {
    auto const facet = std::ranges::find(kind.facets, tag.facet, &Facet::name);
    if (facet == kind.facets.end()) return tag.value;
    if (facet->fields.size() > 1) { // yes-or-no fields are the values
        if (std::ranges::find(facet->fields, tag.value) == facet->fields.end()) return tag.value;
        return std::string{context.t(kind.message(tag.value))};
    }
    entity::FieldMeta const* field = kind.content->find(facet->fields.front());
    if (std::ranges::find(field->type->choices, tag.value, &Choice::name) == field->type->choices.end())
        return tag.value;
    return std::string{context.t(kind.message(std::string{field->name} + "." + tag.value))};
}

bool is_way(Kind const& kind, Section const& part, std::string_view field_name) {
    entity::FieldMeta const* field = kind.content->find(field_name);
    return field && !part.ways.empty() && field->type->kind == entity::Kind::boolean;
}

std::string ways_text(Context const& context, Kind const& kind, Section const& part, void const* content) {
    std::vector<std::string> chosen;
    for (std::string_view const name : part.fields)
        if (is_way(kind, part, name) && kind.content->find(name)->load(content) == Value{true})
            chosen.emplace_back(context.t(kind.message(name)));
    return join(chosen, context.t("library.comma"));
}

void prose(Out& out, std::string_view text) {
    for (std::string_view const line : split_text(text, '\n'))
        if (!trim(line).empty()) out << p(trim(line));
}

std::string label_text(Context const& context, Kind const& kind, std::string_view field) {
    std::string name{field};
    for (Rows const& rows : kind.rows) {
        if (!name.starts_with(std::string{rows.name} + "-")) continue;
        auto const last = name.rfind('-'), first = name.find('-');
        std::string const key = std::string{rows.meta->name} + "." + name.substr(last + 1);
        return context.t("library.row", {name.substr(first + 1, last - first - 1)}) + " " + std::string{context.t(key)};
    }
    if (kind.content->find(name)) return std::string{context.t(kind.message(name))};
    if (auto const at = rows_at(kind, name)) return std::string{context.t(kind.rows[*at].heading)};
    std::string const own = "library.entry." + name;
    return std::string{i18n::has_message(context.language, own) ? context.t(own) : context.t("library." + name)};
}

void problem_summary(Out& out, Context const& context, Kind const& kind, Error const& error) {
    out << div(cls("note bad error-summary"), role("alert"), tabindex(-1), data<"focus">("1"),
               h2(context.t("form.wrong")),
               p(i18n::format(context.language, Error{error.refusal, error.key, error.arguments, {}})), [&] {
                   if (error.problems.empty()) return;
                   out << ul([&] {
                       for (Problem const& one : error.problems) {
                           std::string const text = i18n::format(context.language, one);
                           if (one.field.empty())
                               out << li(text);
                           else
                               out << li(a(href(Url::fragment(one.field)), label_text(context, kind, one.field),
                                           context.t("form.colon"), text));
                       }
                   });
               });
}

void open_form(Out& out, Context const& context, std::string_view path, std::string_view form_class, bool multipart) {
    out.raw("<form method=\"post\" class=\"");
    out.text(form_class);
    out.raw("\" action=\"");
    out.text(Url::local(path).text);
    out.raw(multipart ? "\" enctype=\"multipart/form-data\">" : "\">");
    out << input(type("hidden"), name("csrf"), value(context.csrf_token))
        << input(type("hidden"), name("once"), value(new_id()));
}

void close_form(Out& out) { out.raw("</form>"); }

void button_form(Out& out, Context const& context, std::string_view path, std::string_view label,
                 std::string_view classes) {
    open_form(out, context, path, "inline");
    out << button(cls(classes), type("submit"), label);
    close_form(out);
}

http::Reply not_found(Context const& context, http::Request const& request) {
    return refusal(context, request, Error{Refusal::not_found, "error.not_found", {}, {}});
}

std::map<std::string, std::string, std::less<>> owner_names(Context& context, std::span<Entry const> entries) {
    std::vector<std::string> ids;
    for (Entry const& one : entries)
        if (one.organisation_id && std::ranges::find(ids, one.organisation_id->text) == ids.end())
            ids.push_back(one.organisation_id->text);
    std::map<std::string, std::string, std::less<>> names;
    if (ids.empty()) return names;
    for (auto const& card : registry::organisations(context.reader(), ids))
        names.emplace(card.id.text, own_words(context, std::string{card.shown(context.language)}));
    return names;
}

std::string owner_text(Context const& context, std::map<std::string, std::string, std::less<>> const& names,
                       Entry const& entry) {
    if (!entry.organisation_id) return std::string{context.t("library.by_person")};
    auto const found = names.find(entry.organisation_id->text);
    return found == names.end() ? std::string{} : found->second;
}

} // namespace sangu::library
