#include "kernel/entity/store.h"
#include "kernel/module.h"
#include "modules/library/service.h"
#include "modules/reference/reference.h"

#include <algorithm>

namespace sangu::library {

bool is_industry_code(std::string_view text) {
    reference::Table const* table = reference::find_table(reference::industries_2017);
    return table && table->find(text);
}

std::vector<Kind const*> kinds(Services const& services) {
    auto all = offers_of<Kind const*>(services.modules);
    std::ranges::stable_sort(all, {}, &Kind::order);
    return all;
}

Kind const* kind_named(Services const& services, std::string_view name) {
    for (Kind const* one : offers_of<Kind const*>(services.modules))
        if (one->name == name) return one;
    return nullptr;
}

std::vector<resource::Published> published_lists(Services const& services) {
    std::vector<resource::Published> lists;
    for (Kind const* kind : kinds(services))
        lists.push_back({.resource = {.meta = &Entry::meta, .path = kind->path, .read = "public"},
                         .type = kind->content->name,
                         .key = "number",
                         .rows = {"kind = ? and state = 'published'", {std::string{kind->name}}},
                         .fields = {"number", "title"}}); // is_public() and Layer::title
    return lists;
}

namespace {

constexpr std::size_t cards_max = 500;

Card card_of(Kind const& kind, Entry const& entry, Layer layer) {
    return {.id = entry.id.text,
            .kind = entry.kind,
            .number = entry.number,
            .title = entry.title,
            .organisation_id = entry.organisation_id ? entry.organisation_id->text : "",
            .place = entry.place,
            .path = path_of(kind, entry),
            .listed = is_public(entry.state),
            .layer = layer};
}

std::vector<Card> cards_of(Context& context, Me const& me, std::vector<Entry> const& entries) {
    std::vector<Card> found;
    for (Entry const& one : entries) {
        Kind const* kind = kind_named(context.services, one.kind);
        Layer const layer = kind ? layer_of(one, viewer_of(context, me, one, Layer::none)) : Layer::none;
        if (layer != Layer::none) found.push_back(card_of(*kind, one, layer));
    }
    return found;
}

// Whether it has the form of a number of any kind: "CG-…".
bool is_number(Services const& services, std::string_view text) {
    return std::ranges::any_of(offers_of<Kind const*>(services.modules), [&](Kind const* kind) {
        return text.starts_with(kind->prefix) && text.substr(kind->prefix.size()).starts_with('-');
    });
}

void add_text(std::string& text, entity::EntityMeta const& meta, void const* object) {
    for (entity::FieldMeta const& field : meta.fields) {
        if (!is_filled_in(field) || field.type->kind != entity::Kind::text) continue;
        Value const value = field.load(object);
        if (auto const* words = std::get_if<std::string>(&value)) text.append("\n").append(*words);
    }
}

std::string text_in(Kind const& kind, Filling const& filling, std::string_view field_name) {
    auto const* field = kind.content->find(field_name);
    Value const value = field ? field->load(filling.content.get()) : Value{};
    auto const* text = std::get_if<std::string>(&value);
    return text ? *text : std::string{};
}

} // namespace

std::optional<Readable> readable(Context& context, std::string_view number) {
    auto const view = view_of(context, number);
    Kind const* kind = view ? kind_named(context.services, view->entry().kind) : nullptr;
    if (!kind) return std::nullopt;
    Entry const& entry = view->entry();
    Filling const filling = load_filling(context.reader(), *kind, entry.id.text);
    Readable one{.card = card_of(*kind, entry, view->layer), .text = entry.title};
    if (view->sees(Layer::abstract)) one.text += "\n" + entry.abstract;
    for (Section const& part : kind->sections)
        for (std::string_view const name : part.fields) {
            auto const* field = kind->content->find(name);
            if (!field || !view->sees(part.layer)) continue;
            if (field->type->kind == entity::Kind::text) one.text += "\n" + text_in(*kind, filling, name);
            if (name == "tech_field" || name == "industry")
                (name == "industry" ? one.industry : one.tech_field) = text_in(*kind, filling, name);
        }
    for (std::size_t i = 0; i < kind->rows.size(); ++i)
        if (view->sees(kind->rows[i].layer))
            for (entity::AnyObject const& row : filling.rows[i]) add_text(one.text, row.meta(), row.get());
    return one;
}

std::vector<Card> cards(Context& context, std::span<std::string const> ids) {
    ids = ids.first(std::min(ids.size(), cards_max));
    if (ids.empty()) return {};
    auto found = cards_of(context, me_of(context), entries_with_ids(context.reader(), ids));
    std::ranges::sort(found, {}, [&](Card const& card) { return std::ranges::find(ids, card.id) - ids.begin(); });
    return found;
}

std::vector<Card> cards_numbered(Context& context, std::span<std::string const> numbers) {
    std::vector<std::string> wanted;
    for (std::string const& one : numbers)
        if (wanted.size() < cards_max && is_number(context.services, one)) wanted.push_back(one);
    if (wanted.empty()) return {};
    auto const found = entries_with_numbers(context.reader(), wanted);
    bool const for_everybody = std::ranges::all_of(found, [](Entry const& one) { return has_public_page(one.state); });
    return cards_of(context, for_everybody ? Me{} : me_of(context), found);
}

} // namespace sangu::library
