#include "modules/library/form_view.h"

#include "base/text.h"

namespace sangu::library {

using namespace html;
using entity::FieldMeta;

namespace {

constexpr std::size_t spare_rows = 3;

entity::EntityMeta const& owner_of(Kind const& kind, FieldMeta const& field) {
    return kind.content->find(field.name) ? *kind.content : Entry::meta;
}

std::string hint_key(Context const& context, entity::EntityMeta const& meta, FieldMeta const& field) {
    std::string key = std::string{meta.name} + "." + std::string{field.name} + ".hint";
    return i18n::has_message(context.language, key) ? key : std::string{};
}

void one_field(Out& out, FormView const& form, std::string_view field_name) {
    FieldMeta const* field = field_named(form.kind, field_name);
    SANGU_ASSERT(field);
    auto const& meta = owner_of(form.kind, *field);
    std::string const hint = hint_key(form.context, meta, *field);
    form_field(out, form.context, meta, *field, form.text_of(*field), form.problems(),
               {.label_key = {}, .hint_key = hint, .options = {}});
}

// Yes-or-no fields as boxes under one question.
void ways(Out& out, FormView const& form, Section const& part) {
    out << fieldset(cls("field"), legend(form.t(part.ways)), p(cls("hint"), form.t("library.several")), [&] {
        for (std::string_view const field_name : part.fields) {
            FieldMeta const* field = form.kind.content->find(field_name);
            if (!field || field->type->kind != entity::Kind::boolean) continue;
            out << input(type("hidden"), name(field_name), value("false"))
                << label(cls("choice"), for_(field_name),
                         input(type("checkbox"), id(field_name), name(field_name), value("true"),
                               checked(form.text_of(*field) == "true")),
                         span(form.t(form.kind.message(field_name))));
        }
    });
}

std::string row_text(FormView const& form, std::size_t at, FieldMeta const& field, std::size_t number,
                     std::string const& name) {
    if (auto typed = form.typed_text(name)) return *std::move(typed);
    if (number > form.filling.rows[at].size()) return {};
    return entity::to_plain_text(field, field.load(form.filling.rows[at][number - 1].get()));
}

void row_input(Out& out, FormView const& form, std::size_t at, FieldMeta const& field, std::size_t number,
               std::string const& field_name, bool wrong) {
    std::string const text = row_text(form, at, field, number, field_name),
                      label = label_text(form.context, form.kind, field_name);
    if (field.type->kind != entity::Kind::choice) {
        out << input(type("text"), id(field_name), name(field_name), value(text), aria_invalid(wrong),
                     aria_label(label));
        return;
    }
    std::string const key = std::string{form.kind.rows[at].meta->name} + "." + std::string{field.name} + ".";
    out << select(id(field_name), name(field_name), aria_invalid(wrong), aria_label(label), option(value(""), ""),
                  each(field.type->choices, [&](Choice const& one) {
                      return option(value(one.name), selected(one.name == text), form.t(key + std::string{one.name}));
                  }));
}

void rows_inputs(Out& out, FormView const& form, std::size_t at) {
    Rows const& rows = form.kind.rows[at];
    std::string const heading{form.t(rows.heading)};
    std::size_t shown = std::min<std::size_t>(form.filling.rows[at].size() + spare_rows, rows_max);
    while (shown < rows_max && form.typed && form.typed_text(row_field(rows, shown + 1, rows.meta->fields[3].name)))
        ++shown;
    out << div(cls("field"), id(rows.name), tabindex(-1), p(strong(heading)),
               p(cls("hint"), form.t(std::string{rows.heading} + ".hint")));
    out << div(cls("table-wrap"), tabindex(0), role("region"), aria_label(heading),
               table(cls("table"), thead(tr([&] {
                         for (FieldMeta const& field : rows.meta->fields)
                             if (is_filled_in(field))
                                 out << th(scope("col"),
                                           form.t(std::string{rows.meta->name} + "." + std::string{field.name}));
                     })),
                     tbody([&] {
                         for (std::size_t number = 1; number <= shown; ++number)
                             out << tr([&] {
                                 for (FieldMeta const& field : rows.meta->fields) {
                                     if (!is_filled_in(field)) continue;
                                     std::string const field_name = row_field(rows, number, field.name);
                                     auto const wrong = std::ranges::find(form.problems(), field_name, &Problem::field);
                                     bool const is_wrong = wrong != form.problems().end();
                                     out << td([&] { row_input(out, form, at, field, number, field_name, is_wrong); },
                                               [&] {
                                                   if (is_wrong)
                                                       out << p(cls("field-error"),
                                                                i18n::format(form.context.language, *wrong));
                                               });
                                 }
                             });
                     })));
}

void section_fields(Out& out, FormView const& form, Section const& part) {
    out << section(cls("card"), h2(form.t(part.heading)),
                   p(cls("hint"), form.t("library.layer." + std::string{part.layer == Layer::title      ? "title"
                                                                        : part.layer == Layer::abstract ? "abstract"
                                                                        : part.layer == Layer::own      ? "own"
                                                                                                        : "body"})),
                   [&] {
                       bool asked = false;
                       for (std::string_view const field_name : part.fields) {
                           FieldMeta const* field = form.kind.content->find(field_name);
                           bool const is_way =
                               field && !part.ways.empty() && field->type->kind == entity::Kind::boolean;
                           if (!is_way)
                               one_field(out, form, field_name);
                           else if (!asked)
                               asked = (ways(out, form, part), true);
                       }
                       if (auto const at = rows_at(form.kind, part.rows)) rows_inputs(out, form, *at);
                   });
}

void files_fields(Out& out, FormView const& form) {
    out << section(cls("card"), h2(form.t("library.files")), p(cls("hint"), form.t("library.layer.files")), [&] {
        if (!form.files.empty())
            out << ul(cls("files"), [&] {
                for (files::Attachment const& one : form.files) out << li(one.name);
            });
        auto const wrong = std::ranges::find_if(form.problems(), [](Problem const& one) {
            return one.field == "files" || one.key.starts_with("error.attachment.");
        });
        out << div(
            cls(wrong == form.problems().end() ? "field" : "field wrong"),
            label(for_("upload"), form.t("library.files.add")), p(cls("hint"), form.t("library.files.hint")),
            [&] {
                if (wrong != form.problems().end())
                    out << p(cls("field-error"), i18n::format(form.context.language, *wrong));
            },
            input(type("file"), id("upload"), name("upload"), multiple(true)));
    });
}

// What somebody else stored meanwhile beside what was typed here.
void stale_note(Out& out, FormView const& form) {
    out << div(cls("note warn"), role("alert"), h2(form.t("resource.stale_title")), p(form.t("resource.stale_text")),
               table(cls("table"),
                     thead(tr(th(scope("col"), form.t("resource.field")), th(scope("col"), form.t("resource.yours")),
                              th(scope("col"), form.t("resource.theirs")))),
                     tbody([&] {
                         auto const row = [&](FieldMeta const& field) {
                             std::string const yours = form.text_of(field), theirs = form.stored(field);
                             if (is_filled_in(field) && yours != theirs)
                                 out << tr(th(scope("row"), label_text(form.context, form.kind, field.name)), td(yours),
                                           td(theirs));
                         };
                         for (FieldMeta const& field : Entry::meta.fields)
                             if (is_filled_in(field)) row(field);
                         for (FieldMeta const& field : form.kind.content->fields) row(field);
                     })));
}

void disclosure_fields(Out& out, FormView const& form) {
    out << section(cls("card"), h2(form.t("library.disclosure")), p(cls("hint"), form.t("library.disclosure.hint")),
                   [&] {
                       for (std::string_view const field_name : {"abstract_for", "body_for", "files_for"})
                           one_field(out, form, field_name);
                   });
}

} // namespace

http::Reply form_reply(FormView const& form) {
    std::string const path = path_of(form.kind, form.entry);
    html::Page page{.title = form.context.t("library.editing", {form.entry.title}),
                    .lead = form.entry.number,
                    .crumbs = {{std::string{form.t(form.kind.message(".plural"))}, "/" + std::string{form.kind.path}},
                               {form.entry.title, path}}};
    if (form.error) page.status = http::status_of(form.error->refusal);
    return render(form.context, page, [&](Out& out) {
        if (form.stale)
            stale_note(out, form);
        else if (form.error)
            problem_summary(out, form.context, form.kind, *form.error);
        completeness_meter(out, form.context, form.entry.completeness);
        out << nav(aria_label(form.t("library.sections")), ul(cls("chips"), [&] {
                       std::size_t number = 0;
                       for (Section const& part : form.kind.sections)
                           out << li(a(href(Url::fragment("part-" + std::to_string(++number))), form.t(part.heading)));
                   }));
        begin_form(out, form.context, path, true);
        out << input(type("hidden"), name("version"), value(form.entry.version));
        out << section(cls("card"), h2(form.t("library.about")), [&] {
            one_field(out, form, "title");
            one_field(out, form, "abstract");
        });
        std::size_t number = 0;
        for (Section const& part : form.kind.sections)
            out << div(id("part-" + std::to_string(++number)), [&] { section_fields(out, form, part); });
        files_fields(out, form);
        disclosure_fields(out, form);
        out << div(cls("form-actions"),
                   button(cls("button primary"), type("submit"), name("next"), value("check"),
                          form.t("library.save_and_check")),
                   button(cls("button"), type("submit"), name("next"), value("edit"), form.t("library.save_draft")),
                   a(cls("button quiet"), href(Url::local(path)), form.t("resource.cancel")));
        close_form(out);
    });
}

} // namespace sangu::library
