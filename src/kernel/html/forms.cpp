#include "base/id.h"
#include "kernel/html/page.h"

#include <algorithm>

namespace sangu::html {

namespace {

using entity::FieldMeta;
using entity::Kind;

// What all controls of one field share.
struct Control {
    Context const& context;
    std::string entity_field; // "registry.organisation.kind": prefix of choice texts
    FieldMeta const& field;
    std::string_view text;
    std::optional<std::string> described_by;
    bool invalid = false;

    bool required() const { return field.required || (!field.type->optional && field.type->kind != Kind::text); }
};

std::optional<std::size_t> positive(std::size_t number) { return number ? std::optional{number} : std::nullopt; }

void write_select(Out& out, Control const& control, std::vector<std::pair<std::string, std::string>> const& options) {
    out << select(id(control.field.name), name(control.field.name), required(control.required()),
                  aria_invalid(control.invalid), aria_describedby(control.described_by),
                  option(value(""), control.context.t("form.choose")), each(options, [&](auto const& one) {
                      return option(value(one.first), selected(one.first == control.text), one.second);
                  }));
}

void write_radios(Out& out, Control const& control, std::vector<std::pair<std::string, std::string>> const& options) {
    for (auto const& [stored, shown] : options) {
        std::string const own_id = std::string{control.field.name} + "-" + stored;
        out << label(cls("choice"), for_(own_id),
                     input(type("radio"), id(own_id), name(control.field.name), value(stored),
                           checked(stored == control.text), required(control.required())),
                     span(shown));
    }
}

std::vector<std::pair<std::string, std::string>> choices_of_field(Control const& control) {
    if (control.field.type->kind == Kind::boolean)
        return {{"true", std::string{control.context.t("form.yes")}},
                {"false", std::string{control.context.t("form.no")}}};
    std::vector<std::pair<std::string, std::string>> result;
    for (Choice const& choice : control.field.type->choices)
        result.emplace_back(choice.name, control.context.t(control.entity_field + "." + std::string{choice.name}));
    return result;
}

std::string_view input_type(FieldMeta const& field) {
    if (field.type->kind == Kind::date) return "date";
    if (field.format == "email") return "email";
    if (field.format == "phone") return "tel";
    return field.format == "url" ? "url" : "text";
}

std::optional<std::string_view> input_mode(FieldMeta const& field) {
    if (field.type->kind == Kind::integer) return "numeric";
    if (field.type->kind == Kind::real || field.type->kind == Kind::money) return "decimal";
    return std::nullopt;
}

void write_input(Out& out, Control const& control) {
    FieldMeta const& field = control.field;
    if (field.multiline) {
        out << textarea(id(field.name), name(field.name), rows(5), required(control.required()),
                        maxlength(positive(field.max_length)), aria_invalid(control.invalid),
                        aria_describedby(control.described_by), "\n", control.text);
        return;
    }
    auto const one = input(id(field.name), name(field.name), type(input_type(field)), inputmode(input_mode(field)),
                           value(control.text), required(control.required()), maxlength(positive(field.max_length)),
                           aria_invalid(control.invalid), aria_describedby(control.described_by));
    if (field.type->kind == Kind::money)
        out << div(cls("with-unit"), one, span(control.context.t("form.yuan")));
    else
        out << one;
}

bool has_radios(FieldMeta const& field) {
    return field.type->kind == Kind::boolean || (field.type->kind == Kind::choice && field.type->choices.size() <= 3);
}

} // namespace

void form_field(Out& out, Context const& context, entity::EntityMeta const& meta_of_entity, FieldMeta const& field,
                std::string_view text, Problems const& problems, FieldView const& view) {
    if (field.hidden || (field.read_only && !field.version)) return;
    if (field.version) {
        out << input(type("hidden"), name(field.name), value(text));
        return;
    }
    std::string const own_key = std::string{meta_of_entity.name} + "." + std::string{field.name};
    auto const label_text = context.t(view.label_key.empty() ? std::string_view{own_key} : view.label_key);
    auto const problem = std::ranges::find(problems, field.name, &Problem::field);
    bool const wrong = problem != problems.end(), has_hint = !view.hint_key.empty();
    std::string const hint_id = std::string{field.name} + "-hint", error_id = std::string{field.name} + "-error";
    Control control{context, own_key, field, text, std::nullopt, wrong};
    if (has_hint || wrong)
        control.described_by = (has_hint ? hint_id : "") + (has_hint && wrong ? " " : "") + (wrong ? error_id : "");

    auto const optional_mark =
        when(!control.required(), [&] { return span(cls("optional"), context.t("form.optional")); });
    auto const notes = [&] {
        if (has_hint) out << p(cls("hint"), id(hint_id), context.t(view.hint_key));
        if (wrong) out << p(cls("field-error"), id(error_id), i18n::format(context.language, *problem));
    };
    std::string_view const frame_class = wrong ? "field wrong" : "field";
    if (has_radios(field)) {
        out << fieldset(cls(frame_class), id(field.name), tabindex(-1), aria_describedby(control.described_by),
                        legend(label_text, " ", optional_mark), notes,
                        [&] { write_radios(out, control, choices_of_field(control)); });
        return;
    }
    out << div(cls(frame_class), label(for_(field.name), label_text, " ", optional_mark), notes, [&] {
        if (field.type->kind == Kind::choice)
            write_select(out, control, choices_of_field(control));
        else if (!view.options.empty())
            write_select(out, control, view.options);
        else
            write_input(out, control);
    });
}

void begin_form(Out& out, Context const& context, std::string_view action_path, bool multipart) {
    out.raw("<form class=\"form\" method=\"post\" novalidate action=\"");
    out.text(Url::local(action_path).text);
    out.raw(multipart ? "\" enctype=\"multipart/form-data\">" : "\">");
    out << input(type("hidden"), name("csrf"), value(context.csrf_token));
    out << input(type("hidden"), name("once"), value(new_id()));
}

void end_form(Out& out, std::string_view submit_label, std::string_view cancel_path, std::string_view cancel_label) {
    out << div(cls("form-actions"), button(cls("button primary"), type("submit"), submit_label),
               when(!cancel_path.empty(),
                    [&] { return a(cls("button quiet"), href(Url::local(cancel_path)), cancel_label); }));
    out.raw("</form>");
}

} // namespace sangu::html
