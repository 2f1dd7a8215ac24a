#include "base/text.h"
#include "kernel/imports/pages.h"
#include "kernel/imports/references.h"
#include "kernel/resource/pages.h"
#include "kernel/resource/service.h"

#include <algorithm>

namespace sangu::imports {

using namespace html;
using entity::EntityMeta;
using entity::FieldMeta;
using entity::Kind;

namespace {

constexpr std::size_t examples_max = 3, example_characters = 40;

std::string label_of_field(Context const& context, EntityMeta const& meta, FieldMeta const& field) {
    return std::string{context.t(resource::field_key(meta, field))};
}

bool must_be_filled(FieldMeta const& field) {
    return field.required || (!field.type->optional && field.type->kind != Kind::text &&
                              field.type->kind != Kind::boolean && field.type->kind != Kind::choice);
}

// How values of a column are read, as one word: the value of the select.
std::string_view reading_of(Column const& column) {
    if (column.order != DateOrder::unknown) return name_of(column.order);
    if (column.shift == 4) return "shift_4";
    return column.shift == 8 ? "shift_8" : "";
}

constexpr std::string_view readings[] = {"month_first", "day_first", "shift_4", "shift_8"};

std::string_view reading_key(std::string_view reading) {
    if (reading == "month_first") return "imports.reading.month_first";
    if (reading == "day_first") return "imports.reading.day_first";
    return reading == "shift_4" ? "imports.reading.shift_4" : "imports.reading.shift_8";
}

struct Form {
    Context& context;
    resource::Resource const& resource;
    Preview const& preview;

    EntityMeta const& meta() const { return *resource.meta; }
    std::string_view t(std::string_view key) const { return context.t(key); }
};

void examples(Out& out, Form const& form, std::size_t column) {
    std::size_t shown = 0;
    for (tables::Row const& row : form.preview.rows) {
        if (column >= row.size() || trim(row[column]).empty() || shown == examples_max) continue;
        ++shown;
        out << div(cls("example"), shorten(trim(row[column]), example_characters));
    }
    if (shown == 0) out << span(cls("muted"), form.t("imports.no_values"));
}

void field_select(Out& out, Form const& form, std::size_t at) {
    Column const& column = form.preview.mapping.columns[at];
    std::string const own_name = "field_" + std::to_string(at);
    out << label(for_(own_name), cls("visually-hidden"), form.context.t("imports.field_of", {column.header}));
    out << select(id(own_name), name(own_name), option(value(""), form.t("imports.not_imported")), [&](Out& options) {
        for (FieldMeta const& field : form.meta().fields)
            if (is_importable(field))
                options << option(value(field.name), selected(column.field == field.name),
                                  label_of_field(form.context, form.meta(), field) + (field.required ? " *" : ""));
    });
}

// Dates and figures can be written in several ways; of a column that nothing is chosen for we do not know.
bool has_readings(EntityMeta const& meta, Column const& column) {
    FieldMeta const* field = meta.find(column.field);
    if (!field) return true;
    Kind const kind = field->type->kind;
    return kind == Kind::date || kind == Kind::instant || kind == Kind::money || kind == Kind::integer ||
           kind == Kind::real;
}

void reading_select(Out& out, Form const& form, std::size_t at) {
    Column const& column = form.preview.mapping.columns[at];
    if (!has_readings(form.meta(), column)) {
        out << span(cls("muted"), form.t("imports.reading.as_written"));
        return;
    }
    std::string const own_name = "read_" + std::to_string(at);
    out << label(for_(own_name), cls("visually-hidden"), form.context.t("imports.reading_of", {column.header}));
    out << select(id(own_name), name(own_name), option(value(""), form.t("imports.reading.as_written")),
                  [&](Out& options) {
                      for (std::string_view const reading : readings)
                          options << option(value(reading), selected(reading_of(column) == reading),
                                            form.t(reading_key(reading)));
                  });
    if (at < form.preview.reasons.size() && !form.preview.reasons[at].empty())
        out << p(cls("hint"), form.context.t("imports.reading_reason", {form.preview.reasons[at]}));
}

void columns_table(Out& out, Form const& form) {
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(form.t("imports.columns")),
               table(cls("table import-columns"), caption(cls("visually-hidden"), form.t("imports.columns")),
                     thead(tr(th(scope("col"), form.t("imports.column")), th(scope("col"), form.t("imports.examples")),
                              th(scope("col"), form.t("resource.field")), th(scope("col"), form.t("imports.reading")))),
                     tbody([&](Out& rows) {
                         for (std::size_t i = 0; i < form.preview.mapping.columns.size(); ++i)
                             rows << tr(th(scope("row"), form.preview.mapping.columns[i].header),
                                        td([&](Out& cell) { examples(cell, form, i); }),
                                        td([&](Out& cell) { field_select(cell, form, i); }),
                                        td([&](Out& cell) { reading_select(cell, form, i); }));
                     })));
}

std::string constant_of(Mapping const& mapping, std::string_view field) {
    auto const found = std::ranges::find(mapping.constants, field, &std::pair<std::string, std::string>::first);
    return found == mapping.constants.end() ? std::string{} : found->second;
}

void constant_input(Out& out, Form const& form, FieldMeta const& field) {
    std::string const own_name = "constant_" + std::string{field.name};
    std::string const text = constant_of(form.preview.mapping, field.name);
    std::vector<std::pair<std::string, std::string>> options;
    for (Choice const& choice : field.type->choices)
        options.emplace_back(choice.name,
                             form.t(resource::field_key(form.meta(), field) + "." + std::string{choice.name}));
    if (field.type->kind == Kind::boolean)
        options = {{"true", std::string{form.t("word.yes")}}, {"false", std::string{form.t("word.no")}}};
    if (References::is_reference(form.resource, field))
        options = resource::reference_options(form.context, form.resource, field);
    out << div(cls("field"), label(for_(own_name), label_of_field(form.context, form.meta(), field)), [&](Out& inner) {
        if (options.empty())
            inner << input(type("text"), id(own_name), name(own_name), value(text), maxlength(1000));
        else
            inner << select(id(own_name), name(own_name), option(value(""), form.t("form.choose")),
                            each(options, [&](auto const& one) {
                                return option(value(one.first), selected(one.first == text), one.second);
                            }));
    });
}

void constants_part(Out& out, Form const& form) {
    std::vector<FieldMeta const*> required, others;
    for (FieldMeta const& field : form.meta().fields) {
        if (!is_importable(field)) continue;
        auto const& columns = form.preview.mapping.columns;
        if (std::ranges::find(columns, field.name, &Column::field) != columns.end()) continue;
        bool const stands_out = must_be_filled(field) || !constant_of(form.preview.mapping, field.name).empty();
        (stands_out ? required : others).push_back(&field);
    }
    if (!required.empty())
        out << fieldset(cls("import-constants"), legend(form.t("imports.constants")),
                        p(cls("hint"), form.t("imports.constants_hint")), [&](Out& inner) {
                            for (FieldMeta const* field : required) constant_input(inner, form, *field);
                        });
    if (!others.empty())
        out << details(summary(form.t("imports.constants_more")), div(cls("import-constants"), [&](Out& inner) {
                           for (FieldMeta const* field : others) constant_input(inner, form, *field);
                       }));
}

} // namespace

