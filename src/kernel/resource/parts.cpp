#include "base/text.h"
#include "kernel/json/json.h"
#include "kernel/resource/pages.h"

namespace sangu::resource {

using entity::AnyObject;
using entity::EntityMeta;
using entity::FieldMeta;
using entity::Kind;

std::string base_path(Resource const& resource) { return "/" + std::string{resource.path}; }

std::string object_path(Resource const& resource, std::string_view id) {
    return (resource.page.empty() ? base_path(resource) : std::string{resource.page}) + "/" + std::string{id};
}

std::string plural_key(Resource const& resource) { return std::string{resource.meta->name} + ".plural"; }

std::string field_key(EntityMeta const& meta, FieldMeta const& field) {
    return std::string{meta.name} + "." + std::string{field.name};
}

namespace {

// Text that people wrote, in the script of the reader.
std::string in_script(Context const& context, std::string text) {
    return context.language == i18n::Language::zh_hant ? i18n::to_traditional(text) : text;
}

// A whole number that always has four digits is a year: nobody writes 2,019.
bool is_year(FieldMeta const& field) { return field.min >= 1000 && field.max <= 9999; }

} // namespace

std::string shown(Context const& context, EntityMeta const& meta, FieldMeta const& field, Value const& value,
                  Labels const& labels) {
    if (is_null(value)) return {};
    switch (field.type->kind) {
    case Kind::boolean:
        return std::string{context.t(value == Value{true} || value == Value{std::int64_t{1}} ? "word.yes" : "word.no")};
    case Kind::integer:
        if (is_year(field)) return std::to_string(std::get<std::int64_t>(value));
        return i18n::format_number(context.language, static_cast<double>(std::get<std::int64_t>(value)), 0);
    case Kind::real: return i18n::format_number(context.language, std::get<double>(value), 6);
    case Kind::choice: return std::string{context.t(field_key(meta, field) + "." + std::get<std::string>(value))};
    case Kind::date:
        if (auto const date = parse_date(std::get<std::string>(value)))
            return i18n::format_date(context.language, *date);
        return {};
    case Kind::instant:
        if (auto const instant = parse_instant(std::get<std::string>(value)))
            return i18n::format_time(context.language, *instant);
        return {};
    case Kind::id:
    case Kind::text: {
        auto const& text = std::get<std::string>(value);
        std::string const* label = label_of(labels, field, text);
        return label ? *label : in_script(context, text);
    }
    default: return entity::to_plain_text(field, value);
    }
}

std::string shown(Context const& context, Resource const& resource, FieldMeta const& field, AnyObject const& object,
                  Labels const& labels) {
    std::string text = resource.words ? resource.words(context, field, object.get()) : std::string{};
    return text.empty() ? shown(context, *resource.meta, field, field.load(object.get()), labels) : text;
}

std::string title_of(Context const& context, Resource const& resource, AnyObject const& object, Labels const& labels) {
    FieldMeta const& label = label_field(*resource.meta);
    std::string title = label.key ? std::string{} : entity::to_plain_text(label, label.load(object.get()));
    if (!title.empty()) return in_script(context, std::move(title));
    int parts_left = 4;
    for (FieldMeta const& field : resource.meta->fields) {
        if (!field.listed || parts_left == 0 || field.type->kind == Kind::boolean) continue;
        std::string const text = shown(context, resource, field, object, labels);
        if (text.empty()) continue;
        title += (title.empty() ? "" : " · ") + text;
        --parts_left;
    }
    return title.empty() ? object.id() : title;
}

namespace {

// A value as the audit log has it, for a reader; what cannot be read as a value of the field stays as it is.
std::string logged_text(Context const& context, EntityMeta const* meta, FieldMeta const* field, std::string_view text) {
    if (!field || text.empty()) return shorten(text, 200);
    auto const parsed = entity::from_plain_text(*field, text);
    std::string words = parsed.problem.empty() ? shown(context, *meta, *field, parsed.value, {}) : std::string{};
    return shorten(words.empty() ? text : std::string_view{words}, 200);
}

} // namespace

void changes_part(html::Out& out, Context const& context, EntityMeta const* meta, std::string_view details) {
    using namespace html;
    auto const document = json::Document::parse(details);
    if (!document) return;
    if (auto const comment = document->root().text_of("comment"); !comment.empty())
        out << p(cls("history-comment"), shorten(comment, 300));
    auto const changes = document->root().find("changes");
    if (!changes || changes->kind() != json::Kind::array || changes->size() == 0) return;
    out << ul(cls("history-changes"), [&](Out& inner) {
        for (std::size_t i = 0; i < changes->size(); ++i) {
            json::Node const change = changes->at(i);
            FieldMeta const* field = meta ? meta->find(change.text_of("field")) : nullptr;
            if (meta && (!field || field->hidden)) continue;
            std::string const label =
                field ? std::string{context.t(field_key(*meta, *field))} : std::string{change.text_of("field")};
            inner << li(span(cls("history-field"), label), " ",
                        del(logged_text(context, meta, field, change.text_of("before"))), " → ",
                        ins(logged_text(context, meta, field, change.text_of("after"))));
        }
    });
}

std::string_view actor_name(Context const& context, audit::Record const& record) {
    return record.actor_id == auth::system_actor().account_id ? context.t("resource.actor_system")
                                                              : std::string_view{record.actor_name};
}

void history_part(html::Out& out, Context& context, EntityMeta const& meta, std::string_view id) {
    using namespace html;
    auto const records = audit::history(context.reader(), meta.name, id, 50);
    if (records.empty()) return;
    out << section(cls("history"), h2(context.t("resource.history")), ol(cls("timeline"), [&](Out& list) {
                       for (audit::Record const& record : records)
                           list << li(
                               time(datetime(to_text(record.at)), i18n::format_time(context.language, record.at)), " ",
                               strong(actor_name(context, record)), " ", context.t("audit.action." + record.action),
                               [&](Out& inner) { changes_part(inner, context, &meta, record.details); });
                   }));
}

} // namespace sangu::resource