void mapping_form(Out& out, Context& context, resource::Resource const& resource, Import const& import,
                  Preview const& preview) {
    Form const form{context, resource, preview};
    std::string const path = import_path(resource, import.id.text);
    if (preview.is_remembered) out << p(cls("note info"), context.t("imports.remembered", {import.source}));
    begin_form(out, context, path + "/check");
    columns_table(out, form);
    constants_part(out, form);
    out << label(cls("choice"), for_("leave_out"),
                 input(type("checkbox"), id("leave_out"), name("leave_out"), value("true"),
                       checked(preview.mapping.leave_out_bad)),
                 span(context.t("imports.leave_out")))
        << p(cls("hint"), context.t("imports.leave_out_hint"));
    end_form(out, context.t("imports.check"), import_path(resource), context.t("resource.cancel"));
}

Mapping typed_mapping(EntityMeta const& meta, Mapping const& stored, http::Request const& request) {
    Mapping mapping = stored;
    for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
        Column& column = mapping.columns[i];
        std::string const number = std::to_string(i);
        column.field = request.form_value("field_" + number).value_or("");
        std::string_view const reading = request.form_value("read_" + number).value_or("");
        FieldMeta const* field = meta.find(column.field);
        Kind const kind = field ? field->type->kind : Kind::text;
        bool const is_date = kind == Kind::date || kind == Kind::instant;
        bool const is_number = kind == Kind::money || kind == Kind::integer || kind == Kind::real;
        column.order = is_date ? date_order_of(reading) : DateOrder::unknown;
        column.shift = !is_number ? 0 : reading == "shift_4" ? 4 : reading == "shift_8" ? 8 : 0;
    }
    mapping.constants.clear();
    for (FieldMeta const& field : meta.fields) {
        if (!is_importable(field)) continue;
        auto const& columns = mapping.columns;
        if (std::ranges::find(columns, field.name, &Column::field) != columns.end()) continue;
        std::string const text{trim(request.form_value("constant_" + std::string{field.name}).value_or(""))};
        if (!text.empty()) mapping.constants.emplace_back(field.name, text);
    }
    mapping.leave_out_bad = request.form_value("leave_out").value_or("") == "true";
    return mapping;
}

} // namespace sangu::imports
